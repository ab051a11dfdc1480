//! `/kandidaten/{id}/inzage` and `/kandidaten/{id}/naam`: what is kept of one person, and the erasure of names.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::placement::Plaatsing;
use super::shapes::row::{Rij, shown};
use crate::actions::{Asked, persons};
use crate::records::decision::{Decided, json as kept};
use crate::records::dossier::Line;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::store::clock::written;

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
async fn look(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = persons::dossier(&app.store, &asked, &id).await?;
    let (tag, kandidaat) = (tag(found.row.version), Rij::from(found.row));
    let inzage = Inzage {
        kandidaat,
        lichtingen: found.waves,
        beoordelingen: found.decisions.iter().map(|(wave, it)| decided(wave, it)).collect(),
        plaatsingen: found.placements.into_iter().map(Plaatsing::from).collect(),
        vragen: found.questions.iter().map(|it| json!({ "id": it.id, "soort": it.kind, "op": written(it.at) })).collect(),
        logboek: found.log.iter().map(logged).collect(),
    };
    Ok(([(header::ETAG, tag)], Json(inzage)).into_response())
}

fn decided(wave: &str, it: &Decided) -> Value {
    json!({ "lichting": wave, "besluit": kept(&it.decision), "op": written(it.at), "door": it.who })
}

fn logged(it: &Line) -> Value {
    let content: Option<Value> = it.content.as_deref().and_then(|content| serde_json::from_str(content).ok());
    json!({
        "nummer": it.number, "op": written(it.at), "wie": it.who, "wat": it.what, "onderwerp": it.subject, "inhoud": content,
    })
}

/// Wis de naam en de toelichting van een kandidaat, en wat het logboek over de kandidaat zegt; de keten van het logboek blijft heel
#[utoipa::path(delete, path = "/kandidaten/{kandidaat}/naam", tag = "register", operation_id = "naamWissen",
    params(("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn erase(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    let done = persons::erase(&app.store, &asked, &id, expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
