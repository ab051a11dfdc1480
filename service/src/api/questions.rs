//! `/berekeningen/{id}/vragen` and `/vragen/{id}`: why, what else, what if; answered by the solver, each question once.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::outcome::Verdict;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::runs::{Werk, working};
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, NoKeys, json as parse};
use crate::serve::events::stream;
use crate::serve::fields::Fields;
use crate::serve::problem::Problem;
use crate::store::jobs::{Job, Lane};
use crate::store::runs::Run;
use crate::work::dispatch::for_intermediary;

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

/// Kinds of questions, with the lane they wait in: what is about the whole wave is heavy.
pub const KINDS: [(&str, Lane); 6] = [
    ("waarom", Lane::Questions),
    ("passen", Lane::Questions),
    ("wat-als", Lane::Questions),
    ("verslag", Lane::Questions),
    ("schaarste", Lane::Heavy),
    ("stress", Lane::Heavy),
];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(ask)).routes(routes!(read)).routes(routes!(events))
}

/// Vraag iets over het plan van een berekening
#[utoipa::path(post, path = "/berekeningen/{berekening}/vragen", tag = "vragen", operation_id = "vragen",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Value, content_type = "application/json", description = "{ \"soort\": \"waarom\", \"vraag\": { \"kandidaat\": \"Z1\", \"alternatieven\": 5 } }; \
        andere soorten: passen { school, plek } of { coach }, wat-als { afdwingen: […], verbieden: […] }, schaarste { aantal }, stress { scholen }, verslag { }. \
        Met kijker (intermediair, bestuur:ID of kandidaat:ID) in vraag is het antwoord voor die kijker."),
    responses((status = 202, body = Vraag), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn ask(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, Body(body): Body) -> Result<Response, Problem> {
    let run = app.store.run(&id).await?.ok_or_else(Problem::unknown)?;
    let mut fields = Fields::new(&body);
    let kind = fields.need_word("soort", &KINDS.map(|(kind, _)| kind));
    let mut question = fields.any("vraag").cloned().unwrap_or_else(|| json!({}));
    for_intermediary(&mut question);
    if !question.is_object() {
        fields.wrong("vraag", "type", "hier hoort een object", "stuur een JSON-object { … }");
    }
    let kind = fields.finish(kind)?;
    put(&app, &run, &kind, &question).await
}

/// Puts a question about a run in line.
pub async fn put(app: &App, run: &Run, kind: &str, question: &Value) -> Result<Response, Problem> {
    let planned = run.job.status.is_some_and(Verdict::has_plan);
    if !run.job.state.ended() || !planned {
        return Err(Problem::conflict("Deze berekening heeft (nog) geen plan om vragen over te stellen."));
    }
    let lane = KINDS.iter().find(|(it, _)| *it == kind).map_or(Lane::Heavy, |(_, lane)| *lane);
    let id = app.store.ask(run, kind, question, lane).await?;
    let (job, run) = app.store.question(&id).await?.ok_or_else(Problem::unknown)?;
    let (state, place) = (job.state, format!("/v1/vragen/{id}"));
    Ok(working(StatusCode::ACCEPTED, state, &place, Json(view(app, job, run).await?)))
}

async fn view(app: &App, job: Job, run: String) -> Result<Vraag, Problem> {
    let answer = app.store.result(&job.id).await?.map(|bytes| parse(&bytes)).transpose()?;
    let parts = if answer.is_some() { Vec::new() } else { app.store.parts_told(&job.id).await? };
    let werk = Werk::from(&job);
    Ok(Vraag { id: job.id, berekening: run, soort: job.kind, vraag: job.question, delen: parts, antwoord: answer, werk })
}

/// Eén vraag, met het antwoord zover het er is
#[utoipa::path(get, path = "/vragen/{vraag}", tag = "vragen", operation_id = "vraag", params(("vraag" = String, Path)),
    responses((status = 200, body = Vraag), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let (job, run) = app.store.question(&id).await?.ok_or_else(Problem::unknown)?;
    let (state, place) = (job.state, format!("/v1/vragen/{id}"));
    Ok(working(StatusCode::OK, state, &place, Json(view(&app, job, run).await?)))
}

/// De delen van een antwoord, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/vragen/{vraag}/gebeurtenissen", tag = "vragen", operation_id = "vraagGebeurtenissen",
    params(("vraag" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    app.store.question(&id).await?.ok_or_else(Problem::unknown)?;
    stream(app, id, &headers).map(IntoResponse::into_response)
}
