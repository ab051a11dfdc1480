//! Signing in and out, and what somebody arranges about the own account: `/aanmelding`, `/koppelingen`, `/ik`.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::accounts::{FactorCode, NewToken, OtherRole, SignIn, UsedLink};
use super::shapes::account::{Roltoekenning, Sleutel};
use super::shapes::signed::{Aangemeld, not, signed_in};
use crate::access::secret::Secret;
use crate::actions::accounts::{self, Wanted};
use crate::actions::signing::{self, Given, Not, SignedIn};
use crate::actions::{Asked, Refused};
use crate::listed::Rolnaam;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::cookie;
use crate::serve::flood::What;
use crate::serve::guard::{self, From};
use crate::serve::idempotency::once_told;
use crate::serve::near::Near;
use crate::serve::problem::Problem;
use crate::serve::roles::{KNOWN, only};
use crate::store::clock::end_of_day;

/// Wie er vraagt, zoals de dienst die kent
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ik {
    /// Een pseudoniem: de id van het account
    pub wie: String,
    /// De rol waarin gewerkt wordt
    #[schema(value_type = Rolnaam)]
    pub rol: String,
    /// Elke rol van het account
    pub rollen: Vec<Roltoekenning>,
    /// De naam van de houder
    pub naam: Option<String>,
    /// Of er een tweede factor is
    pub tweede_factor: bool,
}

/// Een sleutel met zijn geheim, dat één keer getoond wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NieuweSleutel {
    /// De sleutel
    pub sleutel: Sleutel,
    /// Het geheim, als `Authorization: Bearer`
    pub geheim: String,
}

/// Een tweede factor, om in een app te typen of als vierkant te tonen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TweedeFactor {
    /// Om te typen
    pub geheim: String,
    /// Voor een vierkant
    pub adres: String,
}

/// Codes voor wie de tweede factor kwijtraakt; elke code geldt één keer, en ze worden één keer getoond
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Herstel {
    /// De codes
    pub herstelcodes: Vec<String>,
}

/// What everybody may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(sign_in)).routes(routes!(use_link)).route_layer(from_fn(guard::matched))
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(KNOWN, routes!(me)))
        .routes(only(KNOWN, routes!(sign_out)))
        .routes(only(KNOWN, routes!(switch)))
        .routes(only(KNOWN, routes!(new_factor)))
        .routes(only(KNOWN, routes!(confirm_factor)))
        .routes(only(KNOWN, routes!(tokens, make_token)))
        .routes(only(KNOWN, routes!(end_token)))
}

/// What came of a try to sign in. What did not fit counts for the address it came from; what did ends the session that this browser had.
async fn tried(app: &App, near: Near, headers: &HeaderMap, came: Result<SignedIn, Not>) -> Result<Response, Problem> {
    match came {
        Ok(done) => {
            if let Some(old) = cookie::of(headers, cookie::SESSION) {
                signing::replace(&app.store, old).await?;
            }
            Ok(signed_in(done))
        }
        Err(why) => {
            if matches!(why, Not::Fitting) {
                app.flood.count(near, What::InVain, app.store.clock().now());
            }
            Err(not(why))
        }
    }
}

/// Whether too much came from this address in vain.
fn open_door(app: &App, near: Near) -> Result<(), Problem> {
    if app.flood.full(near, What::InVain, app.store.clock().now()) { Err(Problem::too_often()) } else { Ok(()) }
}

