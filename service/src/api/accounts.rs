//! `/accounts`: who may sign in and as what, for an administrator.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::accounts::{CorrectedAccount, NewAccount, NewRoles};
use super::shapes::account::{Roltoekenning, Sleutel};
use crate::access::Role;
use crate::actions::accounts::{self, Invited};
use crate::actions::{Asked, Refused};
use crate::records::account::Account;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::idempotency::once_told;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;
use crate::store::entrance::Wanted;

/// Een account, voor wie accounts beheert
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rekening {
    /// De id: onder dit pseudoniem staat het in het logboek
    pub id: String,
    /// Van wie het is
    pub naam: String,
    /// Het e-mailadres; een script heeft er geen
    pub adres: Option<String>,
    /// In welke rollen, en voor wie
    pub rollen: Vec<Roltoekenning>,
    /// Of er een wachtwoord gekozen is
    pub wachtwoord: bool,
    /// Of er een tweede factor is
    pub tweede_factor: bool,
    /// Wanneer het gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub gemaakt_op: String,
    /// Wanneer het beëindigd is (UTC)
    #[schema(format = DateTime)]
    pub geeindigd_op: Option<String>,
    /// De versie, ook in ETag
    pub versie: i64,
}

impl From<Account> for Rekening {
    fn from(it: Account) -> Self {
        Self {
            wachtwoord: it.password.is_some(),
            tweede_factor: it.factor.is_some(),
            id: it.id,
            naam: it.name,
            adres: it.address,
            rollen: it.roles.into_iter().map(Roltoekenning::from).collect(),
            gemaakt_op: written(it.made),
            geeindigd_op: it.ended.map(written),
            versie: it.version,
        }
    }
}

/// Een account met de koppeling waarmee de houder begint; de koppeling wordt één keer getoond
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MetKoppeling {
    /// Het account
    pub account: Rekening,
    /// Het geheim van de koppeling, voor `POST /koppelingen`
    pub koppeling: String,
}

/// Een keer dat er aangemeld is, of dat geprobeerd werd
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aanmelding {
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Het woord van het logboek
    pub wat: String,
}

const B: &[Role] = &[Role::Beheerder];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(B, routes!(list, create)))
        .routes(only(B, routes!(read, correct)))
        .routes(only(B, routes!(put_roles)))
        .routes(only(B, routes!(end)))
        .routes(only(B, routes!(another_link)))
        .routes(only(B, routes!(reset_factor)))
        .routes(only(B, routes!(unlock)))
        .routes(only(B, routes!(tokens)))
        .routes(only(B, routes!(tries)))
}

/// A choice as it stands in an address.
fn yes(it: bool) -> &'static str {
    if it { "true" } else { "false" }
}

fn shown(account: Account) -> Value {
    json!(Rekening::from(account))
}

fn refused(refused: Refused<Account>) -> Problem {
    Problem::of(refused, shown, Value::Null)
}

fn answer(account: Account) -> Response {
    ([(header::ETAG, tag(account.version))], Json(Rekening::from(account))).into_response()
}

/// De accounts
#[utoipa::path(get, path = "/accounts", tag = "accounts", operation_id = "accounts",
    params(("rol" = Option<crate::listed::Rolnaam>, Query), ("van" = Option<String>, Query), ("geeindigd" = Option<bool>, Query),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Rekening>)))]
async fn list(State(app): State<App>, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let wanted = Wanted { role: keys.role(), of: keys.text("van"), ended: keys.choice("geeindigd") };
    let page = Page::among(&mut keys, "/v1/accounts".into());
    keys.finish()?;
    let page = page.maybe("rol", wanted.role.map(Word::code)).maybe("van", wanted.of.as_deref()).maybe("geeindigd", wanted.ended.map(yes));
    let (found, all) = app.store.snapshot().await?.accounts_wanted(&wanted, page.skip(), page.size).await?;
    let resultaten = found.into_iter().map(Rekening::from).collect();
    Ok((page.links(all), Json(Pagina::<Rekening> { resultaten, totaal: all })))
}

/// Maak een account; het antwoord bevat de koppeling waarmee de houder begint
#[utoipa::path(post, path = "/accounts", tag = "accounts", operation_id = "accountMaken",
    request_body = inline(NewAccount), responses((status = 201, body = MetKoppeling)))]
async fn create(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<NewAccount>) -> Result<Response, Problem> {
    let roles = body.rollen.into_iter().map(Into::into).collect();
    let made = accounts::invite(&app.store, &asked, Invited { name: body.naam, address: Some(body.adres), roles }).await?;
    let place = format!("/v1/accounts/{}", made.made.id);
    let body = MetKoppeling { koppeling: made.secret.told().into(), account: made.made.into() };
    Ok(once_told((StatusCode::CREATED, [(header::LOCATION, place)], Json(body))))
}

