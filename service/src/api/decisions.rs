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
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::{Asked, decisions};
use crate::desk::choice::Choice;
use crate::desk::decision::Spot;
use crate::listed::{Afwijsreden, Besluit, OverruleRegel, Reikwijdte};
use crate::records::decision::Decided as Kept;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;
use loket_instances::words::reasons::codes;
use loket_solver::matching::facts::words::Word;

/// Een plaats met ids; zo mag zij ook gestuurd worden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beslotenplaats {
    /// De school
    pub school: String,
    /// De plekkengroep op die school
    pub plek: String,
    /// De coach
    pub coach: String,
}

/// Een besluit over één kandidaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordeling {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wat er besloten is
    #[schema(value_type = Besluit)]
    pub besluit: &'static str,
    /// Waarover: het voorstel dat er lag, of bij alternatief wat er gekozen is
    pub plaatsing: Beslotenplaats,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De naam van de coach
    pub coach_naam: Option<String>,
    /// Bij afwijzen: hoe ver het reikt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Reikwijdte>, nullable = false)]
    pub reikwijdte: Option<&'static str>,
    /// Bij afwijzen: waarom
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Afwijsreden>, nullable = false)]
    pub reden: Option<&'static str>,
    /// Bij alternatief: regels die bewust opzij gezet zijn
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<OverruleRegel>)]
    pub ondanks: Vec<&'static str>,
    /// De berekening waarvan het voorstel getoond werd
    pub berekening: Option<String>,
    /// Wie besloten heeft
    pub door: String,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Waarom het niet meer geldt: de plaatsing bestaat niet meer sinds de lichting opnieuw uit het register gevuld is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub vervallen: Option<String>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl Beoordeling {
    /// A decision, with the names that whoever asks may see.
    fn of(it: Kept, names: &Names) -> Self {
        let Spot { school, seat, coach } = it.decision.spot().clone();
        let along = it.decision.along();
        Self {
            naam: names.candidate(&it.candidate),
            school_naam: names.school(&school),
            coach_naam: names.coach(&coach),
            kandidaat: it.candidate,
            besluit: it.decision.said().code(),
            plaatsing: Beslotenplaats { school, plek: seat, coach },
            reikwijdte: along.scope.map(Word::code),
            reden: along.reason.map(Word::code),
            ondanks: codes(&along.despite),
            berekening: it.run,
            door: it.who,
            op: written(it.at),
            vervallen: it.lapsed,
            versie: it.version,
        }
    }
}

/// Alle besluiten over een lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingen {
    /// Op kandidaat
    pub resultaten: Vec<Beoordeling>,
    /// Hoeveel
    pub totaal: usize,
    /// Hoeveel voorstellen zijn afgewezen of door een andere keuze vervangen
    pub afgeweken: usize,
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(list))).routes(only(ROLES, routes!(read, decide, withdraw)))
}

async fn answer(app: &App, asked: &Asked, decided: Kept) -> Result<Response, Problem> {
    let (tag, names) = (tag(decided.version), Names::seen_by(app, asked).await?);
    Ok((StatusCode::OK, [(header::ETAG, tag)], Json(Beoordeling::of(decided, &names))).into_response())
}

/// Alle besluiten over een lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen", tag = "beoordelingen", operation_id = "beoordelingen",
    params(("lichting" = String, Path)),
    responses((status = 200, body = Beoordelingen)))]
async fn list(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let decided = reading.decisions(&id).await?;
    let afgeweken = decided.iter().filter(|it| it.decision.overrules()).count();
    drop(reading);
    let names = Names::seen_by(&app, &asked).await?;
    let resultaten: Vec<Beoordeling> = decided.into_iter().map(|it| Beoordeling::of(it, &names)).collect();
    Ok(Json(Beoordelingen { totaal: resultaten.len(), afgeweken, resultaten }).into_response())
}

/// Het besluit over één kandidaat
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "beoordeling",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = Beoordeling)))]
async fn read(State(app): State<App>, asked: Asked, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let decided = app.store.read().decision(&wave, &candidate).await?.ok_or_else(Problem::unknown)?;
    answer(&app, &asked, decided).await
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
        Ok(decided) => answer(&app, &asked, decided).await,
        Err(refused) => {
            let names = Names::seen_by(&app, &asked).await?;
            Err(names.in_problem(Problem::of(refused, |now| shown(now, &names), yours)))
        }
    }
}

fn shown(now: Option<Kept>, names: &Names) -> Value {
    now.map_or(Value::Null, |it| serde_json::to_value(Beoordeling::of(it, names)).unwrap_or_default())
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
    if let Err(refused) = done {
        let names = Names::seen_by(&app, &asked).await?;
        return Err(names.in_problem(Problem::of(refused, |now| shown(now, &names), Value::Null)));
    }
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
