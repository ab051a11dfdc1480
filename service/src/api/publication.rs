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

use super::bodies::MaybeRead;
use super::bodies::waves::Publishing;
use super::shapes::names::Names;
use super::shapes::placement::Plaatsing;
use super::shapes::wave::{Lichting, edited, shown};
use crate::access::Role;
use crate::actions::publication::{self, Terms};
use crate::actions::{Asked, waves};
use crate::records::publication::Published;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Wat vaststellen opleverde
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vaststelling {
    /// De lichting zoals zij nu is
    pub lichting: Lichting,
    /// De berekening waarvan het plan is vastgesteld
    pub berekening: String,
    /// Hoeveel er geplaatst zijn
    pub geplaatst: usize,
    /// Hoeveel niet; zij hebben een ronde langer gewacht
    pub ongeplaatst: usize,
    /// Wat niet nagekeken kon worden, of goed is om te weten
    pub meldingen: Vec<String>,
    /// De hash van de laatste regel van het logboek: die staat voor dit besluit en alles daarvoor
    pub logboek_hoofd: String,
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(publish))).routes(only(ROLES, routes!(close))).routes(only(ROLES, routes!(list)))
}

/// Stel het voorstel vast: plekken, coaches en uren worden nog eens nagekeken, dan tellen de plaatsingen
#[utoipa::path(post, path = "/lichtingen/{lichting}/vaststelling", tag = "lichtingen", operation_id = "vaststellen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<Publishing>),
    responses((status = 200, body = Vaststelling),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Verouderd, er is nee gezegd, het past niet meer, of er zijn voorstellen die niemand bekeek: bij fouten en conflicten staat wat")))]
async fn publish(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    MaybeRead(body): MaybeRead<Publishing>,
) -> Result<Response, Problem> {
    let confirmed = body.bevestigd.unwrap_or(false);
    let terms = Terms { held_months: app.settings.seat_months, confirmed };
    let done = publication::publish(&app.store, &asked, &id, expected.version(), terms).await;
    let names = Names::seen_by(&app, &asked).await?;
    let refused = |refused| names.in_problem(Problem::of(refused, shown, json!({ "toestand": "vastgesteld" })));
    let Published { wave, publication: it } = done.map_err(refused)?;
    let tag = tag(wave.version);
    let body = Vaststelling {
        lichting: wave.into(),
        berekening: it.run,
        geplaatst: it.placed,
        ongeplaatst: it.unplaced,
        meldingen: it.notes.iter().map(|note| names.sentence(note)).collect(),
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
async fn list(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, page: Page) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let (rows, all) = reading.placements(&id, page.skip(), page.size).await?;
    let corrections = reading.corrections(&id).await?;
    drop(reading);
    let names = Names::seen_by(&app, &asked).await?;
    let today = app.store.clock().today();
    let resultaten = rows.into_iter().map(|row| Plaatsing::of(row, &names, today).corrected(&corrections)).collect();
    Ok((page.links(all), Json(Pagina::<Plaatsing> { resultaten, totaal: all })).into_response())
}
