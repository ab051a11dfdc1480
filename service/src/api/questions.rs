//! `/berekeningen/{id}/vragen` and `/vragen/{id}`: why, what else, what if; answered by the solver, each question once.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::question::{Vraag, answer};
use crate::actions::questions::{self, Put};
use crate::records::job::{Lane, Question};
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, NoKeys};
use crate::serve::events::stream;
use crate::serve::fields::Fields;
use crate::serve::problem::Problem;

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
    app.store.read().run(&id).await?.ok_or_else(Problem::unknown)?;
    let mut fields = Fields::new(&body);
    let kind = fields.need_word("soort", &KINDS.map(|(kind, _)| kind));
    let question = fields.any("vraag").cloned().unwrap_or_else(|| json!({}));
    if !question.is_object() {
        fields.wrong("vraag", "type", "hier hoort een object", "stuur een JSON-object { … }");
    }
    let kind = fields.finish(kind)?;
    let Put { job, run } = questions::ask(&app.store, &id, &kind, lane(&kind), &Question(question).for_intermediary()).await?;
    answer(&app, StatusCode::ACCEPTED, job, run).await
}

/// The lane in which a kind of question waits.
pub fn lane(kind: &str) -> Lane {
    KINDS.iter().find(|(it, _)| *it == kind).map_or(Lane::Heavy, |(_, lane)| *lane)
}

/// Eén vraag, met het antwoord zover het er is
#[utoipa::path(get, path = "/vragen/{vraag}", tag = "vragen", operation_id = "vraag", params(("vraag" = String, Path)),
    responses((status = 200, body = Vraag), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let (job, run) = app.store.read().question(&id).await?.ok_or_else(Problem::unknown)?;
    answer(&app, StatusCode::OK, job, run).await
}

/// De delen van een antwoord, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/vragen/{vraag}/gebeurtenissen", tag = "vragen", operation_id = "vraagGebeurtenissen",
    params(("vraag" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    app.store.read().question(&id).await?.ok_or_else(Problem::unknown)?;
    stream(app, id, &headers).map(IntoResponse::into_response)
}
