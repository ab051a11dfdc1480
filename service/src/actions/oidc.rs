//! Signing in through an OpenID provider: a round that comes back once, an identity that an administrator confirms once, and roles as the
//! provider says them now.

use super::signing::{self, Not, SignedIn, begin as begin_session};
use super::{Asked, Busy, Refused};
use crate::access::secret::{self, Secret};
use crate::access::{Caller, Role};
use crate::provider::{Claimed, Failed, Person, Provider, is_state};
use crate::records::account::{Account, Held};
use crate::records::deed::Access;
use crate::records::identity::Told;
use crate::records::register::Kind;
use crate::store::{Change, Store, ids};

/// How long a round past the provider may take.
const ROUND: i64 = 15 * 60_000;
/// In which role somebody with several begins when none was chosen: the work first.
const FIRST: [Role; 5] = [Role::Intermediair, Role::Bestuur, Role::Coach, Role::Lezer, Role::Beheerder];
/// Longest name that is kept.
const NAME: usize = 200;

/// What a browser brings back from the provider.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// The code with which the provider tells who it was.
    pub code: Option<String>,
    /// The state of the round.
    pub state: Option<String>,
    /// What the provider says went wrong.
    pub error: Option<String>,
}

/// Begins a round past this provider: its secret, for the browser to keep meanwhile, and where the browser goes.
///
/// # Errors
/// When the provider does not answer, or nothing can be kept.
pub async fn away(store: &Store, provider: &Provider) -> Result<(Secret, String), Not> {
    let secret = begin(store).await?;
    let place = provider.begin(secret.told()).await.map_err(failed)?;
    Ok((secret, place))
}

/// Ends the round of which the browser kept this secret and role, and signs in whoever the provider says it was; the session that the browser
/// had is over. A round that comes back is over, whatever it brings.
///
/// # Errors
/// Why nobody is signed in.
pub async fn end(
    store: &Store,
    provider: &Provider,
    kept: Option<(&str, Option<Role>)>,
    brought: Brought,
    had: Option<&str>,
) -> Result<SignedIn, Not> {
    let (Some((secret, role)), Some(state)) = (kept, brought.state) else { return Err(Not::Fitting) };
    if !is_state(secret, &state) || !back(store, secret).await? {
        return Err(Not::Fitting);
    }
    let Some(code) = brought.code.filter(|_| brought.error.is_none()) else { return Err(Not::Fitting) };
    let person = provider.end(secret, &code).await.map_err(failed)?;
    let done = arrive(store, person, role).await?;
    if let Some(old) = had {
        signing::replace(store, old).await?;
    }
    Ok(done)
}

fn failed(why: Failed) -> Not {
    match why {
        Failed::Down => Not::Unanswered,
        Failed::Refused => Not::Fitting,
    }
}

/// Begins a round: the secret of it, for the browser to keep meanwhile.
async fn begin(store: &Store) -> Result<Secret, Refused> {
    let secret = Secret::new("", 32).map_err(|_| Busy::Said("Deze machine geeft geen toeval; er is niets begonnen."))?;
    let mut change = store.change().await?;
    let until = change.clock().now() + ROUND;
    change.begin_round(&secret.hash(), until).await?;
    change.commit().await?;
    Ok(secret)
}

/// A round came back: whether it was begun here, is not over, and did not come back before.
async fn back(store: &Store, told: &str) -> Result<bool, Refused> {
    let mut change = store.change().await?;
    let first = change.end_round(&secret::hash(told)).await?;
    change.commit().await?;
    Ok(first)
}

/// Signs in whoever the provider says it is. Somebody new gets an account that waits for an administrator; roles are those that the
/// provider says now.
///
/// # Errors
/// Why nobody is signed in.
async fn arrive(store: &Store, person: Person, wanted: Option<Role>) -> Result<SignedIn, Not> {
    let mut change = store.change().await?;
    let roles = resolved(&mut change, &person.claimed).await?;
    let told = Told { issuer: person.issuer, subject: person.subject, name: person.name, address: person.address, roles };
    let Some(identity) = change.identity(&told.issuer, &told.subject).await? else {
        add(&mut change, &told).await?;
        change.commit().await?;
        return Err(Not::Waiting);
    };
    if identity.roles != told.roles {
        change.put_identity_roles(&identity.account, &told.roles).await?;
    }
    let Some(mut account) = change.account(&identity.account).await?.filter(|it| it.ended.is_none()) else { return Err(Not::Fitting) };
    if identity.confirmed.is_none() {
        change.commit().await?;
        return Err(Not::Waiting);
    }
    if account.roles != told.roles {
        follow(&mut change, &mut account, told.roles).await?;
    }
    let held = |role: Role| account.holds(role);
    let role = match wanted {
        Some(role) if held(role) => Some(role),
        _ => FIRST.into_iter().find(|role| held(*role)),
    };
    let Some(role) = role else {
        change.commit().await?;
        return Err(Not::Roleless);
    };
    let signed = begin_session(&mut change, account, role).await?;
    change.commit().await?;
    Ok(signed)
}

