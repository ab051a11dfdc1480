//! `/lichtingen/{id}/beoordelingen`: what was decided about each proposal.

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::read::read_wave;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::judge::rules::overrulable;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::desk::decision::{Decision, REASONS, Scope, Spot};
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, NoKeys, json as parse};
use crate::serve::etag::{Expected, tag};
use crate::serve::fields::Fields;
use crate::serve::guard::Caller;
use crate::serve::problem::{Fout, Problem};
use crate::store::clock::written;
use crate::store::decisions::Kept;
use crate::store::waves::Edited;

/// A decision about one candidate.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordeling {
    /// About whom.
    pub kandidaat: String,
    /// akkoord, vast, afwijzen or alternatief, with the placement it is about.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub besluit: Value,
    /// The run whose proposal was shown.
    pub berekening: Option<String>,
    /// Who decided.
    pub door: String,
    /// When (UTC).
    #[schema(format = DateTime)]
    pub op: String,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Kept> for Beoordeling {
    fn from(kept: Kept) -> Self {
        Self {
            kandidaat: kept.candidate,
            besluit: kept.data,
            berekening: kept.run,
            door: kept.who,
            op: written(kept.at),
            versie: kept.version,
        }
    }
}

/// All decisions of a wave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingen {
    /// By candidate.
    pub resultaten: Vec<Beoordeling>,
    /// How many.
    pub totaal: usize,
    /// How many proposals were rejected or replaced by another choice.
    pub overruled: usize,
}

/// What can be decided.
pub const DECISIONS: [&str; 4] = ["akkoord", "vast", "afwijzen", "alternatief"];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read, decide, withdraw))
}

fn answer(kept: Kept) -> Response {
    let tag = tag(kept.version);
    (StatusCode::OK, [(header::ETAG, tag)], Json(Beoordeling::from(kept))).into_response()
}

/// Alle besluiten over een lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen", tag = "beoordelingen", operation_id = "beoordelingen",
    params(("lichting" = String, Path)),
    responses((status = 200, body = Beoordelingen), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let kept = app.store.decisions(&id).await?;
    let resultaten: Vec<Beoordeling> = kept.into_iter().map(Beoordeling::from).collect();
    let overruled = resultaten.iter().filter(|it| it.besluit["besluit"] == "afwijzen" || it.besluit["besluit"] == "alternatief").count();
    Ok(Json(Beoordelingen { totaal: resultaten.len(), overruled, resultaten }).into_response())
}

/// Het besluit over één kandidaat
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "beoordeling",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = Beoordeling), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    app.store.decision(&wave, &candidate).await?.map(answer).ok_or_else(Problem::unknown)
}

