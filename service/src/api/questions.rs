//! `/berekeningen/{id}/vragen` and `/vragen/{id}`: why, what else, what if; answered by the solver, each question once.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::runs::Asked;
use super::runs::{Werk, working};
use crate::serve::App;
use crate::serve::body::{Ids, NoKeys, json as parse};
use crate::serve::events::stream;
use crate::serve::problem::Problem;
use crate::store::jobs::Job;
use crate::store::runs::Run;
use crate::work::dispatch::for_intermediary;
use crate::work::kinds::Kind;

/// A question with its answer, as far as it is known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vraag {
    /// Its id.
    pub id: String,
    /// The run it is about.
    pub berekening: String,
    /// waarom, passen, schaarste, wat-als, stress or verslag.
    pub soort: String,
    /// What was asked.
    pub vraag: Value,
    /// Parts of the answer that are known already.
    pub delen: Vec<Value>,
    /// The whole answer.
    pub antwoord: Option<Value>,
    /// How far it is.
    #[serde(flatten)]
    pub werk: Werk,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(read)).routes(routes!(events))
}

/// Vraag iets over het plan van een berekening
#[utoipa::path(post, path = "/berekeningen/{berekening}/vragen", tag = "vragen", operation_id = "vragen",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Asked),
    responses((status = 202, body = Vraag)))]
async fn ask(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, Read(body): Read<Asked>) -> Result<Response, Problem> {
    let run = app.store.run(&id).await?.ok_or_else(Problem::unknown)?;
    let mut question = body.vraag.unwrap_or_else(|| json!({}));
    for_intermediary(&mut question);
    put(&app, &run, body.soort, &question).await
}

/// Puts a question about a run in line.
pub async fn put(app: &App, run: &Run, kind: &'static Kind, question: &Value) -> Result<Response, Problem> {
    let planned = run.job.status.as_deref().is_some_and(|it| ["optimaal", "haalbaar"].contains(&it));
    if !run.job.state.ended() || !planned {
        return Err(Problem::conflict("Deze berekening heeft (nog) geen plan om vragen over te stellen."));
    }
    let id = app.store.ask(run, kind, question).await?;
    let (job, run) = app.store.question(&id).await?.ok_or_else(Problem::unknown)?;
    let (state, place) = (job.state, format!("/v1/vragen/{id}"));
    Ok(working(StatusCode::ACCEPTED, state, &place, Json(view(app, job, run).await?)))
}

async fn view(app: &App, job: Job, run: String) -> Result<Vraag, Problem> {
    let answer = app.store.result(&job.id).await?.map(|bytes| parse(&bytes)).transpose()?;
    let parts = if answer.is_some() { Vec::new() } else { app.store.parts_told(&job.id).await? };
    let werk = Werk::from(&job);
    Ok(Vraag { id: job.id, berekening: run, soort: job.kind.code.to_owned(), vraag: job.question, delen: parts, antwoord: answer, werk })
}

/// Eén vraag, met het antwoord zover het er is
#[utoipa::path(get, path = "/vragen/{vraag}", tag = "vragen", operation_id = "vraag", params(("vraag" = String, Path)),
    responses((status = 200, body = Vraag)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let (job, run) = app.store.question(&id).await?.ok_or_else(Problem::unknown)?;
    let (state, place) = (job.state, format!("/v1/vragen/{id}"));
    Ok(working(StatusCode::OK, state, &place, Json(view(&app, job, run).await?)))
}

/// De delen van een antwoord, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/vragen/{vraag}/gebeurtenissen", tag = "vragen", operation_id = "vraagGebeurtenissen",
    params(("vraag" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    app.store.question(&id).await?.ok_or_else(Problem::unknown)?;
    stream(app, id, &headers).map(IntoResponse::into_response)
}
