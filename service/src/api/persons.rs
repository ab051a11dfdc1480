//! `…/inzage` and `…/naam` of candidates and coaches: what is kept of one person, and its erasure.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::coaching::{VrijeDag, hours};
use super::shapes::line::Logregel;
use super::shapes::names::Names;
use super::shapes::placement::Plaatsing;
use super::shapes::row::{Coach, Kandidaat, shown};
use crate::access::Role;
use crate::actions::{Asked, persons};
use crate::desk::dossier::own_part;
use crate::desk::others::Others;
use crate::listed::Bouw;
use crate::records::account::{Signed, Token};
use crate::records::batch::CauseKind;
use crate::records::coaching::Given;
use crate::records::decision::{Decided, json as kept};
use crate::records::dossier::{Asked as Question, Dossier, Line, Own, Sent, Who};
use crate::records::placement::Placed;
use crate::records::privacy::Request;
use crate::records::register::Kind;
use crate::records::report::Report;
use crate::records::review::{Note, Past};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;
use loket_solver::matching::facts::words::Word;

/// Alles wat over één kandidaat bewaard wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inzage {
    /// De rij in het register, met de naam
    pub kandidaat: Kandidaat,
    /// Per lichting de eigen rijen van het bestand en van het plan
    pub lichtingen: Vec<Value>,
    /// Per rooster de eigen rijen, afspraken en besluiten
    pub roosters: Vec<Value>,
    /// Wat er over voorstellen besloten is
    pub beoordelingen: Vec<Value>,
    /// Elke stap daarin, ook wat niet meer geldt
    pub geschiedenis: Vec<Value>,
    /// Notities
    pub notities: Vec<Value>,
    /// Vastgestelde plaatsingen
    pub plaatsingen: Vec<Plaatsing>,
    /// Vragen over deze kandidaat, zonder de antwoorden: die kunnen ook over anderen gaan
    pub vragen: Vec<Value>,
    /// Sinds welke dag de kandidaat wacht, geplaatst is of gestopt is, als dat bekend is
    #[schema(format = Date)]
    pub toestand_sinds: Option<String>,
    /// De fasen van het traject, de eerste eerst
    pub fasen: Vec<Value>,
    /// Uren begeleiding die coaches noteerden, per maand
    pub gegeven_uren: Vec<Value>,
    /// Wanneer er gemeld is dat deze kandidaat uitvalt, waarom, en wat ermee gedaan is
    pub uitvalmeldingen: Vec<Value>,
    /// Of de kandidaat op verzoek buiten de indeling blijft
    pub beperking: Option<Value>,
    /// Verzoeken over deze gegevens
    pub verzoeken: Vec<Value>,
    /// Berichten aan deze persoon; de tekst wordt niet bewaard
    pub berichten: Vec<Value>,
    /// Wat er over plaatsingen gevraagd en geantwoord is
    pub antwoorden: Vec<Value>,
    /// Wat een nee daarna verbiedt
    pub verboden: Vec<Value>,
    /// Regels van het logboek over deze kandidaat
    pub logboek: Vec<Logregel>,
}

