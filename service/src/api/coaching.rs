//! `/coaches/{coach}/kandidaten`, `/vrije-dagen` and `/gegeven-uren`: a coach's own desk. A coach sees his own; the intermediary may too.

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
use super::bodies::coaching::{DaysOffList, GivenList};
use super::shapes::coaching::{VrijeDag, hours};
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::coaching::{self, Desk};
use crate::listed::{Bouw, Dagdeel, Fase};
use crate::records::coaching::{DaysOff, Given, Hours, Off, Placing, Year};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Wie een coach begeleidt, en hoe zijn uren ervoor staan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coachoverzicht {
    /// De coach
    pub coach: String,
    /// De naam van de coach; null is niet bekend
    pub coach_naam: Option<String>,
    /// Hoeveel kandidaten de coach tegelijk mag hebben
    pub maximum: Option<i64>,
    /// De uren per schooljaar, vanaf dit schooljaar
    pub jaren: Vec<Coachjaar>,
    /// De eigen kandidaten: vastgesteld, of in beoordeling en door de coach zelf aanvaard
    pub resultaten: Vec<EigenKandidaat>,
    /// Hoeveel dat er zijn
    pub totaal: usize,
}

/// De uren van een coach in een schooljaar
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Coachjaar {
    /// Het schooljaar, als 2026-2027
    pub schooljaar: String,
    /// Hoeveel uren de coach heeft
    pub uren: i64,
    /// Geboekt door vastgestelde plaatsingen
    pub geboekt: i64,
    /// Gegeven, zoals genoteerd
    pub gegeven: f64,
    /// Wat er nog te boeken is
    pub over: i64,
}

/// Een kandidaat van een coach
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EigenKandidaat {
    /// De lichting
    pub lichting: String,
    /// De fase
    #[schema(value_type = Fase)]
    pub fase: String,
    /// De kandidaat
    pub kandidaat: String,
    /// De naam van de kandidaat; null is niet bekend
    pub naam: Option<String>,
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// De bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// Wanneer de kandidaat er is; null is niet bekend
    #[schema(value_type = Option<Vec<Dagdeel>>)]
    pub dagdelen: Option<Vec<String>>,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Of de plaatsing vastgesteld is; anders is zij in beoordeling
    pub vastgesteld: bool,
    /// De uren die voor deze plaatsing geboekt zijn
    pub uren: i64,
    /// De uren die tot nu toe gegeven zijn, zoals genoteerd
    pub gegeven: f64,
}

/// De vrije dagen van een coach
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VrijeDagen {
    /// De coach
    pub coach: String,
    /// Perioden, op volgorde
    pub perioden: Vec<VrijeDag>,
    /// De versie, ook in de ETag; 0 als er nooit iets gezet is
    pub versie: i64,
}

/// De uren die een coach gaf, naast wat er geboekt is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GegevenUren {
    /// De coach
    pub coach: String,
    /// Per kandidaat en maand
    pub uren: Vec<GegevenUur>,
    /// De versie, ook in de ETag; 0 als er nooit iets genoteerd is
    pub versie: i64,
}

/// Uren in een maand aan een kandidaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct GegevenUur {
    /// De kandidaat
    pub kandidaat: String,
    /// De maand, als jjjj-mm
    pub maand: String,
    /// Hoeveel uren
    pub uren: f64,
}

/// Who may call them; a coach about himself.
const ROLES: &[Role] = &[Role::Intermediair, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(people)))
        .routes(only(ROLES, routes!(read_days_off, put_days_off)))
        .routes(only(ROLES, routes!(read_given, put_given)))
}

fn year(it: Year) -> Coachjaar {
    let Year { year, hours: all, booked, quarters } = it;
    let schooljaar = format!("{year}-{}", year + 1);
    Coachjaar { schooljaar, uren: all, geboekt: booked, gegeven: hours(quarters), over: all - booked }
}

fn person(it: Placing, desk: &Desk) -> EigenKandidaat {
    let months = it.period.from.to_string()[..7].to_owned()..=it.period.until.to_string()[..7].to_owned();
    let given = desk.given.rows.iter().filter(|row| row.candidate == it.candidate && months.contains(&row.month));
    EigenKandidaat {
        naam: desk.names.get(&it.candidate).cloned(),
        school_naam: desk.schools.get(&it.school).cloned(),
        dagdelen: desk.half_days.get(&it.candidate).cloned(),
        gegeven: hours(given.map(|row| row.quarters).sum()),
        lichting: it.wave,
        fase: it.phase,
        kandidaat: it.candidate,
        school: it.school,
        plek: it.seat,
        bouw: it.bouw,
        van: it.period.from.to_string(),
        tot: it.period.until.to_string(),
        vastgesteld: it.told.published,
        uren: it.hours,
    }
}