/// The roles that there are: a BRIN is that of a board in the register, and a board or coach that is not there is nobody's.
async fn resolved(change: &mut Change, claimed: &[Claimed]) -> Result<Vec<Held>, Refused> {
    // Whoever signs in need not be allowed to see the rows themselves.
    let everything = Caller::machine("aanmelding");
    let mut roles = Vec::new();
    for one in claimed {
        match one {
            Claimed::Brin(brin) => {
                let boards = change.boards_of_brin(&brin.trim().to_uppercase(), "").await?;
                roles.extend(boards.into_iter().map(|of| Held { role: Role::Bestuur, of }));
            }
            Claimed::Role(role, of) => {
                let kind = match role {
                    Role::Bestuur => Some(Kind::Board),
                    Role::Coach => Some(Kind::Coach),
                    _ => None,
                };
                let there = match kind {
                    Some(kind) => change.register_row(kind, everything.scope(), of).await?.is_some(),
                    None => true,
                };
                if there {
                    roles.push(Held { role: *role, of: of.clone() });
                }
            }
        }
    }
    roles.sort();
    roles.dedup();
    Ok(roles)
}

/// An account for somebody new, which waits.
async fn add(change: &mut Change, told: &Told) -> Result<(), Refused> {
    let name = told.name.as_deref().map(|it| it.chars().filter(|it| !it.is_control()).take(NAME).collect::<String>());
    let mut made = Account {
        id: ids::new(),
        name: name.filter(|it| !it.trim().is_empty()).unwrap_or_else(|| "zonder naam".into()),
        address: told.address.clone(),
        password: None,
        factor: None,
        factor_step: 0,
        roles: Vec::new(),
        made: change.clock().now(),
        ended: None,
        version: 1,
    };
    if !change.add_account(&made).await? {
        // Another account has the address: that says nothing about who this is.
        made.address = None;
        change.add_account(&made).await?;
    }
    change.add_identity(told, &made.id).await?;
    change.log(&Caller::machine("aanmelddienst"), &made.id, &Access::AccountMade { roles: &made.roles }.into()).await?;
    Ok(())
}

/// The account gets the roles that the provider says now: sessions end, and tokens for roles that are gone.
async fn follow(change: &mut Change, account: &mut Account, roles: Vec<Held>) -> Result<(), Refused> {
    let was = std::mem::replace(&mut account.roles, roles);
    change.put_account(account).await?;
    super::accounts::end_what_is_not_held(change, account).await?;
    let deed = Access::RolesPut { was, roles: &account.roles };
    change.log(&Caller::machine("aanmelddienst"), &account.id, &deed.into()).await?;
    Ok(())
}

/// Confirms somebody whom the provider knows: from now on they sign in, in the roles that it says.
pub async fn confirm(store: &Store, asked: &Asked, id: &str, version: i64) -> Result<Account, Refused<Account>> {
    let mut change = store.change().await?;
    let account = change.account(id).await?.filter(|it| it.ended.is_none());
    let mut account = account.ok_or(Refused::Unknown)?;
    if account.version != version {
        return Err(Refused::stale(account));
    }
    let Some(identity) = change.identity_of(id).await? else {
        return Err(Refused::not_now("Dit account is niet van de aanmelddienst; er is niets te bevestigen."));
    };
    if !change.confirm_identity(id, asked.caller.who()).await? {
        return Err(Refused::not_now("Dit account is al bevestigd."));
    }
    account.roles = identity.roles;
    change.put_account(&mut account).await?;
    change.log(&asked.caller, id, &Access::IdentityConfirmed { roles: &account.roles }.into()).await?;
    change.commit().await?;
    Ok(account)
}
