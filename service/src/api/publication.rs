//! `/lichtingen/{id}/vaststelling`, `/sluiting` and `/plaatsingen`: a plan becomes placements, and a wave ends.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::placement::Plaatsing;
use super::shapes::wave::{Lichting, edited, shown};
use crate::actions::{Asked, publication, waves};
use crate::records::placement::Placed;
use crate::records::publication::Published;
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;

/// What publishing came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vaststelling {
    /// The wave as it is now.
    pub lichting: Lichting,
    /// The run whose plan was published.
    pub berekening: String,
    /// How many are placed.
    pub geplaatst: usize,
    /// How many are not; they waited one round more.
    pub ongeplaatst: usize,
    /// What could not be checked, or is worth knowing.
    pub meldingen: Vec<String>,
    /// Hash of the log's last line, which tells of this deed and of all before it.
    pub logboek_hoofd: String,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(publish)).routes(routes!(close)).routes(routes!(list))
}

/// Stel het voorstel vast: plekken, coaches en uren worden nog eens nagekeken, dan tellen de plaatsingen
#[utoipa::path(post, path = "/lichtingen/{lichting}/vaststelling", tag = "lichtingen", operation_id = "vaststellen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Vaststelling),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Verouderd, of het past niet meer: bij fouten en conflicten staat wat")))]
async fn publish(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    let done = publication::publish(&app.store, &asked, &id, expected.version(), app.settings.seat_months).await;
    let Published { wave, publication: it } = done.map_err(|refused| Problem::of(refused, shown, json!({ "toestand": "vastgesteld" })))?;
    let tag = tag(wave.version);
    let body = Vaststelling {
        lichting: wave.into(),
        berekening: it.run,
        geplaatst: it.placed,
        ongeplaatst: it.unplaced,
        meldingen: it.notes,
        logboek_hoofd: it.head,
    };
    Ok((StatusCode::OK, [(header::ETAG, tag)], Json(body)).into_response())
}

/// Sluit een vastgestelde lichting; haar plaatsingen tellen tot ze eindigen
#[utoipa::path(post, path = "/lichtingen/{lichting}/sluiting", tag = "lichtingen", operation_id = "lichtingSluiten",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Lichting)))]
async fn close(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    edited(waves::close(&app.store, &asked, &id, expected.version()).await, json!({ "toestand": "gesloten" }))
}

/// De vastgestelde plaatsingen van een lichting, met namen
#[utoipa::path(get, path = "/lichtingen/{lichting}/plaatsingen", tag = "lichtingen", operation_id = "plaatsingen",
    params(("lichting" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Plaatsing>)))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, page: Page) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let (rows, all) = reading.placements(&id, page.skip(), page.size).await?;
    let (candidates, coaches) = (reading.names(Kind::Candidate).await?, reading.names(Kind::Coach).await?);
    let named = |row: Placed| {
        let mut row = Plaatsing::from(row);
        row.naam = candidates.get(&row.kandidaat).cloned();
        row.coach_naam = coaches.get(&row.coach).cloned();
        row
    };
    let resultaten = rows.into_iter().map(named).collect();
    Ok((page.links(all), Json(Pagina::<Plaatsing> { resultaten, totaal: all })).into_response())
}
