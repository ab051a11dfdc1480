//! `/lichtingen/{id}/beoordelingen`: what was decided about each proposal.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::decisions::Decided;
use crate::actions::{Asked, decisions};
use crate::desk::choice::Choice;
use crate::records::decision::{Decided as Kept, json};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::store::clock::written;

/// A decision about one candidate.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordeling {
    /// About whom.
    pub kandidaat: String,
    /// What was decided and the placement it is about, with what was said along: as it was sent.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub besluit: Value,
    /// The run whose proposal was shown.
    pub berekening: Option<String>,
    /// Who decided.
    pub door: String,
    /// When (UTC).
    #[schema(format = DateTime)]
    pub op: String,
    /// Why it no longer counts: its placement is gone since the wave was filled again from the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vervallen: Option<String>,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Kept> for Beoordeling {
    fn from(it: Kept) -> Self {
        Self {
            kandidaat: it.candidate,
            besluit: json(&it.decision),
            berekening: it.run,
            door: it.who,
            op: written(it.at),
            vervallen: it.lapsed,
            versie: it.version,
        }
    }
}

/// All decisions of a wave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingen {
    /// By candidate.
    pub resultaten: Vec<Beoordeling>,
    /// How many.
    pub totaal: usize,
    /// How many proposals were rejected or replaced by another choice.
    pub afgeweken: usize,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read, decide, withdraw))
}

fn answer(decided: Kept) -> Response {
    let tag = tag(decided.version);
    (StatusCode::OK, [(header::ETAG, tag)], Json(Beoordeling::from(decided))).into_response()
}

/// Alle besluiten over een lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen", tag = "beoordelingen", operation_id = "beoordelingen",
    params(("lichting" = String, Path)),
    responses((status = 200, body = Beoordelingen)))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let decided = reading.decisions(&id).await?;
    let afgeweken = decided.iter().filter(|it| it.decision.overrules()).count();
    let resultaten: Vec<Beoordeling> = decided.into_iter().map(Beoordeling::from).collect();
    Ok(Json(Beoordelingen { totaal: resultaten.len(), afgeweken, resultaten }).into_response())
}

/// Het besluit over één kandidaat
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "beoordeling",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = Beoordeling)))]
async fn read(State(app): State<App>, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    app.store.read().decision(&wave, &candidate).await?.map(answer).ok_or_else(Problem::unknown)
}

/// Besluit over het voorstel voor een kandidaat
#[utoipa::path(put, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluiten",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = inline(Decided),
    responses((status = 200, body = Beoordeling)))]
async fn decide(
    State(app): State<App>,
    asked: Asked,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<Decided>,
) -> Result<Response, Problem> {
    let choice = Choice::from(body);
    let yours = choice.told();
    match decisions::decide(&app.store, &asked, &id, &candidate, expected.version(), choice).await {
        Ok(decided) => Ok(answer(decided)),
        Err(refused) => Err(Problem::of(refused, shown, yours)),
    }
}

fn shown(now: Option<Kept>) -> Value {
    now.map_or(Value::Null, |it| serde_json::to_value(Beoordeling::from(it)).unwrap_or_default())
}

/// Trek een besluit in
#[utoipa::path(delete, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluitIntrekken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn withdraw(
    State(app): State<App>,
    asked: Asked,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    let done = decisions::withdraw(&app.store, &asked, &id, &candidate, expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