/// Alles wat over één coach bewaard wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InzageCoach {
    /// De rij in het register, met de naam
    pub coach: Coach,
    /// Per lichting de eigen rijen van het bestand en van het plan, zonder de kandidaten
    pub lichtingen: Vec<Value>,
    /// Per rooster de eigen rijen, afspraken en besluiten
    pub roosters: Vec<Value>,
    /// Vastgestelde plaatsingen met deze coach, zonder de kandidaten
    pub begeleidingen: Vec<Begeleiding>,
    /// Vragen over deze coach, zonder de antwoorden: die kunnen ook over anderen gaan
    pub vragen: Vec<Value>,
    /// De vrije dagen
    pub vrije_dagen: Vec<VrijeDag>,
    /// Uren begeleiding die de coach noteerde, per maand, zonder de kandidaten
    pub gegeven_uren: Vec<Value>,
    /// Wanneer er gemeld is dat deze coach uitvalt, waarom, en wat ermee gedaan is
    pub uitvalmeldingen: Vec<Value>,
    /// De accounts van de coach, zonder geheimen: wanneer ermee is aangemeld, de sessies en de sleutels voor programma's
    pub accounts: Vec<Value>,
    /// Of de coach op verzoek buiten de indeling blijft
    pub beperking: Option<Value>,
    /// Verzoeken over deze gegevens
    pub verzoeken: Vec<Value>,
    /// Berichten aan deze persoon; de tekst wordt niet bewaard
    pub berichten: Vec<Value>,
    /// Wat er over plaatsingen gevraagd en geantwoord is
    pub antwoorden: Vec<Value>,
    /// Wat een nee daarna verbiedt
    pub verboden: Vec<Value>,
    /// Regels van het logboek over deze coach
    pub logboek: Vec<Logregel>,
}

/// Een vastgestelde plaatsing, voor de coach
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Begeleiding {
    /// Van welke lichting
    pub lichting: String,
    /// De school
    pub school: String,
    /// De plekkengroep
    pub plek: String,
    /// Haar bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// Uren begeleiding
    pub uren: i64,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// coach als zij eerder eindigde omdat de coach uitviel; anders null
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

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(candidate)))
        .routes(only(ROLES, routes!(coach)))
        .routes(only(ROLES, routes!(erase_candidate)))
        .routes(only(ROLES, routes!(erase_coach)))
}

/// Alles wat over één kandidaat bewaard wordt, en niets over een ander
#[utoipa::path(get, path = "/kandidaten/{kandidaat}/inzage", tag = "register", operation_id = "inzage", params(("kandidaat" = String, Path)),
    responses((status = 200, body = Inzage)))]
async fn candidate(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    told(&app, &asked, &Who::new(Kind::Candidate, &id)).await
}

/// Alles wat over één coach bewaard wordt, en niets over een ander
#[utoipa::path(get, path = "/coaches/{coach}/inzage", tag = "register", operation_id = "inzageCoach", params(("coach" = String, Path)),
    responses((status = 200, body = InzageCoach)))]
async fn coach(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    told(&app, &asked, &Who::new(Kind::Coach, &id)).await
}

async fn told(app: &App, asked: &Asked, who: &Who) -> Result<Response, Problem> {
    let dossier = persons::dossier(&app.store, asked, who).await?;
    let (tag, others) = (tag(dossier.row.version), persons::others(&app.store, asked, &dossier, who).await?);
    Ok(([(header::ETAG, tag)], Json(inzage(dossier, who, &others, app.store.clock().today()))).into_response())
}

/// Everything that is kept of a person as it is told to them: nobody else is named in it.
pub fn inzage(dossier: Dossier, who: &Who, others: &Others, today: Date) -> Value {
    let Dossier {
        row,
        waves,
        rosters,
        decisions,
        history,
        notes,
        placements,
        questions,
        log,
        requests,
        restriction,
        since,
        accounts,
        messages,
        answers,
        prohibitions,
        stages,
        reports,
        days_off,
        given,
    } = dossier;
    let reports = reports.iter().map(reported).collect();
    let given = given.iter().map(hours_given).collect();
    let questions = questions.iter().map(asked_once).collect();
    let requests = requests.iter().map(requested).collect();
    let messages = messages.iter().map(sent).collect();
    let answers = answers.into_iter().map(Value::Object).collect();
    let prohibitions = prohibitions.into_iter().map(Value::Object).collect();
    let restriction = restriction.map(|it| json!({ "sinds": it.since, "tot": it.until }));
    let log = log.into_iter().map(|it| logged(it, who)).collect();
    let mut told = if who.kind == Kind::Coach {
        json!(InzageCoach {
            coach: Coach::from(row),
            lichtingen: waves,
            roosters: rosters,
            begeleidingen: placements.into_iter().map(Begeleiding::from).collect(),
            vragen: questions,
            vrije_dagen: days_off.into_iter().map(VrijeDag::from).collect(),
            gegeven_uren: given,
            uitvalmeldingen: reports,
            accounts: accounts.iter().map(account).collect(),
            beperking: restriction,
            verzoeken: requests,
            berichten: messages,
            antwoorden: answers,
            verboden: prohibitions,
            logboek: log,
        })
    } else {
        json!(Inzage {
            kandidaat: Kandidaat::from(row),
            lichtingen: waves,
            roosters: rosters,
            beoordelingen: decisions.iter().map(|(wave, it)| decided(wave, it)).collect(),
            geschiedenis: history.iter().map(|(wave, it)| step(wave, it)).collect(),
            notities: notes.iter().map(note).collect(),
            plaatsingen: placements.into_iter().map(|it| Plaatsing::of(it, &Names::default(), today)).collect(),
            vragen: questions,
            toestand_sinds: since,
            fasen: stages.into_iter().map(Value::Object).collect(),
            gegeven_uren: given,
            uitvalmeldingen: reports,
            beperking: restriction,
            verzoeken: requests,
            berichten: messages,
            antwoorden: answers,
            verboden: prohibitions,
            logboek: log,
        })
    };
    others.hide(&mut told);
    told
}

