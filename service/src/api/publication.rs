//! `/lichtingen/{id}/vaststelling`, `/sluiting` and `/plaatsingen`: a plan becomes placements, and a wave ends.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use loket_instances::matching::outcome::read_outcome;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::waves::{Lichting, answer, edited};
use crate::desk::fits::{Clash, Wanted};
use crate::serve::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::guard::Caller;
use crate::serve::idempotency::Deed;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::placements::Placed;
use crate::store::publication::{NewPlan, Publication, Published};
use crate::store::waves::{Life, Wave};

/// What publishing came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vaststelling {
    /// The wave as it is now.
    pub lichting: Lichting,
    /// The run whose plan was published.
    pub berekening: String,
    /// How many are placed.
    pub geplaatst: usize,
    /// How many are not; they waited one round more.
    pub ongeplaatst: usize,
    /// What could not be checked, or is worth knowing.
    pub meldingen: Vec<String>,
    /// Hash of the log's last line, which tells of this deed and of all before it.
    pub logboek_hoofd: String,
}

/// A published placement.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plaatsing {
    /// Of which wave.
    pub lichting: String,
    /// Who.
    pub kandidaat: String,
    /// The candidate's name, when it is kept.
    pub naam: Option<String>,
    /// Where.
    pub school: String,
    /// On which seats.
    pub plek: String,
    /// Their bouw.
    pub bouw: String,
    /// With whom.
    pub coach: String,
    /// The coach's name, when it is kept.
    pub coach_naam: Option<String>,
    /// Coaching hours.
    pub uren: i64,
    /// First day.
    #[schema(format = Date)]
    pub van: String,
    /// Last day.
    #[schema(format = Date)]
    pub tot: String,
    /// Why it ended before its time.
    pub einde_reden: Option<String>,
}

impl From<Placed> for Plaatsing {
    fn from(it: Placed) -> Self {
        Self {
            lichting: it.wave,
            kandidaat: it.candidate,
            naam: None,
            school: it.school,
            plek: it.seat,
            bouw: it.bouw,
            coach: it.coach,
            coach_naam: None,
            uren: it.hours,
            van: it.period.from.to_string(),
            tot: it.period.until.to_string(),
            einde_reden: it.ended,
        }
    }
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(publish)).routes(routes!(close)).routes(routes!(list))
}

/// Stel het voorstel vast: plekken, coaches en uren worden nog eens nagekeken, dan tellen de plaatsingen
#[utoipa::path(post, path = "/lichtingen/{lichting}/vaststelling", tag = "lichtingen", operation_id = "vaststellen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Vaststelling),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "Verouderd, of het past niet meer: bij fouten en conflicten staat wat"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn publish(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    deed: Deed,
) -> Result<Response, Problem> {
    let wave = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    if let Some(publication) = deed.told()? {
        return Ok(published(wave, publication));
    }
    let no_plan = || Problem::conflict("Er is nog geen voorstel om vast te stellen; vraag eerst een berekening.");
    if wave.life >= Life::Vastgesteld {
        return Err(not_now(wave.life));
    }
    let run = wave.current.clone().ok_or_else(no_plan)?;
    let bytes = app.store.result(&run).await?.ok_or_else(no_plan)?;
    let plan = tokio::task::spawn_blocking(move || read_plan(&bytes)).await;
    let (placements, unplaced) = plan.map_err(|_| Problem::busy("Het lezen van het voorstel liep vast."))??;
    let new = NewPlan {
        wave: &id,
        version: expected.version(),
        run: &run,
        placements: &placements,
        unplaced: &unplaced,
        held_months: app.settings.seat_months,
    };
    match app.store.publish(&new, &caller.who).await? {
        Published::Done(wave, publication) => Ok(published(wave, publication)),
        Published::Unknown => Err(Problem::unknown()),
        Published::Stale(now) => {
            let now = serde_json::to_value(Lichting::from(now)).unwrap_or_default();
            Err(Problem::stale(now, json!({ "toestand": "vastgesteld" })))
        }
        Published::NotNow(now) => Err(not_now(now.life)),
        Published::Outdated => Err(outdated()),
        Published::Full(clashes) => Err(full(&clashes)),
    }
}

