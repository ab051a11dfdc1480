//! `/kandidaten/{id}/fase` and `/kandidaten/fasen`: where candidates are on the way to being a teacher.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::endings::NewStage;
use super::shapes::history::{Faseaantal, Faseaantallen, Kandidaatfase};
use crate::access::Role;
use crate::actions::stages::{self, Entered, Staged};
use crate::actions::{Asked, Refused};
use crate::desk::stages::shown_to;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may read and write the stage of one.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who may read how many there are.
const COUNTING: &[Role] = &[Role::Intermediair, Role::Beheerder, Role::Lezer];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(COUNTING, routes!(counts))).routes(only(ROLES, routes!(read, enter)))
}

fn answer(staged: Staged) -> Response {
    let tag = tag(staged.row.version);
    (StatusCode::OK, [(header::ETAG, tag)], Json(Kandidaatfase::from(staged))).into_response()
}

fn shown(staged: Staged) -> Value {
    json!(Kandidaatfase::from(staged))
}

/// Waar een kandidaat is: aangemeld, in opleiding, gestopt, en wanneer dat begon
#[utoipa::path(get, path = "/kandidaten/{kandidaat}/fase", tag = "register", operation_id = "kandidaatFase",
    params(("kandidaat" = String, Path)), responses((status = 200, body = Kandidaatfase)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(stages::of(&app.store, &asked, &id).await?))
}

/// Noteer de fase die een kandidaat inging; wie gestopt is doet niet meer mee
#[utoipa::path(put, path = "/kandidaten/{kandidaat}/fase", tag = "register", operation_id = "kandidaatFaseZetten",
    params(("kandidaat" = String, Path), ("If-Match" = String, Header)), request_body = inline(NewStage),
    responses((status = 200, body = Kandidaatfase)))]
async fn enter(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<NewStage>,
) -> Result<Response, Problem> {
    let yours = json!({ "fase": body.fase, "van": body.van, "reden": body.reden });
    let NewStage { fase: stage, van: from, reden: reason, bevestigd } = body;
    let new = Entered { stage, from, reason, confirmed: bevestigd.unwrap_or_default(), at: ("/van", "/fase") };
    let done: Result<Staged, Refused<Staged>> = stages::enter(&app.store, &asked, (&id, expected.version()), new).await;
    done.map(answer).map_err(|refused| Problem::of(refused, shown, yours))
}

/// Hoeveel kandidaten er nu in elke fase zijn; een lezer ziet geen kleine aantallen
#[utoipa::path(get, path = "/kandidaten/fasen", tag = "register", operation_id = "kandidaatFasen",
    responses((status = 200, body = Faseaantallen)))]
async fn counts(State(app): State<App>, asked: Asked, _: NoKeys) -> Result<Response, Problem> {
    let counts = app.store.read().stage_counts().await?;
    let (counts, under) = shown_to(asked.caller.role(), &counts);
    let fasen = counts.into_iter().map(|(fase, aantal)| Faseaantal { fase, aantal }).collect();
    Ok(Json(Faseaantallen { fasen, verborgen_onder: under }).into_response())
}