/// Meld u aan; het antwoord geldt een werkdag en zet ook een cookie voor pagina's
#[utoipa::path(post, path = "/aanmelding", tag = "accounts", operation_id = "aanmelden", security(()),
    request_body = inline(SignIn), responses((status = 200, body = Aangemeld),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn sign_in(
    State(app): State<App>,
    From(near): From,
    headers: HeaderMap,
    _: NoKeys,
    Read(body): Read<SignIn>,
) -> Result<Response, Problem> {
    open_door(&app, near)?;
    let SignIn { adres, wachtwoord, code, herstelcode, rol } = body;
    let given = Given { address: adres, password: wachtwoord, code, recovery: herstelcode, role: rol };
    tried(&app, near, &headers, signing::sign_in(&app.store, given).await).await
}

/// Gebruik een koppeling: kies een wachtwoord en begin
#[utoipa::path(post, path = "/koppelingen", tag = "accounts", operation_id = "koppelingGebruiken", security(()),
    request_body = inline(UsedLink), responses((status = 200, body = Aangemeld),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn use_link(
    State(app): State<App>,
    From(near): From,
    headers: HeaderMap,
    _: NoKeys,
    Read(body): Read<UsedLink>,
) -> Result<Response, Problem> {
    open_door(&app, near)?;
    tried(&app, near, &headers, signing::use_link(&app.store, &body.koppeling, &body.wachtwoord, body.rol).await).await
}

/// Wie u bent, en in welke rol
#[utoipa::path(get, path = "/ik", tag = "accounts", operation_id = "ik", responses((status = 200, body = Ik)))]
async fn me(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let account = match asked.caller.account_id() {
        Some(id) => app.store.read().account(id).await?,
        None => None,
    };
    let body = Ik {
        wie: asked.caller.who().into(),
        rol: asked.caller.role().code().into(),
        tweede_factor: account.as_ref().is_some_and(|it| it.factor.is_some()),
        naam: account.as_ref().map(|it| it.name.clone()),
        rollen: account.into_iter().flat_map(|it| it.roles).map(Roltoekenning::from).collect(),
    };
    Ok(Json(body).into_response())
}

/// Meld u af: de sessie is voorbij
#[utoipa::path(post, path = "/afmelding", tag = "accounts", operation_id = "afmelden", responses((status = 204)))]
async fn sign_out(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    signing::sign_out(&app.store, &asked).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie::gone(cookie::SESSION))]).into_response())
}

/// Werk verder in een andere rol; dat is een andere sessie
#[utoipa::path(post, path = "/rolwissel", tag = "accounts", operation_id = "rolWisselen",
    request_body = inline(OtherRole), responses((status = 200, body = Aangemeld)))]
async fn switch(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<OtherRole>) -> Result<Response, Problem> {
    signing::switch(&app.store, &asked, body.rol).await.map(signed_in).map_err(not)
}

/// Een nieuwe tweede factor; zij telt zodra er een code van is gegeven
#[utoipa::path(post, path = "/ik/tweede-factor", tag = "accounts", operation_id = "tweedeFactorVragen",
    responses((status = 201, body = TweedeFactor)))]
async fn new_factor(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let (geheim, adres) = signing::new_factor(&app.store, &asked).await?;
    Ok(once_told((StatusCode::CREATED, Json(TweedeFactor { geheim, adres }))))
}

/// Neem de nieuwe tweede factor in gebruik, met een code ervan
#[utoipa::path(post, path = "/ik/tweede-factor/bevestiging", tag = "accounts", operation_id = "tweedeFactorBevestigen",
    request_body = inline(FactorCode), responses((status = 200, body = Herstel)))]
async fn confirm_factor(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<FactorCode>) -> Result<Response, Problem> {
    let codes = signing::confirm_factor(&app.store, &asked, &body.code).await?;
    Ok(once_told(Json(Herstel { herstelcodes: codes.iter().map(|it| Secret::told(it).to_owned()).collect() })))
}

/// Uw sleutels
#[utoipa::path(get, path = "/ik/sleutels", tag = "accounts", operation_id = "sleutels", responses((status = 200, body = Vec<Sleutel>)))]
async fn tokens(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let Some(id) = asked.caller.account_id() else { return Ok(Json(Vec::<Sleutel>::new()).into_response()) };
    let tokens: Vec<Sleutel> = app.store.read().tokens(Some(id)).await?.into_iter().map(Sleutel::from).collect();
    Ok(Json(tokens).into_response())
}

/// Maak een sleutel voor een programma; het geheim wordt één keer getoond
#[utoipa::path(post, path = "/ik/sleutels", tag = "accounts", operation_id = "sleutelMaken",
    request_body = inline(NewToken), responses((status = 201, body = NieuweSleutel),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn make_token(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<NewToken>) -> Result<Response, Problem> {
    let until = body.tot.and_then(|day| day.parse::<Date>().ok()).and_then(end_of_day);
    let wanted = Wanted { name: body.naam, role: body.rol, until };
    let made = accounts::make_token(&app.store, &asked, wanted).await?;
    let body = NieuweSleutel { geheim: made.secret.told().into(), sleutel: made.made.into() };
    Ok(once_told((StatusCode::CREATED, Json(body))))
}

/// Beëindig een sleutel
#[utoipa::path(delete, path = "/sleutels/{sleutel}", tag = "accounts", operation_id = "sleutelBeeindigen", params(("sleutel" = String, Path)),
    responses((status = 204)))]
async fn end_token(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let done: Result<(), Refused> = accounts::end_token(&app.store, &asked, &id).await;
    done?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
