//! The OpenID provider with which people sign in, when one is set: the code flow with PKCE, state and nonce. What a provider says is believed
//! only under its own signature, for this client, in this round; who somebody is there is issuer and subject, never an address.

use std::sync::Arc;
use std::time::{Duration, Instant};

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

mod claims;
mod line;

pub use claims::{Claimed, Rule, Rules};

use claims::Extra;
use line::Line;

/// How the service is known to a provider.
#[derive(Clone)]
pub struct Known {
    /// The provider.
    pub issuer: String,
    /// The client's id there.
    pub client: String,
    /// Its secret, when it has one.
    pub secret: Option<String>,
    /// Where the provider sends people back: the address of `/v1/oidc/terug` as browsers see it.
    pub back: String,
    /// Which roles follow from what it says.
    pub rules: Rules,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Known").field("issuer", &self.issuer).field("client", &self.client).finish_non_exhaustive()
    }
}

/// Why a round past the provider came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// The provider does not answer, or not as it should.
    Down,
    /// What came back is not of this round, not for this client, or not signed by the provider.
    Refused,
}

/// What a provider says of somebody, with the roles that follow from it.
#[derive(Clone)]
pub struct Person {
    /// The provider.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// A name to show.
    pub name: Option<String>,
    /// An address that the provider checked.
    pub address: Option<String>,
    /// What the rules make of its claims.
    pub claimed: Vec<Claimed>,
}

type Fields = IdTokenFields<Extra, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Answer = StandardTokenResponse<Fields, CoreTokenType>;
type Client = openidconnect::Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What belongs to one round, all of it from the one secret that the browser keeps meanwhile: whoever has only a part of it has nothing.
struct Round {
    state: String,
    nonce: String,
    proof: String,
}

impl Round {
    fn of(secret: &str) -> Self {
        let part = |what: &str| Sha256::digest(format!("{what}\n{secret}")).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Self { state: part("staat"), nonce: part("nonce"), proof: part("bewijs") }
    }
}

/// Whether this is the state of the round with this secret.
pub fn is_state(secret: &str, state: &str) -> bool {
    use subtle::ConstantTimeEq;
    bool::from(Round::of(secret).state.as_bytes().ct_eq(state.as_bytes()))
}

/// The provider, with what was last read of it.
#[derive(Debug)]
pub struct Provider {
    known: Known,
    /// Absent where this machine cannot make one.
    line: Option<Line>,
    /// What the provider says of itself, with its keys, as last read.
    metadata: Mutex<Read>,
}

#[derive(Debug, Default)]
struct Read {
    there: Option<Arc<CoreProviderMetadata>>,
    /// When it gave no answer, since it last gave one.
    failed: Option<Instant>,
}

/// For so long after it gave no answer the provider is not asked again: who waits for it in line is told at once.
const REST: Duration = Duration::from_secs(2);

impl Provider {
    /// The provider that is set. Nothing is asked of it yet.
    pub fn new(known: Known) -> Self {
        Self { known, line: Line::new(), metadata: Mutex::default() }
    }

    fn line(&self) -> Result<&Line, Failed> {
        self.line.as_ref().ok_or(Failed::Down)
    }

