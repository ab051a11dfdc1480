//! `/lichtingen/{id}/beoordelingen`: what was decided about each proposal.

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::read_wave;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::desk::decision::{Decision, Reason, Scope, Spot};
use crate::desk::prepare::spot;
use crate::records::{codes, decision};
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, NoKeys};
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
            besluit: decision::json(&kept.decision),
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
pub const DECISIONS: [&str; 4] = Decision::CODES;

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
    let overruled = kept.iter().filter(|it| it.decision.overrules()).count();
    let resultaten: Vec<Beoordeling> = kept.into_iter().map(Beoordeling::from).collect();
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
    let plan = app.store.result(&run).await?.ok_or_else(nothing_yet)?;
    let read = move || Ok((read_wave(&file)?, read_outcome(&plan)?));
    let read = tokio::task::spawn_blocking(read).await.map_err(|_| Problem::busy("Het lezen van het voorstel liep vast."))?;
    let (loaded, plan) = read.map_err(|refusal: Refusal| Problem::refused(&refusal))?;
    if !loaded.wave.candidates.iter().any(|it| it.id == candidate) {
        return Err(Problem::unknown());
    }
    let proposal = plan.placements.iter().find(|line| line.candidate == candidate).map(spot);
    let mut fields = Fields::new(&body);
    let mut named = Vec::new();
    let wanted = read_decision(&mut fields, &mut named, proposal.clone());
    let wanted = fields.finish(wanted)?;
    check(&loaded, &wanted, &named)?;
    let shown = json!({ "voorstel": proposal.as_ref().map(decision::spot_json) });
    let done = app.store.decide(&id, &candidate, expected.version(), Some((&wanted, &run)), shown, &caller.who).await?;
    match done {
        Edited::Done(Some(kept)) => Ok(answer(kept)),
        other => Err(refusal(other, decision::json(&wanted))),
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

/// `named` gets the rules that the body names as overruled; only those that may be are in the decision.
fn read_decision(fields: &mut Fields<'_>, named: &mut Vec<String>, proposal: Option<Spot>) -> Option<Decision> {
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
            let reason = fields.need_word("reden", &codes::<Reason>()).as_deref().and_then(Reason::parse);
            let scope = fields.need_word("reikwijdte", &codes::<Scope>()).as_deref().and_then(Scope::parse);
            Some(Decision::Rejected { spot: proposal?, scope: scope?, reason: reason? })
        }
        _ => {
            *named = fields.texts("ondanks", 9);
            let known = |rule: &String| OVERRULABLE.iter().copied().find(|code| code == rule);
            let despite = named.iter().filter_map(known).collect();
            if given.is_none() {
                fields.wrong("plaatsing", "ontbreekt", "plaatsing ontbreekt", "noem school, plek en coach");
            }
            Some(Decision::Chosen { spot: given?, despite })
        }
    }
}

/// What is chosen must exist in the wave, and what is overruled must be a rule that may be.
fn check(loaded: &loket_instances::matching::read::Loaded, decision: &Decision, named: &[String]) -> Result<(), Problem> {
    let Decision::Chosen { spot, .. } = decision else { return Ok(()) };
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
    for (position, rule) in named.iter().enumerate() {
        if !OVERRULABLE.contains(&rule.as_str()) {
            let remedy = format!("kies uit {}", OVERRULABLE.join(", "));
            wrong.push(Fout::new("niet-te-overrulen", format!("/ondanks/{position}"), "deze regel kan niemand overrulen", remedy));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(wrong)) }
}

/// Pair rules that a person may knowingly overrule (docs/model.md).
pub const OVERRULABLE: [&str; 9] =
    ["soort", "bestuur", "bouw", "reistijd", "dagdelen", "coach-bouw", "coach-soort", "coach-reistijd", "coach-school"];

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
