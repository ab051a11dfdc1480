//! Who comes in and with what, for an administrator: `/aanmeldingen`, `/sleutels`, `/scripts`, `/identiteiten`.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::accounts::NewScript;
use super::shapes::account::{Roltoekenning, Sleutel};
use crate::access::Role;
use crate::actions::accounts::{self, Invited};
use crate::actions::{Asked, oidc};
use crate::records::account::{SignIn, Token};
use crate::records::identity::Known;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::idempotency::once_told;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::{end_of_day, written};

/// Een keer dat er aan- of afgemeld is, of dat geprobeerd werd
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aanmeldpoging {
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Het woord van het logboek
    pub wat: String,
    /// Met welk account; van een adres zonder account staat er alleen een woord waarmee geteld wordt
    pub account: String,
}

impl From<SignIn> for Aanmeldpoging {
    fn from(it: SignIn) -> Self {
        Self { op: written(it.at), wat: it.what, account: it.subject }
    }
}

/// Een sleutel met het account waar hij van is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SleutelVanAccount {
    /// Het account
    pub account: String,
    /// De sleutel
    pub sleutel: Sleutel,
}

impl From<Token> for SleutelVanAccount {
    fn from(it: Token) -> Self {
        Self { account: it.account.clone(), sleutel: it.into() }
    }
}

/// Een account voor een script, met zijn sleutel; het geheim wordt één keer getoond
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NieuwScript {
    /// Het account
    pub account: String,
    /// De sleutel
    pub sleutel: Sleutel,
    /// Het geheim, als `Authorization: Bearer`
    pub geheim: String,
}

/// Iemand die de aanmelddienst kent, met het account hier
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Identiteit {
    /// Het account
    pub account: String,
    /// De aanmelddienst
    pub uitgever: String,
    /// Wie het daar is
    pub onderwerp: String,
    /// De naam die de aanmelddienst gaf
    pub naam: String,
    /// Het adres voor berichten
    pub adres: Option<String>,
    /// De rollen die de aanmelddienst het laatst gaf
    pub rollen: Vec<Roltoekenning>,
    /// Wanneer deze persoon voor het eerst kwam (UTC)
    #[schema(format = DateTime)]
    pub gemaakt_op: String,
    /// Wanneer een beheerder hem bevestigde (UTC); zolang dat leeg is, wacht hij
    #[schema(format = DateTime)]
    pub bevestigd_op: Option<String>,
    /// Welk account dat deed
    pub bevestigd_door: Option<String>,
    /// De versie van het account, voor If-Match
    pub versie: i64,
}

impl From<Known> for Identiteit {
    fn from(it: Known) -> Self {
        Self {
            account: it.account,
            uitgever: it.issuer,
            onderwerp: it.subject,
            naam: it.name,
            adres: it.address,
            rollen: it.roles.into_iter().map(Roltoekenning::from).collect(),
            gemaakt_op: written(it.made),
            bevestigd_op: it.confirmed.map(written),
            bevestigd_door: it.by,
            versie: it.version,
        }
    }
}

/// Een account dat bevestigd is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bevestigd {
    /// Het account
    pub account: String,
    /// De rollen die het nu heeft
    pub rollen: Vec<Roltoekenning>,
    /// De versie, ook in ETag
    pub versie: i64,
}

const B: &[Role] = &[Role::Beheerder];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(B, routes!(sign_ins)))
        .routes(only(B, routes!(tokens)))
        .routes(only(B, routes!(script)))
        .routes(only(B, routes!(identities)))
        .routes(only(B, routes!(confirm)))
}

/// Wanneer er is aan- of afgemeld, of dat geprobeerd is, met welk account ook
#[utoipa::path(get, path = "/aanmeldingen", tag = "accounts", operation_id = "alleAanmeldingen",
    params(("account" = Option<String>, Query), ("pagina" = Option<i64>, Query, minimum = 1),
        ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Aanmeldpoging>)))]
async fn sign_ins(State(app): State<App>, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let account = keys.text("account");
    let page = Page::among(&mut keys, "/v1/aanmeldingen".into()).maybe("account", account.as_deref());
    keys.finish()?;
    let (found, all) = app.store.snapshot().await?.sign_ins_page(account.as_deref(), page.skip(), page.size).await?;
    let resultaten = found.into_iter().map(Aanmeldpoging::from).collect();
    Ok((page.links(all), Json(Pagina::<Aanmeldpoging> { resultaten, totaal: all })))
}

/// De sleutels van iedereen
#[utoipa::path(get, path = "/sleutels", tag = "accounts", operation_id = "alleSleutels",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<SleutelVanAccount>)))]
async fn tokens(State(app): State<App>, page: Page) -> Result<impl IntoResponse, Problem> {
    let (found, all) = app.store.snapshot().await?.tokens_page(page.skip(), page.size).await?;
    let resultaten = found.into_iter().map(SleutelVanAccount::from).collect();
    Ok((page.links(all), Json(Pagina::<SleutelVanAccount> { resultaten, totaal: all })))
}

/// Maak een account voor een script, met een sleutel; het geheim wordt één keer getoond
#[utoipa::path(post, path = "/scripts", tag = "accounts", operation_id = "scriptMaken",
    request_body = inline(NewScript), responses((status = 201, body = NieuwScript)))]
async fn script(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<NewScript>) -> Result<Response, Problem> {
    let until = body.tot.and_then(|day| day.parse::<Date>().ok()).and_then(end_of_day);
    let roles = body.rollen.into_iter().map(Into::into).collect();
    let made = accounts::script(&app.store, &asked, Invited { name: body.naam, address: None, roles }, until).await?;
    let place = format!("/v1/accounts/{}", made.made.account);
    let body = NieuwScript { account: made.made.account.clone(), geheim: made.secret.told().into(), sleutel: made.made.into() };
    Ok(once_told((StatusCode::CREATED, [(header::LOCATION, place)], Json(body))))
}

/// Wie de aanmelddienst (OpenID Connect) kent; wie nog bevestigd moet worden eerst
#[utoipa::path(get, path = "/identiteiten", tag = "accounts", operation_id = "identiteiten",
    params(("wacht" = Option<bool>, Query), ("pagina" = Option<i64>, Query, minimum = 1),
        ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Identiteit>)))]
async fn identities(State(app): State<App>, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let waiting = keys.choice("wacht");
    let page = Page::among(&mut keys, "/v1/identiteiten".into());
    let page = page.maybe("wacht", waiting.map(|it| if it { "true" } else { "false" }));
    keys.finish()?;
    let (found, all) = app.store.snapshot().await?.identities(waiting, page.skip(), page.size).await?;
    let resultaten = found.into_iter().map(Identiteit::from).collect();
    Ok((page.links(all), Json(Pagina::<Identiteit> { resultaten, totaal: all })))
}

/// Bevestig iemand die de aanmelddienst kent: van nu af kan hij zich aanmelden
#[utoipa::path(post, path = "/accounts/{account}/bevestiging", tag = "accounts", operation_id = "identiteitBevestigen",
    params(("account" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = Bevestigd)))]
async fn confirm(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    let told = |it: crate::records::account::Account| Bevestigd {
        account: it.id,
        rollen: it.roles.into_iter().map(Roltoekenning::from).collect(),
        versie: it.version,
    };
    let done = oidc::confirm(&app.store, &asked, &id, expected.version()).await;
    let done = done.map_err(|refused| Problem::of(refused, |it| serde_json::json!(told(it)), Value::Null))?;
    Ok(([(header::ETAG, tag(done.version))], Json(told(done))).into_response())
}
