//! Own sessions, another password and a forgotten one: `/ik/sessies`, `/ik/wachtwoord`, `/wachtwoord-vergeten`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::accounts::{Forgotten, OtherPassword};
use super::shapes::signed::not;
use crate::access::Through;
use crate::actions::{Asked, forgotten, signing};
use crate::listed::Rolnaam;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::flood::What;
use crate::serve::guard::{self, From};
use crate::serve::problem::Problem;
use crate::serve::roles::{KNOWN, only};
use crate::store::clock::written;

/// Een sessie: iemand die met dit account is aangemeld
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Sessie {
    /// De id; dat is niet het geheim
    pub id: String,
    /// De rol waarin gewerkt wordt
    #[schema(value_type = Rolnaam)]
    pub rol: String,
    /// Wanneer zij begon (UTC)
    #[schema(format = DateTime)]
    pub begonnen_op: String,
    /// Wanneer zij voor het laatst gebruikt is, op de minuut (UTC)
    #[schema(format = DateTime)]
    pub gezien_op: String,
    /// Of het deze sessie is
    pub deze: bool,
}

/// Hoeveel sessies er beëindigd zijn
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BeeindigdeSessies {
    /// Zoveel
    pub aantal: u64,
}

/// Wat er op elk verzoek om een ander wachtwoord geantwoord wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KoppelingGevraagd {
    /// Wat er nu gebeurt
    pub uitleg: String,
}

/// What everybody may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(forgot)).route_layer(from_fn(guard::matched))
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(KNOWN, routes!(list, end_others)))
        .routes(only(KNOWN, routes!(end)))
        .routes(only(KNOWN, routes!(choose_password)))
}

/// Vraag een koppeling voor een ander wachtwoord; het antwoord is voor elk adres hetzelfde
#[utoipa::path(post, path = "/wachtwoord-vergeten", tag = "accounts", operation_id = "wachtwoordVergeten", security(()),
    request_body = inline(Forgotten), responses((status = 202, body = KoppelingGevraagd),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn forgot(State(app): State<App>, From(near): From, _: NoKeys, Read(body): Read<Forgotten>) -> Result<Response, Problem> {
    let now = app.store.clock().now();
    if app.flood.full(near, What::Asked, now) {
        return Err(Problem::too_often());
    }
    app.flood.count(near, What::Asked, now);
    forgotten::ask(&app.store, &body.adres).await?;
    let uitleg = "Is er een account met dit adres, dan komt er een bericht met een koppeling. Die geldt een uur en één keer.";
    Ok((StatusCode::ACCEPTED, Json(KoppelingGevraagd { uitleg: uitleg.into() })).into_response())
}

/// Waar u nu aangemeld bent
#[utoipa::path(get, path = "/ik/sessies", tag = "accounts", operation_id = "sessies", responses((status = 200, body = Vec<Sessie>)))]
async fn list(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let own = match asked.caller.through() {
        Through::Session(id) => Some(id.clone()),
        _ => None,
    };
    let all = signing::sessions(&app.store, &asked).await?;
    let told = all.into_iter().map(|it| Sessie {
        deze: own.as_deref() == Some(&it.id),
        id: it.id,
        rol: it.role.code().into(),
        begonnen_op: written(it.began),
        gezien_op: written(it.seen),
    });
    Ok(Json(told.collect::<Vec<Sessie>>()).into_response())
}

/// Beëindig al uw andere sessies
#[utoipa::path(delete, path = "/ik/sessies", tag = "accounts", operation_id = "andereSessiesBeeindigen",
    responses((status = 200, body = BeeindigdeSessies)))]
async fn end_others(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let aantal = signing::end_other_sessions(&app.store, &asked).await?;
    Ok(Json(BeeindigdeSessies { aantal }).into_response())
}

/// Beëindig een van uw sessies
#[utoipa::path(delete, path = "/ik/sessies/{sessie}", tag = "accounts", operation_id = "sessieBeeindigen",
    params(("sessie" = String, Path)), responses((status = 204)))]
async fn end(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    signing::end_session(&app.store, &asked, &id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Kies een ander wachtwoord; uw andere sessies zijn daarna voorbij
#[utoipa::path(post, path = "/ik/wachtwoord", tag = "accounts", operation_id = "wachtwoordVeranderen", request_body = inline(OtherPassword),
    responses((status = 200, body = BeeindigdeSessies), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
async fn choose_password(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<OtherPassword>) -> Result<Response, Problem> {
    let aantal = signing::choose_password(&app.store, &asked, &body.oud, &body.nieuw).await.map_err(not)?;
    Ok(Json(BeeindigdeSessies { aantal }).into_response())
}
