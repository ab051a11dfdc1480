//! `/schooljaren`: when each school year begins and ends; hours are booked by them.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::endings::YearDays;
use crate::access::Role;
use crate::actions::school_years::{self, Years};
use crate::actions::{Asked, Refused};
use crate::records::school_year::{SchoolYear, year_of};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Een schooljaar
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Schooljaar {
    /// Het id, zoals 2026-2027
    pub id: String,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
}

impl From<SchoolYear> for Schooljaar {
    fn from(it: SchoolYear) -> Self {
        Self { id: it.id(), van: it.from.to_string(), tot: it.until.to_string() }
    }
}

/// De schooljaren rond vandaag
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Schooljaren {
    /// Elk schooljaar, het vroegste eerst
    pub resultaten: Vec<Schooljaar>,
    /// De versie van alle schooljaren samen, ook in de ETag
    pub versie: i64,
}

impl From<Years> for Schooljaren {
    fn from(it: Years) -> Self {
        Self { resultaten: it.years.into_iter().map(Schooljaar::from).collect(), versie: it.version }
    }
}

/// Who may read them.
const READING: &[Role] = &[Role::Intermediair, Role::Beheerder, Role::Bestuur, Role::Coach, Role::Lezer];
/// Who may set them.
const WRITING: &[Role] = &[Role::Intermediair, Role::Beheerder];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(READING, routes!(list))).routes(only(READING, routes!(read))).routes(only(WRITING, routes!(replace)))
}

/// De schooljaren rond vandaag: 1 augustus tot en met 31 juli, tenzij het anders gezet is
#[utoipa::path(get, path = "/schooljaren", tag = "register", operation_id = "schooljaren", responses((status = 200, body = Schooljaren)))]
async fn list(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let years = school_years::all(&mut app.store.read(), app.store.clock().today()).await?;
    Ok(([(header::ETAG, tag(years.version))], Json(Schooljaren::from(years))).into_response())
}

/// Eén schooljaar
#[utoipa::path(get, path = "/schooljaren/{schooljaar}", tag = "register", operation_id = "schooljaar", params(("schooljaar" = String, Path)),
    responses((status = 200, body = Schooljaar)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let year = year_of(&id).ok_or_else(Problem::unknown)?;
    let mut reading = app.store.read();
    let found = school_years::of(&reading.calendar().await?, year).ok_or_else(Problem::unknown)?;
    Ok(([(header::ETAG, tag(reading.calendar_version().await?))], Json(Schooljaar::from(found))).into_response())
}

/// Zet de dagen van een schooljaar: het vorige eindigt de dag ervoor, het volgende begint de dag erna
#[utoipa::path(put, path = "/schooljaren/{schooljaar}", tag = "register", operation_id = "schooljaarZetten",
    params(("schooljaar" = String, Path), ("If-Match" = String, Header)), request_body = inline(YearDays),
    responses((status = 200, body = Schooljaar)))]
async fn replace(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<YearDays>,
) -> Result<Response, Problem> {
    let year = year_of(&id).ok_or_else(Problem::unknown)?;
    let yours = json!({ "van": body.van, "tot": body.tot });
    let at = (year, expected.version());
    let done = school_years::put(&app.store, &asked, at, (&body.van, &body.tot), body.bevestigd.unwrap_or_default()).await;
    let shown = |years: Years| -> Value { json!(Schooljaren::from(years)) };
    let (year, version) = done.map_err(|refused: Refused<Years>| Problem::of(refused, shown, yours))?;
    Ok(([(header::ETAG, tag(version))], Json(Schooljaar::from(year))).into_response())
}
