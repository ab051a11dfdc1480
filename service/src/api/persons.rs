//! `…/inzage` and `…/naam` of candidates and coaches: what is kept of one person, and its erasure.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::line::Logregel;
use super::shapes::placement::Plaatsing;
use super::shapes::row::{Rij, shown};
use crate::actions::{Asked, persons};
use crate::desk::dossier::own_part;
use crate::records::batch::CauseKind;
use crate::records::decision::{Decided, json as kept};
use crate::records::dossier::{Asked as Question, Dossier, Line, Who};
use crate::records::placement::Placed;
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::store::clock::written;
use loket_solver::matching::facts::words::Word;

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
    pub logboek: Vec<Logregel>,
}

/// Everything that is kept of one coach, and of nobody else.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InzageCoach {
    /// The row in the register, with the names.
    pub coach: Rij,
    /// Per wave the own rows of its file and of the plan under review, without the candidates.
    pub lichtingen: Vec<Value>,
    /// Published placements with this coach, without the candidates.
    pub begeleidingen: Vec<Begeleiding>,
    /// Questions asked about this coach, without the answers: those may be about others as well.
    pub vragen: Vec<Value>,
    /// Lines of the log about this coach.
    pub logboek: Vec<Logregel>,
}

/// A published placement as its coach's.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Begeleiding {
    /// Of which wave.
    pub lichting: String,
    /// Where.
    pub school: String,
    /// On which seats.
    pub plek: String,
    /// Their bouw.
    pub bouw: String,
    /// Coaching hours.
    pub uren: i64,
    /// First day.
    #[schema(format = Date)]
    pub van: String,
    /// Last day.
    #[schema(format = Date)]
    pub tot: String,
    /// `coach` when it ended before its time because the coach dropped out.
    pub einde_reden: Option<String>,
}

impl From<Placed> for Begeleiding {
    fn from(it: Placed) -> Self {
        Self {
            lichting: it.wave,
            school: it.school,
            plek: it.seat,
            bouw: it.bouw,
            uren: it.hours,
            van: it.period.from.to_string(),
            tot: it.period.until.to_string(),
            einde_reden: it.ended.filter(|it| it == CauseKind::Coach.code()),
        }
    }
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(candidate)).routes(routes!(coach)).routes(routes!(erase_candidate)).routes(routes!(erase_coach))
}

/// Alles wat over één kandidaat bewaard wordt, en niets over een ander
#[utoipa::path(get, path = "/kandidaten/{kandidaat}/inzage", tag = "register", operation_id = "inzage", params(("kandidaat" = String, Path)),
    responses((status = 200, body = Inzage)))]
async fn candidate(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let who = Who::new(Kind::Candidate, &id);
    let Dossier { row, waves, decisions, placements, questions, log } = persons::dossier(&app.store, &asked, &who).await?;
    let tag = tag(row.version);
    let inzage = Inzage {
        kandidaat: Rij::from(row),
        lichtingen: waves,
        beoordelingen: decisions.iter().map(|(wave, it)| decided(wave, it)).collect(),
        plaatsingen: placements.into_iter().map(Plaatsing::from).collect(),
        vragen: questions.iter().map(asked_once).collect(),
        logboek: log.into_iter().map(|it| logged(it, &who)).collect(),
    };
    Ok(([(header::ETAG, tag)], Json(inzage)).into_response())
}

/// Alles wat over één coach bewaard wordt, en niets over een ander
#[utoipa::path(get, path = "/coaches/{coach}/inzage", tag = "register", operation_id = "inzageCoach", params(("coach" = String, Path)),
    responses((status = 200, body = InzageCoach)))]
async fn coach(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let who = Who::new(Kind::Coach, &id);
    let Dossier { row, waves, placements, questions, log, .. } = persons::dossier(&app.store, &asked, &who).await?;
    let tag = tag(row.version);
    let inzage = InzageCoach {
        coach: Rij::from(row),
        lichtingen: waves,
        begeleidingen: placements.into_iter().map(Begeleiding::from).collect(),
        vragen: questions.iter().map(asked_once).collect(),
        logboek: log.into_iter().map(|it| logged(it, &who)).collect(),
    };
    Ok(([(header::ETAG, tag)], Json(inzage)).into_response())
}

fn decided(wave: &str, it: &Decided) -> Value {
    json!({ "lichting": wave, "besluit": kept(&it.decision), "op": written(it.at), "door": it.who })
}

fn asked_once(it: &Question) -> Value {
    json!({ "id": it.id, "soort": it.kind, "op": written(it.at) })
}

fn logged(line: Line, who: &Who) -> Logregel {
    let line = Logregel::from(line);
    Logregel { inhoud: line.inhoud.map(|content| own_part(content, who)), ..line }
}

/// Wis de naam en de toelichting van een kandidaat, de redenen van besluiten, en wat het logboek over de kandidaat zegt; de keten van het
/// logboek blijft heel
#[utoipa::path(delete, path = "/kandidaten/{kandidaat}/naam", tag = "register", operation_id = "naamWissen",
    params(("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn erase_candidate(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    erase(&app, &asked, &Who::new(Kind::Candidate, &id), expected).await
}

/// Wis de naam en de toelichting van een coach, en wat het logboek over de coach zegt; de keten van het logboek blijft heel
#[utoipa::path(delete, path = "/coaches/{coach}/naam", tag = "register", operation_id = "naamCoachWissen",
    params(("coach" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn erase_coach(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    erase(&app, &asked, &Who::new(Kind::Coach, &id), expected).await
}

async fn erase(app: &App, asked: &Asked, who: &Who, expected: Expected) -> Result<Response, Problem> {
    let done = persons::erase(&app.store, asked, who, expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