/// Besluit over het voorstel voor een kandidaat
#[utoipa::path(put, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluiten",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body(content = Value, content_type = "application/json", description = "{ \"besluit\": \"akkoord\" | \"vast\" | \"afwijzen\" | \"alternatief\" }; \
        bij afwijzen ook reden (een code) en reikwijdte (plaatsing, school of coach), bij alternatief plaatsing { school, plek, coach } en zo nodig ondanks [regels]"),
    responses((status = 200, body = Beoordeling), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn decide(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Body(body): Body,
) -> Result<Response, Problem> {
    let wave = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let nothing_yet = || Problem::conflict("Er is nog geen voorstel om over te besluiten; vraag eerst een berekening.");
    let run = wave.current.clone().ok_or_else(nothing_yet)?;
    let file = app.store.input(&wave.input).await?.ok_or_else(Problem::unknown)?;
    let plan = parse(&app.store.result(&run).await?.ok_or_else(nothing_yet)?)?;
    let loaded = read_wave(&file).map_err(|refusal| Problem::refused(&refusal))?;
    if !loaded.wave.candidates.iter().any(|it| it.id == candidate) {
        return Err(Problem::unknown());
    }
    let proposal = plan["plaatsingen"].as_array().into_iter().flatten().find(|row| row["kandidaat"] == candidate.as_str()).and_then(spot);
    let mut fields = Fields::new(&body);
    let decision = read_decision(&mut fields, proposal.clone());
    let decision = fields.finish(decision)?;
    check(&loaded, &decision)?;
    let shown = json!({ "voorstel": proposal.map(|it| json!({ "school": it.school, "plek": it.seat, "coach": it.coach })) });
    let done = app.store.decide(&id, &candidate, expected.version(), Some((&decision, &run)), shown, &caller.who).await?;
    match done {
        Edited::Done(Some(kept)) => Ok(answer(kept)),
        other => Err(refusal(other, decision.json())),
    }
}

fn refusal(edited: Edited<Option<Kept>>, yours: Value) -> Problem {
    match edited {
        Edited::Stale(now) => {
            let now = now.map(|it| serde_json::to_value(Beoordeling::from(it)).unwrap_or_default());
            Problem::stale(now.unwrap_or(Value::Null), yours)
        }
        Edited::NotNow(_) => {
            Problem::conflict("Over deze lichting wordt nu niet besloten: er is nog geen voorstel, of zij is al vastgesteld.")
        }
        Edited::Unknown | Edited::Done(_) => Problem::unknown(),
    }
}

/// A placement by ids, of an outcome's row or of a body.
fn spot(row: &Value) -> Option<Spot> {
    let text = |key: &str| row[key].as_str().map(str::to_owned);
    Some(Spot { school: text("school")?, seat: text("plek")?, coach: text("coach")? })
}

fn read_decision(fields: &mut Fields<'_>, proposal: Option<Spot>) -> Option<Decision> {
    let word = fields.need_word("besluit", &DECISIONS);
    // A decision that was read before may be sent again as it is.
    let given = fields.object("plaatsing", |it| {
        Some(Spot { school: it.need_text("school", 64)?, seat: it.need_text("plek", 64)?, coach: it.need_text("coach", 64)? })
    });
    let word = word?;
    if word != "alternatief" && proposal.is_none() {
        fields.wrong("besluit", "geen-voorstel", "deze kandidaat heeft geen voorstel", "kies een alternatief");
        return None;
    }
    if word != "alternatief" && given.is_some() && given != proposal {
        fields.wrong(
            "plaatsing",
            "ander-voorstel",
            "dit is niet het voorstel dat er ligt",
            "bekijk het nieuwe voorstel en besluit daarover",
        );
        return None;
    }
    match word.as_str() {
        "akkoord" => proposal.map(Decision::Agreed),
        "vast" => proposal.map(Decision::Fixed),
        "afwijzen" => {
            let reason = fields.need_word("reden", REASONS);
            let scope = fields.need_word("reikwijdte", &Scope::ALL.map(|(code, _)| code));
            let scope = Scope::ALL.iter().find(|(code, _)| Some(*code) == scope.as_deref()).map(|(_, scope)| *scope)?;
            Some(Decision::Rejected { spot: proposal?, scope, reason: reason? })
        }
        _ => {
            let despite = fields.texts("ondanks", 9);
            if given.is_none() {
                fields.wrong("plaatsing", "ontbreekt", "plaatsing ontbreekt", "noem school, plek en coach");
            }
            Some(Decision::Chosen { spot: given?, despite })
        }
    }
}

/// What is chosen must exist in the wave, and what is overruled must be a rule that may be.
fn check(loaded: &loket_instances::matching::read::Loaded, decision: &Decision) -> Result<(), Problem> {
    let Decision::Chosen { spot, despite } = decision else { return Ok(()) };
    let wave = &loaded.wave;
    let mut wrong = Vec::new();
    let school = wave.schools.pairs().find(|(_, it)| it.id == spot.school);
    match school {
        None => wrong.push(Fout::new(
            "onbekende-verwijzing",
            "/plaatsing/school",
            "deze school staat niet in de lichting",
            "kies een school uit de lichting",
        )),
        Some((_, school)) if !school.seats.iter().any(|&seat| wave.seats[seat].id == spot.seat) => {
            wrong.push(Fout::new(
                "onbekende-verwijzing",
                "/plaatsing/plek",
                "deze plek is er niet op deze school",
                "kies een plek van deze school",
            ));
        }
        Some(_) => {}
    }
    if !wave.coaches.iter().any(|it| it.id == spot.coach) {
        wrong.push(Fout::new(
            "onbekende-verwijzing",
            "/plaatsing/coach",
            "deze coach staat niet in de lichting",
            "kies een coach uit de lichting",
        ));
    }
    for (position, rule) in despite.iter().enumerate() {
        if !RuleCode::parse(rule).is_some_and(|code| code.rule().overrulable) {
            let remedy = format!("kies uit {}", overrulable().map(RuleCode::code).collect::<Vec<_>>().join(", "));
            wrong.push(Fout::new("niet-te-overrulen", format!("/ondanks/{position}"), "deze regel kan niemand overrulen", remedy));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(wrong)) }
}

/// Trek een besluit in
#[utoipa::path(delete, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluitIntrekken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn withdraw(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    if app.store.decision(&id, &candidate).await?.is_none() {
        return Err(Problem::unknown());
    }
    match app.store.decide(&id, &candidate, expected.version(), None, json!({}), &caller.who).await? {
        Edited::Done(_) => Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response()),
        other => Err(refusal(other, Value::Null)),
    }
}