fn requested(it: &Request) -> Value {
    json!({ "soort": it.wish.code(), "gevraagd_op": it.asked, "uiterlijk": it.until, "gedaan_op": it.done.map(written), "gedaan_door": it.by })
}

fn sent(it: &Sent) -> Value {
    json!({ "soort": it.kind, "toestand": it.state, "gemaakt_op": written(it.made), "verstuurd_op": it.sent.map(written) })
}

fn account(it: &Own) -> Value {
    let tries: Vec<Value> = it.tries.iter().map(|(at, what)| json!({ "op": written(*at), "wat": what })).collect();
    json!({
        "id": it.account.id, "naam": it.account.name, "adres": it.account.address, "rollen": it.account.roles,
        "gemaakt_op": written(it.account.made), "geeindigd_op": it.account.ended.map(written), "aanmeldingen": tries,
        "sessies": it.sessions.iter().map(session).collect::<Vec<_>>(), "sleutels": it.tokens.iter().map(token).collect::<Vec<_>>(),
    })
}

fn session(it: &Signed) -> Value {
    json!({ "rol": it.role.code(), "begonnen_op": written(it.began), "gezien_op": written(it.seen), "geeindigd_op": it.ended.map(written) })
}

fn token(it: &Token) -> Value {
    json!({ "naam": it.name, "rol": it.role.code(), "gemaakt_op": written(it.made), "tot": written(it.until),
        "gebruikt_op": it.used.map(written), "geeindigd_op": it.ended.map(written) })
}

fn hours_given(it: &Given) -> Value {
    json!({ "maand": it.month, "uren": hours(it.quarters) })
}

fn reported(it: &Report) -> Value {
    json!({ "vanaf": it.falling.from, "reden": it.falling.reason.code(), "toestand": it.state.code(),
        "niet_nodig": it.not_needed.map(|it| it.code()), "gemeld_op": written(it.at), "gemeld_door": it.by,
        "afgehandeld_op": it.settled.map(written) })
}

fn decided(wave: &str, it: &Decided) -> Value {
    json!({ "lichting": wave, "besluit": kept(&it.decision), "op": written(it.at), "door": it.who })
}

fn step(wave: &str, it: &Past) -> Value {
    json!({ "lichting": wave, "nummer": it.number, "stap": it.step.code(), "besluit": it.stands.as_ref().map(|it| kept(&it.decision)),
        "getoond": it.shown, "seconden": it.seconds, "op": written(it.at), "door": it.who })
}

fn note(it: &Note) -> Value {
    json!({ "lichting": it.wave, "tekst": it.text, "gemaakt_op": written(it.made), "op": written(it.at), "door": it.who })
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
    let done = persons::erase_on_request(&app.store, asked, who, expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