/// Eén account
#[utoipa::path(get, path = "/accounts/{account}", tag = "accounts", operation_id = "account", params(("account" = String, Path)),
    responses((status = 200, body = Rekening)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    app.store.read().account(&id).await?.map(answer).ok_or_else(Problem::unknown)
}

/// Verbeter naam en adres van een account; koppelingen naar een ander adres die niet gebruikt zijn, gelden dan niet meer
#[utoipa::path(put, path = "/accounts/{account}", tag = "accounts", operation_id = "accountVerbeteren",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = inline(CorrectedAccount),
    responses((status = 200, body = Rekening), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn correct(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<CorrectedAccount>,
) -> Result<Response, Problem> {
    let place = (id.as_str(), expected.version());
    accounts::correct(&app.store, &asked, place, &body.naam, body.adres.as_deref()).await.map(answer).map_err(refused)
}

/// Geef een account andere rollen; wie ermee aangemeld is, wordt afgemeld
#[utoipa::path(put, path = "/accounts/{account}/rollen", tag = "accounts", operation_id = "rollenZetten",
    params(("account" = String, Path), ("If-Match" = String, Header)), request_body = inline(NewRoles),
    responses((status = 200, body = Rekening), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn put_roles(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<NewRoles>,
) -> Result<Response, Problem> {
    let roles = body.rollen.into_iter().map(Into::into).collect();
    accounts::set_roles(&app.store, &asked, &id, expected.version(), roles).await.map(answer).map_err(refused)
}

/// Beëindig een account, met zijn sleutels
#[utoipa::path(post, path = "/accounts/{account}/einde", tag = "accounts", operation_id = "accountBeeindigen",
    params(("account" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Rekening), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn end(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    accounts::end(&app.store, &asked, &id, expected.version()).await.map(answer).map_err(refused)
}

/// Maak een nieuwe koppeling: om te beginnen, of om een ander wachtwoord te kiezen
#[utoipa::path(post, path = "/accounts/{account}/koppeling", tag = "accounts", operation_id = "koppelingMaken",
    params(("account" = String, Path)), responses((status = 201, body = MetKoppeling)))]
async fn another_link(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let made = accounts::another_link(&app.store, &asked, &id).await?;
    let body = MetKoppeling { koppeling: made.secret.told().into(), account: made.made.into() };
    Ok(once_told((StatusCode::CREATED, Json(body))))
}

/// Haal de tweede factor weg van wie haar kwijt is
#[utoipa::path(delete, path = "/accounts/{account}/tweede-factor", tag = "accounts", operation_id = "tweedeFactorWeghalen",
    params(("account" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = Rekening)))]
async fn reset_factor(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    accounts::reset_factor(&app.store, &asked, &id, expected.version()).await.map(answer).map_err(refused)
}

/// Ontgrendel een account dat na te veel verkeerde pogingen een kwartier dicht is
#[utoipa::path(post, path = "/accounts/{account}/ontgrendeling", tag = "accounts", operation_id = "accountOntgrendelen",
    params(("account" = String, Path)), responses((status = 200, body = Rekening)))]
async fn unlock(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    accounts::unlock(&app.store, &asked, &id).await.map(answer).map_err(refused)
}

/// De sleutels van een account
#[utoipa::path(get, path = "/accounts/{account}/sleutels", tag = "accounts", operation_id = "sleutelsVanAccount",
    params(("account" = String, Path)), responses((status = 200, body = Vec<Sleutel>)))]
async fn tokens(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.account(&id).await?.ok_or_else(Problem::unknown)?;
    let tokens: Vec<Sleutel> = reading.tokens(Some(&id)).await?.into_iter().map(Sleutel::from).collect();
    Ok(Json(tokens).into_response())
}

/// Wanneer er met dit account is aangemeld, of dat geprobeerd is; de laatste honderd keer
#[utoipa::path(get, path = "/accounts/{account}/aanmeldingen", tag = "accounts", operation_id = "aanmeldingen",
    params(("account" = String, Path)), responses((status = 200, body = Vec<Aanmelding>)))]
async fn tries(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.account(&id).await?.ok_or_else(Problem::unknown)?;
    let lines = reading.sign_ins(&id, 100).await?;
    let told: Vec<Aanmelding> = lines.into_iter().map(|(at, wat)| Aanmelding { op: written(at), wat }).collect();
    Ok(Json(told).into_response())
}
