//! `/roosters/{rooster}/uitnodigingen`, `/uitnodigingen` and `/antwoordkoppelingen/rooster`: who is in a roster says when that can be and to
//! which meetings they come.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::invitations::{InvitationAnswer, InvitationWish, PassAnswered, PassShown};
use super::bodies::{MaybeRead, Read};
use super::shapes::invitation::{
    Eigenuitnodiging, Eigenuitnodigingen, Roostergenodigde, Roosterkoppeling, Roosteruitgenodigd, Roosteruitnodigingen,
};
use crate::access::Role;
use crate::actions::rosters::invited::asking::{self, Wish};
use crate::actions::rosters::invited::saying::{self, Said};
use crate::actions::rosters::invited::{self, Shown, links};
use crate::actions::{Asked, Refused};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::guard;
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;

/// Who asks.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who is asked, each for the own name; the intermediary notes what others said.
const INVITED: &[Role] = &[Role::Intermediair, Role::Bestuur, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(all, ask)))
        .routes(only(INVITED, routes!(one)))
        .routes(only(INVITED, routes!(say)))
        .routes(only(ROLES, routes!(link)))
        .routes(only(INVITED, routes!(own)))
}

/// What whoever has a link may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(by_link)).routes(routes!(say_by_link)).route_layer(from_fn(guard::matched))
}

fn answer(shown: Shown) -> Response {
    ([(header::ETAG, tag(shown.invitation.version))], Json(Eigenuitnodiging::from(shown))).into_response()
}

/// A refusal with what was said by now.
fn stale(refused: Refused<Shown>) -> Problem {
    Problem::of(refused, |shown| json!(Eigenuitnodiging::from(shown)), Value::Null)
}

/// Iedereen in een rooster, met wat er gevraagd is en wat zij zeiden
#[utoipa::path(get, path = "/roosters/{rooster}/uitnodigingen", tag = "roosters", operation_id = "roosterUitnodigingen",
    params(("rooster" = String, Path)), responses((status = 200, body = Roosteruitnodigingen)))]
async fn all(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let all = invited::all(&app.store, &id).await?;
    let resultaten: Vec<Roostergenodigde> = all.into_iter().map(Roostergenodigde::from).collect();
    Ok(Json(Roosteruitnodigingen { totaal: resultaten.len(), resultaten }).into_response())
}

/// Vraag mensen wanneer zij kunnen, en of zij komen; wie al gevraagd was en niets zei, krijgt een herinnering
#[utoipa::path(post, path = "/roosters/{rooster}/uitnodigingen", tag = "roosters", operation_id = "roosterUitnodigen",
    params(("rooster" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(Option<InvitationWish>),
    responses((status = 200, body = Roosteruitgenodigd)))]
async fn ask(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<InvitationWish>,
) -> Result<Response, Problem> {
    let sent = asking::ask(&app.store, &asked, &id, &Wish::from(body)).await?;
    Ok(Json(Roosteruitgenodigd::from(sent)).into_response())
}

/// Wat een rooster van iemand wil weten, en wat diegene zei. Een coach gaat onder het id van de coach, een ander onder dat van het account
#[utoipa::path(get, path = "/roosters/{rooster}/uitnodigingen/{persoon}", tag = "roosters", operation_id = "roosterUitnodiging",
    params(("rooster" = String, Path), ("persoon" = String, Path)), responses((status = 200, body = Eigenuitnodiging)))]
async fn one(State(app): State<App>, asked: Asked, Ids((id, person)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(invited::shown(&app.store, &asked, &id, &person).await?))
}

/// Zeg wanneer het kan en of er iemand komt: voor uzelf, of als intermediair voor een ander
#[utoipa::path(post, path = "/roosters/{rooster}/uitnodigingen/{persoon}/antwoord", tag = "roosters", operation_id = "roosterUitnodigingAntwoorden",
    params(("rooster" = String, Path), ("persoon" = String, Path), ("If-Match" = String, Header)),
    request_body = inline(InvitationAnswer), responses((status = 200, body = Eigenuitnodiging)))]
async fn say(
    State(app): State<App>,
    asked: Asked,
    Ids((id, person)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<InvitationAnswer>,
) -> Result<Response, Problem> {
    let said = Said::from(body);
    Ok(answer(saying::say(&app.store, &asked, (&id, &person), expected.version(), &said).await.map_err(stale)?))
}

/// Maak een persoonlijke koppeling voor wie geen account heeft; zij wordt één keer getoond en vervangt de vorige
#[utoipa::path(post, path = "/roosters/{rooster}/uitnodigingen/{persoon}/koppeling", tag = "roosters", operation_id = "roosterKoppelingMaken",
    params(("rooster" = String, Path), ("persoon" = String, Path)), responses((status = 201, body = Roosterkoppeling)))]
async fn link(State(app): State<App>, asked: Asked, Ids((id, person)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let (secret, pass) = links::make(&app.store, &asked, &id, &person).await?;
    let body = Roosterkoppeling { koppeling: secret.told().into(), tot: written(pass.until) };
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// Wat roosters die nog lopen van u willen weten
#[utoipa::path(get, path = "/uitnodigingen", tag = "roosters", operation_id = "eigenUitnodigingen",
    responses((status = 200, body = Eigenuitnodigingen)))]
async fn own(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let all = invited::own_ones(&app.store, &asked).await?;
    let resultaten: Vec<Eigenuitnodiging> = all.into_iter().map(Eigenuitnodiging::from).collect();
    Ok(Json(Eigenuitnodigingen { totaal: resultaten.len(), resultaten }).into_response())
}

/// Bekijk wat een rooster van u wil weten, met uw koppeling. Een koppeling die niet (meer) geldt, bestaat niet
#[utoipa::path(post, path = "/antwoordkoppelingen/rooster", tag = "antwoordkoppelingen", operation_id = "roosterkoppelingBekijken", security(()),
    request_body = inline(PassShown), responses((status = 200, body = Eigenuitnodiging),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn by_link(State(app): State<App>, _: NoKeys, Read(body): Read<PassShown>) -> Result<Response, Problem> {
    Ok(answer(links::shown(&app.store, &body.koppeling).await?))
}

/// Zeg wanneer u kunt en of u komt, met uw koppeling
#[utoipa::path(post, path = "/antwoordkoppelingen/rooster/antwoord", tag = "antwoordkoppelingen", operation_id = "roosterkoppelingAntwoorden",
    security(()), params(("If-Match" = String, Header)), request_body = inline(PassAnswered),
    responses((status = 200, body = Eigenuitnodiging), (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn say_by_link(State(app): State<App>, _: NoKeys, expected: Expected, Read(body): Read<PassAnswered>) -> Result<Response, Problem> {
    let (link, said) = body.apart();
    Ok(answer(links::say(&app.store, &link, expected.version(), &said).await.map_err(stale)?))
}
