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
use super::bodies::review::GroupWanted;
use super::shapes::decision::{Beoordeling, Beside};
use crate::access::Role;
use crate::actions::{Asked, decisions, groups};
use crate::desk::choice::Choice;
use crate::desk::cohort::Filter;
use crate::desk::history::PRESENT;
use crate::listed::Besluitstap;
use crate::records::decision::Decided as Kept;
use crate::records::review::{Opened, Past};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;
use loket_solver::matching::facts::words::Word;

/// Alle besluiten over een lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingen {
    /// Op kandidaat
    pub resultaten: Vec<Beoordeling>,
    /// Hoeveel
    pub totaal: usize,
    /// Hoeveel voorstellen zijn afgewezen of door een andere keuze vervangen
    pub afgeweken: usize,
    /// Het nummer van de laatste stap in deze lichting: met ?sinds= komt er alleen wat daarna veranderde
    pub nummer: i64,
    /// Met sinds: over wie er daarna een besluit verdween zonder dat er een ander voor kwam
    pub weg: Vec<Weggevallen>,
    /// Wie nu een voorstel open heeft
    pub aanwezig: Vec<Aanwezig>,
}

/// Een besluit dat er niet meer is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Weggevallen {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wat er gedaan is
    #[schema(value_type = Besluitstap)]
    pub stap: &'static str,
    /// Wie het deed
    pub door: String,
    /// De naam van dat account
    pub door_naam: Option<String>,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Het nummer van de stap
    pub nummer: i64,
}

/// Iemand die een voorstel open heeft
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aanwezig {
    /// Voor wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wie kijkt
    pub door: String,
    /// De naam van dat account
    pub door_naam: Option<String>,
    /// Wanneer dat het laatst gemeld is (UTC)
    #[schema(format = DateTime)]
    pub op: String,
}

impl Weggevallen {
    fn of(it: Past, beside: &Beside) -> Self {
        Self {
            naam: beside.names.candidate(&it.candidate),
            kandidaat: it.candidate,
            stap: it.step.code(),
            door_naam: beside.account(&it.who),
            door: it.who,
            op: written(it.at),
            nummer: it.number,
        }
    }
}

impl Aanwezig {
    fn of(it: Opened, beside: &Beside) -> Self {
        Self {
            naam: beside.names.candidate(&it.candidate),
            kandidaat: it.candidate,
            door_naam: beside.account(&it.who),
            door: it.who,
            op: written(it.seen),
        }
    }
}

/// Een groep waarop akkoord gegeven is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Groepsakkoord {
    /// Het id van de groep, ook bij elk besluit ervan
    pub groep: String,
    /// De berekening waarvan het de voorstellen zijn
    pub berekening: String,
    /// Op wiens voorstel akkoord gegeven is
    pub akkoord: Vec<String>,
    /// Over hoeveel van de bedoelde voorstellen al besloten was: daar verandert niets aan
    pub gelaten: usize,
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(list, group))).routes(only(ROLES, routes!(read, decide, withdraw)))
}

/// What decisions about a wave are told with.
async fn beside(app: &App, asked: &Asked, wave: &str) -> Result<Beside, Problem> {
    let run = app.store.read().wave(wave).await?.and_then(|it| it.current);
    Ok(Beside::of(app, asked, run.as_deref()).await?)
}

async fn answer(app: &App, asked: &Asked, wave: &str, decided: Kept) -> Result<Response, Problem> {
    let (tag, beside) = (tag(decided.version), beside(app, asked, wave).await?);
    Ok((StatusCode::OK, [(header::ETAG, tag)], Json(Beoordeling::of(decided, &beside))).into_response())
}

/// Alle besluiten over een lichting, of wat er sinds een nummer veranderde; en wie er nu kijkt
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen", tag = "beoordelingen", operation_id = "beoordelingen",
    params(("lichting" = String, Path), ("sinds" = Option<i64>, Query, minimum = 0)),
    responses((status = 200, body = Beoordelingen)))]
async fn list(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let since = keys.number("sinds", 0, i64::MAX);
    keys.finish()?;
    let mut reading = app.store.snapshot().await?;
    let wave = reading.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let decided = reading.decisions(&id).await?;
    let past = match since {
        Some(since) => reading.past_since(&id, since, i64::MAX).await?,
        None => Vec::new(),
    };
    let open = reading.open_since(&id, app.store.clock().now() - PRESENT).await?;
    drop(reading);
    let (totaal, afgeweken) = (decided.len(), decided.iter().filter(|it| it.decision.overrules()).count());
    let beside = Beside::of(&app, &asked, wave.current.as_deref()).await?;
    let mut gone: std::collections::BTreeMap<String, Past> = past.into_iter().map(|it| (it.candidate.clone(), it)).collect();
    gone.retain(|candidate, it| it.stands.is_none() && decided.iter().all(|it| it.candidate != *candidate));
    let changed = decided.into_iter().filter(|it| since.is_none_or(|since| it.version > since));
    let resultaten: Vec<Beoordeling> = changed.map(|it| Beoordeling::of(it, &beside)).collect();
    let weg = gone.into_values().map(|it| Weggevallen::of(it, &beside)).collect();
    let aanwezig = open.into_iter().map(|it| Aanwezig::of(it, &beside)).collect();
    Ok(Json(Beoordelingen { resultaten, totaal, afgeweken, nummer: wave.decisions, weg, aanwezig }).into_response())
}

/// Geef in één keer akkoord op alle voorstellen in een filter waarover nog niets besloten is; pas nadat u de steekproef ervan bekeken hebt
#[utoipa::path(post, path = "/lichtingen/{lichting}/beoordelingen", tag = "beoordelingen", operation_id = "groepsakkoord",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(GroupWanted),
    responses((status = 200, body = Groepsakkoord), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn group(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    Read(body): Read<GroupWanted>,
) -> Result<Response, Problem> {
    match groups::agree(&app.store, &asked, &id, &Filter::from(body.filter)).await {
        Ok(it) => Ok(Json(Groepsakkoord { groep: it.id, berekening: it.run, akkoord: it.agreed, gelaten: it.left }).into_response()),
        Err(refused) => Err(beside(&app, &asked, &id).await?.names.in_problem(refused.into())),
    }
}

/// Het besluit over één kandidaat
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "beoordeling",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = Beoordeling)))]
async fn read(State(app): State<App>, asked: Asked, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let decided = app.store.read().decision(&wave, &candidate).await?.ok_or_else(Problem::unknown)?;
    answer(&app, &asked, &wave, decided).await
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
        Ok(decided) => answer(&app, &asked, &id, decided).await,
        Err(refused) => {
            let beside = beside(&app, &asked, &id).await?;
            Err(beside.names.in_problem(Problem::of(refused, |now| shown(now, &beside), yours)))
        }
    }
}

fn shown(now: Option<Kept>, beside: &Beside) -> Value {
    now.map_or(Value::Null, |it| serde_json::to_value(Beoordeling::of(it, beside)).unwrap_or_default())
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
        let beside = beside(&app, &asked, &id).await?;
        return Err(beside.names.in_problem(Problem::of(refused, |now| shown(now, &beside), Value::Null)));
    }
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