fn published(wave: Wave, it: Publication) -> Response {
    let tag = tag(wave.version);
    let body = Vaststelling {
        lichting: wave.into(),
        berekening: it.run,
        geplaatst: it.placed,
        ongeplaatst: it.unplaced,
        meldingen: it.notes,
        logboek_hoofd: it.head,
    };
    (StatusCode::OK, [(header::ETAG, tag)], Json(body)).into_response()
}

fn not_now(life: Life) -> Problem {
    Problem::conflict(format!("Een lichting die {} is, kan niet worden vastgesteld.", life.code()))
}

fn outdated() -> Problem {
    let mut problem = Problem::conflict("Het voorstel is verouderd: er is daarna nog besloten, of de invoer is veranderd.");
    let (what, remedy) = ("de berekening kent niet alle besluiten en niet de laatste invoer", "reken opnieuw en stel dat voorstel vast");
    problem.fouten.push(Fout::new("verouderd", "", what, remedy));
    problem
}

fn full(clashes: &[Clash]) -> Problem {
    let mut problem = Problem::conflict(match clashes.len() {
        1 => "Het voorstel past niet meer in het register; bij fouten staat wat.".to_owned(),
        many => format!("Het voorstel past op {many} punten niet meer in het register; bij fouten staan ze allemaal."),
    });
    problem.fouten = clashes.iter().map(|it| Fout::new(it.code, &it.place, &it.what, &it.remedy)).collect();
    problem.with("conflicten", clashes.iter().map(|it| it.data.clone()).collect())
}

/// Who is placed where, and who is not, of a checked outcome.
fn read_plan(bytes: &[u8]) -> Result<(Vec<Wanted>, Vec<String>), Problem> {
    let unreadable = |_| Problem::busy("Het voorstel is niet te lezen. Waarschuw de beheerder.");
    let outcome = read_outcome(bytes).map_err(unreadable)?;
    let unplaced = outcome.unplaced.into_iter().map(|line| line.candidate).collect();
    Ok((outcome.placements.iter().map(Wanted::from).collect(), unplaced))
}

/// Sluit een vastgestelde lichting; haar plaatsingen tellen tot ze eindigen
#[utoipa::path(post, path = "/lichtingen/{lichting}/sluiting", tag = "lichtingen", operation_id = "lichtingSluiten",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Lichting), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn close(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    deed: Deed,
) -> Result<Response, Problem> {
    if deed.done() {
        return Ok(answer(StatusCode::OK, app.store.wave(&id).await?.ok_or_else(Problem::unknown)?));
    }
    edited(app.store.close_wave(&id, expected.version(), &caller.who).await?, json!({ "toestand": "gesloten" }))
}

/// De vastgestelde plaatsingen van een lichting, met namen
#[utoipa::path(get, path = "/lichtingen/{lichting}/plaatsingen", tag = "lichtingen", operation_id = "plaatsingen",
    params(("lichting" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Plaatsing>), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, page: Page) -> Result<Response, Problem> {
    app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let (rows, all) = app.store.placements(&id, page.skip(), page.size).await?;
    let names = |rows: BTreeMap<String, Value>| -> BTreeMap<String, String> {
        rows.into_iter().filter_map(|(id, data)| Some((id, data["naam"].as_str()?.to_owned()))).collect()
    };
    let (candidates, coaches) = (names(app.store.people("kandidaat").await?), names(app.store.people("coach").await?));
    let named = |row: Placed| {
        let mut row = Plaatsing::from(row);
        row.naam = candidates.get(&row.kandidaat).cloned();
        row.coach_naam = coaches.get(&row.coach).cloned();
        row
    };
    let resultaten = rows.into_iter().map(named).collect();
    Ok((page.links(all), Json(Pagina::<Plaatsing> { resultaten, totaal: all })).into_response())
}
