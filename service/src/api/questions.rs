//! `/berekeningen/{id}/vragen` and `/vragen/{id}`: why, what else, what if; answered by the solver, each question once.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::runs::Asked as About;
use super::shapes::names::Names;
use super::shapes::question::{Vraagantwoord, answer};
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::questions::{self, Put};
use crate::records::job::Question;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::events::stream;
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may ask, and withdraw a question.
const ASKING: &[Role] = &[Role::Intermediair];
/// Who may read one; a board only what was asked for its own eyes.
const READING: &[Role] = &[Role::Intermediair, Role::Bestuur];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ASKING, routes!(ask)))
        .routes(only(READING, routes!(read)))
        .routes(only(READING, routes!(events)))
        .routes(only(ASKING, routes!(stop)))
}

/// Vraag iets over het plan van een berekening
#[utoipa::path(post, path = "/berekeningen/{berekening}/vragen", tag = "vragen", operation_id = "vragen",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(About),
    responses((status = 202, body = Vraagantwoord), (status = 429, body = Problem, content_type = "application/problem+json",
        description = "Er wachten al te veel vragen van u")))]
async fn ask(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, Read(body): Read<About>) -> Result<Response, Problem> {
    let question = Question(body.vraag.unwrap_or_else(|| json!({}))).for_intermediary();
    let Put { job, run } = questions::ask(&app.store, &asked, &id, body.soort, &question).await?;
    answer(&app, &asked, StatusCode::ACCEPTED, job, run).await
}

/// Eén vraag, met het antwoord zover het er is
#[utoipa::path(get, path = "/vragen/{vraag}", tag = "vragen", operation_id = "vraag", params(("vraag" = String, Path)),
    responses((status = 200, body = Vraagantwoord)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let Put { job, run } = questions::read(&app.store, &asked, &id).await?;
    answer(&app, &asked, StatusCode::OK, job, run).await
}

/// Trek een vraag in: zij wacht niet langer, of stopt met wat er al is
#[utoipa::path(post, path = "/vragen/{vraag}/afbreking", tag = "vragen", operation_id = "vraagAfbreken",
    params(("vraag" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 202, body = Vraagantwoord)))]
async fn stop(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let Put { job, run } = questions::stop(&app.store, &asked, &id).await?;
    answer(&app, &asked, StatusCode::ACCEPTED, job, run).await
}

/// De delen van een antwoord, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/vragen/{vraag}/gebeurtenissen", tag = "vragen", operation_id = "vraagGebeurtenissen",
    params(("vraag" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    questions::read(&app.store, &asked, &id).await?;
    let names = Names::seen_by(&app, &asked).await?;
    stream(app, id, &headers, Box::new(move |told| names.beside(told)))
}