/// De eigen kandidaten van een coach, en uren: geboekt, gegeven en over
#[utoipa::path(get, path = "/coaches/{coach}/kandidaten", tag = "coaches", operation_id = "coachKandidaten", params(("coach" = String, Path)),
    responses((status = 200, body = Coachoverzicht)))]
async fn people(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let desk = coaching::desk(&app.store, &asked, &id).await?;
    let resultaten: Vec<EigenKandidaat> = desk.people.iter().map(|it| person(it.clone(), &desk)).collect();
    let body = Coachoverzicht {
        coach: id,
        coach_naam: desk.row.person.get("naam").and_then(Value::as_str).map(str::to_owned),
        maximum: desk.row.number("maximum"),
        jaren: desk.years.iter().copied().map(year).collect(),
        totaal: resultaten.len(),
        resultaten,
    };
    Ok(Json(body).into_response())
}

fn days_off(coach: &str, it: DaysOff) -> VrijeDagen {
    let perioden = it.periods.into_iter().map(VrijeDag::from).collect();
    VrijeDagen { coach: coach.to_owned(), perioden, versie: it.version }
}

fn told<T: Serialize>(version: i64, body: T) -> Response {
    ([(header::ETAG, tag(version))], Json(body)).into_response()
}

/// De vrije dagen van een coach
#[utoipa::path(get, path = "/coaches/{coach}/vrije-dagen", tag = "coaches", operation_id = "vrijeDagen", params(("coach" = String, Path)),
    responses((status = 200, body = VrijeDagen)))]
async fn read_days_off(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = coaching::days_off(&app.store, &asked, &id).await?;
    Ok(told(found.version, days_off(&id, found)))
}

/// Zet de vrije dagen van een coach, in de plaats van wat er stond
#[utoipa::path(put, path = "/coaches/{coach}/vrije-dagen", tag = "coaches", operation_id = "vrijeDagenZetten",
    params(("coach" = String, Path), ("If-Match" = String, Header)),
    request_body = inline(DaysOffList), responses((status = 200, body = VrijeDagen)))]
async fn put_days_off(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(DaysOffList { perioden }): Read<DaysOffList>,
) -> Result<Response, Problem> {
    let periods: Vec<Off> = perioden.into_iter().map(|it| Off { from: it.van, until: it.tot }).collect();
    let yours = json!({ "perioden": periods });
    let now = |it| serde_json::to_value(days_off(&id, it)).unwrap_or_default();
    let done = coaching::put_days_off(&app.store, &asked, &id, expected.version(), periods).await;
    let put = done.map_err(|refused| Problem::of(refused, now, yours))?;
    Ok(told(put.version, days_off(&id, put)))
}

fn given(coach: &str, it: Hours) -> GegevenUren {
    let one = |it: Given| GegevenUur { kandidaat: it.candidate, maand: it.month, uren: hours(it.quarters) };
    GegevenUren { coach: coach.to_owned(), uren: it.rows.into_iter().map(one).collect(), versie: it.version }
}

/// De uren die een coach gaf, per kandidaat en maand
#[utoipa::path(get, path = "/coaches/{coach}/gegeven-uren", tag = "coaches", operation_id = "gegevenUren", params(("coach" = String, Path)),
    responses((status = 200, body = GegevenUren)))]
async fn read_given(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = coaching::given(&app.store, &asked, &id).await?;
    Ok(told(found.version, given(&id, found)))
}

/// Zet de uren die een coach gaf, in de plaats van wat er stond; 0 uur haalt een maand weg
#[utoipa::path(put, path = "/coaches/{coach}/gegeven-uren", tag = "coaches", operation_id = "gegevenUrenZetten",
    params(("coach" = String, Path), ("If-Match" = String, Header)),
    request_body = inline(GivenList), responses((status = 200, body = GegevenUren)))]
async fn put_given(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(GivenList { uren }): Read<GivenList>,
) -> Result<Response, Problem> {
    let rows: Vec<Given> = uren.into_iter().map(|it| Given { candidate: it.kandidaat, month: it.maand, quarters: it.uren }).collect();
    let mine = Hours { rows: rows.clone(), version: expected.version() };
    let yours = json!({ "uren": given(&id, mine).uren });
    let now = |it| serde_json::to_value(given(&id, it)).unwrap_or_default();
    let done = coaching::put_given(&app.store, &asked, &id, expected.version(), rows).await;
    let put = done.map_err(|refused| Problem::of(refused, now, yours))?;
    Ok(told(put.version, given(&id, put)))
}
