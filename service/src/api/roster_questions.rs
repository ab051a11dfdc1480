//! `/roosterberekeningen/{id}/vragen` and `/roostervragen/{id}`: what else is possible for somebody, and what that costs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::rosters::ElsewhereAsked;
use super::shapes::roster_question::Roostervraag;
use super::shapes::work::working;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::questions::Put;
use crate::actions::rosters::elsewhere::{self, answered};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(ask))).routes(only(ROLES, routes!(read)))
}

async fn told(app: &App, status: StatusCode, put: Put) -> Result<Response, Problem> {
    let (state, place) = (put.job.state, format!("/v1/roostervragen/{}", put.job.id));
    let answer = answered(&app.store, &put.job).await?;
    Ok(working(status, state, &place, Json(Roostervraag::of(put, answer))))
}

/// Vraag wat er voor iemand nog meer kan in dit rooster, en wat elk ander moment kost
#[utoipa::path(post, path = "/roosterberekeningen/{berekening}/vragen", tag = "roosters", operation_id = "roosterVragen",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(ElsewhereAsked),
    responses((status = 202, body = Roostervraag), (status = 429, body = Problem, content_type = "application/problem+json",
        description = "Er wachten al te veel vragen van u")))]
async fn ask(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    Read(body): Read<ElsewhereAsked>,
) -> Result<Response, Problem> {
    let put = elsewhere::ask(&app.store, &asked, &id, &body.deelnemer, body.hoogstens).await?;
    told(&app, StatusCode::ACCEPTED, put).await
}

/// Eén vraag over een rooster, met het antwoord als het er is
#[utoipa::path(get, path = "/roostervragen/{vraag}", tag = "roosters", operation_id = "roosterVraag", params(("vraag" = String, Path)),
    responses((status = 200, body = Roostervraag)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    told(&app, StatusCode::OK, elsewhere::read(&app.store, &id).await?).await
}
