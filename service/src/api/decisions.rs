//! `/lichtingen/{id}/beoordelingen`: what was decided about each proposal.

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::read::read_wave;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::decisions::Decided;
use crate::desk::decision::{Decision, Spot};
use crate::serve::App;
use crate::serve::body::{Ids, NoKeys, json as parse};
use crate::serve::etag::{Expected, tag};
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
    responses((status = 200, body = Beoordelingen)))]
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
    responses((status = 200, body = Beoordeling)))]
async fn read(State(app): State<App>, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    app.store.decision(&wave, &candidate).await?.map(answer).ok_or_else(Problem::unknown)
}

/// Besluit over het voorstel voor een kandidaat
#[utoipa::path(put, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluiten",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = inline(Decided),
    responses((status = 200, body = Beoordeling)))]
async fn decide(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<Decided>,
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
    let decision = decided(body, proposal.clone())?;
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

/// The decision that a body makes about a proposal.
fn decided(body: Decided, proposal: Option<Spot>) -> Result<Decision, Problem> {
    let given = body.plaatsing.map(Spot::from);
    if let ("alternatief", Some(spot)) = (body.besluit, &given) {
        let despite = body.ondanks.unwrap_or_default().into_iter().map(str::to_owned).collect();
        return Ok(Decision::Chosen { spot: spot.clone(), despite });
    }
    let Some(proposal) = proposal else {
        return Err(Problem::mistake("geen-voorstel", "/besluit", "deze kandidaat heeft geen voorstel", "kies een alternatief"));
    };
    // A decision that was read before may be sent again as it is.
    if given.is_some_and(|given| given != proposal) {
        let remedy = "bekijk het nieuwe voorstel en besluit daarover";
        return Err(Problem::mistake("ander-voorstel", "/plaatsing", "dit is niet het voorstel dat er ligt", remedy));
    }
    Ok(match (body.besluit, body.reikwijdte, body.reden) {
        ("akkoord", ..) => Decision::Agreed(proposal),
        ("vast", ..) => Decision::Fixed(proposal),
        (_, Some(scope), Some(reason)) => Decision::Rejected { spot: proposal, scope, reason: reason.to_owned() },
        // The body has seen to it that a rejection has both.
        _ => return Err(Problem::mistake("ontbreekt", "/reden", "reden ontbreekt", "vul reden en reikwijdte in")),
    })
}

/// What is chosen must exist in the wave.
fn check(loaded: &loket_instances::matching::read::Loaded, decision: &Decision) -> Result<(), Problem> {
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
    if wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(wrong)) }
}

/// Trek een besluit in
#[utoipa::path(delete, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluitIntrekken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
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
