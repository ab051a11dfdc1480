//! `/kandidaten/{id}/inzage` and `/kandidaten/{id}/naam`: what is kept of one person, and the erasure of names.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::publication::Plaatsing;
use super::register::{Rij, person};
use crate::serve::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::Expected;
use crate::serve::guard::Caller;
use crate::serve::problem::Problem;
use crate::store::persons::Erased;

/// Everything that is kept of one candidate, and of nobody else.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inzage {
    /// The row in the register, with the names.
    pub kandidaat: Rij,
    /// Per wave the own rows of its file and of the plan under review.
    pub lichtingen: Vec<Value>,
    /// What was decided about proposals.
    pub beoordelingen: Vec<Value>,
    /// Published placements.
    pub plaatsingen: Vec<Plaatsing>,
    /// Questions asked about this candidate, without the answers: those may be about others as well.
    pub vragen: Vec<Value>,
    /// Lines of the log about this candidate.
    pub logboek: Vec<Value>,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(look)).routes(routes!(erase))
}

/// Alles wat over één kandidaat bewaard wordt, en niets over een ander
#[utoipa::path(get, path = "/kandidaten/{kandidaat}/inzage", tag = "register", operation_id = "inzage", params(("kandidaat" = String, Path)),
    responses((status = 200, body = Inzage)))]
async fn look(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = app.store.dossier(&id).await?.ok_or_else(Problem::unknown)?;
    let (headers, kandidaat) = person(found.row);
    let inzage = Inzage {
        kandidaat,
        lichtingen: found.waves,
        beoordelingen: found.decisions,
        plaatsingen: found.placements.into_iter().map(Plaatsing::from).collect(),
        vragen: found.questions,
        logboek: found.log,
    };
    Ok((headers, Json(inzage)).into_response())
}

/// Wis de naam en de toelichting van een kandidaat, en wat het logboek over de kandidaat zegt; de keten van het logboek blijft heel
#[utoipa::path(delete, path = "/kandidaten/{kandidaat}/naam", tag = "register", operation_id = "naamWissen",
    params(("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn erase(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    match app.store.erase_names(&id, expected.version(), &caller.who).await? {
        Erased::Done(_) => Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response()),
        Erased::Unknown => Err(Problem::unknown()),
        Erased::Stale(now) => Err(Problem::stale(serde_json::to_value(person(*now).1).unwrap_or_default(), Value::Null)),
    }
}