    /// What the provider says of itself; `anew` when its keys may be others by now.
    async fn metadata(&self, anew: bool) -> Result<Arc<CoreProviderMetadata>, Failed> {
        let mut held = self.metadata.lock().await;
        if let Some(there) = held.there.as_ref().filter(|_| !anew) {
            return Ok(there.clone());
        }
        if held.failed.is_some_and(|it| it.elapsed() < REST) {
            return Err(Failed::Down);
        }
        let issuer = IssuerUrl::new(self.known.issuer.clone()).map_err(|_| Failed::Down)?;
        let line = self.line()?;
        match CoreProviderMetadata::discover_async(issuer, line).await {
            Ok(found) => {
                let found = Arc::new(found);
                *held = Read { there: Some(found.clone()), failed: None };
                Ok(found)
            }
            Err(error) => {
                tracing::warn!(soort = discovery(&error), "aanmelddienst");
                held.failed = Some(Instant::now());
                Err(Failed::Down)
            }
        }
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Result<Client, Failed> {
        let back = RedirectUrl::new(self.known.back.clone()).map_err(|_| Failed::Down)?;
        let secret = self.known.secret.clone().map(ClientSecret::new);
        Ok(Client::from_provider_metadata(metadata.clone(), ClientId::new(self.known.client.clone()), secret).set_redirect_uri(back))
    }

    /// Where a browser goes to sign in, for the round with this secret.
    ///
    /// # Errors
    /// When the provider does not answer.
    pub async fn begin(&self, secret: &str) -> Result<String, Failed> {
        let client = self.client(self.metadata(false).await?.as_ref())?;
        let Round { state, nonce, proof } = Round::of(secret);
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(proof));
        let mut request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || CsrfToken::new(state), move || Nonce::new(nonce))
            .set_pkce_challenge(challenge);
        for scope in &self.known.rules.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        Ok(request.url().0.into())
    }

    /// Who signed in, for a code that came back in the round with this secret.
    ///
    /// # Errors
    /// Why that cannot be told.
    pub async fn end(&self, secret: &str, code: &str) -> Result<Person, Failed> {
        let metadata = self.metadata(false).await?;
        let client = self.client(&metadata)?;
        let Round { nonce, proof, .. } = Round::of(secret);
        let line = self.line()?;
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|_| Failed::Down)?;
        let answer = request.set_pkce_verifier(PkceCodeVerifier::new(proof)).request_async(line).await.map_err(|error| match &error {
            RequestTokenError::ServerResponse(said) if *said.error() == CoreErrorResponseType::InvalidGrant => Failed::Refused,
            other => {
                tracing::warn!(soort = exchange(other), "aanmelddienst");
                Failed::Down
            }
        })?;
        let nonce = Nonce::new(nonce);
        let claims = match verified(&client, &answer, &nonce) {
            // The provider may sign with a key that it did not have when it was last read.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let client = self.client(self.metadata(true).await?.as_ref())?;
                verified(&client, &answer, &nonce)
            }
            other => other,
        };
        let claims = claims.map_err(|_| Failed::Refused)?;
        let mut extra = claims.additional_claims().clone();
        let mut name = claims.name().and_then(|it| it.get(None)).map(|it| it.to_string());
        let mut address = claims.email().filter(|_| claims.email_verified() == Some(true)).map(|it| it.to_string());
        if let Ok(request) = client.user_info(answer.access_token().clone(), Some(claims.subject().clone())) {
            let more: UserInfoClaims<Extra, CoreGenderClaim> = request.request_async(line).await.map_err(|error| match error {
                openidconnect::UserInfoError::ClaimsVerification(_) => Failed::Refused,
                _ => Failed::Down,
            })?;
            extra.add(more.additional_claims());
            name = name.or_else(|| more.name().and_then(|it| it.get(None)).map(|it| it.to_string()));
            address = address.or_else(|| more.email().filter(|_| more.email_verified() == Some(true)).map(|it| it.to_string()));
        }
        let claimed = self.known.rules.claimed(&extra);
        Ok(Person { issuer: claims.issuer().to_string(), subject: claims.subject().to_string(), name, address, claimed })
    }
}

type Claims = IdTokenClaims<Extra, CoreGenderClaim>;

/// The claims of an answer that are signed by the provider, for this client and this round.
fn verified(client: &Client, answer: &Answer, nonce: &Nonce) -> Result<Claims, ClaimsVerificationError> {
    let other = |what: &str| ClaimsVerificationError::Other(what.to_owned());
    let token = answer.id_token().ok_or_else(|| other("no id token"))?;
    let verifier = client.id_token_verifier();
    let claims = token.claims(&verifier, nonce)?;
    if let Some(said) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(ClaimsVerificationError::SignatureVerification)?;
        let algorithm = token.signing_alg().map_err(|_| other("no algorithm"))?;
        let right = AccessTokenHash::from_token(answer.access_token(), algorithm, key).map_err(|_| other("no hash"))?;
        if right != *said {
            return Err(other("another access token"));
        }
    }
    Ok(claims.clone())
}

/// What went wrong, in a word: what a provider sent may hold names and secrets.
fn discovery<E: std::error::Error>(error: &openidconnect::DiscoveryError<E>) -> &'static str {
    use openidconnect::DiscoveryError as It;
    match error {
        It::Request(_) => "onbereikbaar",
        It::Response(..) => "status",
        It::Parse(_) => "onleesbaar",
        It::Validation(_) => "andere-uitgever",
        _ => "anders",
    }
}

fn exchange<E: std::error::Error>(error: &RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>) -> &'static str {
    match error {
        RequestTokenError::Request(_) => "onbereikbaar",
        RequestTokenError::ServerResponse(_) => "geweigerd",
        RequestTokenError::Parse(..) => "onleesbaar",
        RequestTokenError::Other(_) => "anders",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_round_do_not_give_one_another_away() {
        let (one, again, other) = (Round::of("geheim"), Round::of("geheim"), Round::of("geheim "));
        assert_eq!((&one.state, &one.nonce, &one.proof), (&again.state, &again.nonce, &again.proof));
        assert!(one.state != one.nonce && one.nonce != one.proof && one.state != other.state);
        assert!(is_state("geheim", &one.state) && !is_state("geheim", &other.state) && !is_state("geheim", ""));
        // RFC 7636: a verifier has 43 to 128 characters.
        assert_eq!(one.proof.len(), 64);
    }
}
