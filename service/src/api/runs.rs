//! `/lichtingen/{id}/berekeningen` and `/berekeningen/{id}`: runs, their progress, their outcome and what differs between two.

use std::collections::BTreeMap;

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::outcome::{read_outcome, to_json};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::read_wave;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::waves::segment;
use crate::desk::decision::Decision;
use crate::desk::prepare::{Changes, next_file};
use crate::present::rerun::between::between;
use crate::serve::App;
use crate::serve::body::{Ids, Keys, MaybeJson, NoKeys};
use crate::serve::events::stream;
use crate::serve::fields::Fields;
use crate::serve::guard::Caller;
use crate::serve::idempotency::Key;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::clock::written;
use crate::store::ids;
use crate::store::jobs::{Job, State as JobState};
use crate::store::runs::{NewRun, Run};
use crate::store::waves::{Edited, Wave};

/// How far a job is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Werk {
    /// wachtrij, bezig, klaar, mislukt or afgebroken.
    pub toestand: JobState,
    /// How often it was begun.
    pub pogingen: i64,
    /// Whether somebody asked to stop.
    pub stop_gevraagd: bool,
    /// What is known of the goal at work.
    pub voortgang: Option<Value>,
    /// What went otherwise.
    pub melding: Option<Value>,
    /// UTC.
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// UTC.
    #[schema(format = DateTime)]
    pub begonnen_op: Option<String>,
    /// UTC.
    #[schema(format = DateTime)]
    pub klaar_op: Option<String>,
}

impl From<&Job> for Werk {
    fn from(job: &Job) -> Self {
        Self {
            toestand: job.state,
            pogingen: job.attempts,
            stop_gevraagd: job.stopping,
            voortgang: job.progress.clone(),
            melding: job.message.clone(),
            gevraagd_op: written(job.created),
            begonnen_op: job.begun.map(written),
            klaar_op: job.ended.map(written),
        }
    }
}

/// A run.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Berekening {
    /// Its id.
    pub id: String,
    /// Its wave.
    pub lichting: String,
    /// From 1 within its wave.
    pub nummer: i64,
    /// optimaal, haalbaar, onmogelijk or afgebroken; of the plan so far while it runs.
    pub status: Option<String>,
    /// Whether decisions or the wave's file changed since: it is no longer about what is true now.
    pub verouderd: bool,
    /// SHA-256 of the file that was solved.
    pub invoer_sha256: String,
    /// The wave's decisions it knew.
    pub beslissingen: i64,
    /// The run whose plan it started from.
    pub voorganger: Option<String>,
    /// The batch it belongs to; its plan counts only once accepted there.
    pub herberekening: Option<String>,
    /// Version of the program.
    pub programma: String,
    /// How far it is.
    #[serde(flatten)]
    pub werk: Werk,
}

impl From<Run> for Berekening {
    fn from(run: Run) -> Self {
        Self {
            werk: Werk::from(&run.job),
            id: run.job.id,
            lichting: run.wave,
            nummer: run.number,
            status: run.job.status.map(|it| it.code().to_owned()),
            verouderd: run.outdated,
            invoer_sha256: run.input,
            beslissingen: run.decisions,
            voorganger: run.before,
            herberekening: run.batch,
            programma: run.program,
        }
    }
}

/// A job's answer: while it goes on, when to ask again.
pub fn working(status: StatusCode, state: JobState, place: &str, body: impl IntoResponse) -> Response {
    let mut response = (status, body).into_response();
    if let Ok(place) = HeaderValue::try_from(place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    if !state.ended() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(read))
        .routes(routes!(events))
        .routes(routes!(stop))
        .routes(routes!(outcome))
        .routes(routes!(compare))
}

/// Vraag een berekening: met de beslissingen zoals ze nu zijn en vanaf het voorstel dat er ligt
#[utoipa::path(post, path = "/lichtingen/{lichting}/berekeningen", tag = "berekeningen", operation_id = "berekeningVragen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Option<Value>, content_type = "application/json",
        description = "Leeg, of { \"rekentijd\": seconden, \"wijzigingen\": hoeveel mensen meer dan het kleinst mogelijke aantal anders geplaatst mogen worden, \"vrij\": true als dat er zoveel mogen zijn als de doelen vragen }"),
    responses((status = 202, body = Berekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn create(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    key: Key,
    MaybeJson(body): MaybeJson,
) -> Result<Response, Problem> {
    let body = body.unwrap_or_else(|| json!({}));
    let mut fields = Fields::new(&body);
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let seconds = fields.number("rekentijd", 1, most).unwrap_or(most);
    let (count, free) = (fields.number("wijzigingen", 0, 100_000), fields.flag("vrij").unwrap_or(false));
    if free && count.is_some() {
        fields.wrong("vrij", "samen", "vrij en wijzigingen gaan niet samen", "kies één van beide");
    }
    fields.finish(Some(()))?;
    let changes = match (free, count) {
        (true, _) => Changes::Free,
        (false, Some(count)) => Changes::AtMost(u32::try_from(count).unwrap_or(u32::MAX)),
        (false, None) => Changes::AsWave,
    };
    let question = json!({ "tijd_seconden": seconds });
    // Somebody may decide in between: then the file is made again.
    for _ in 0..20 {
        let wave = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
        let (file, before) = file_of(&app, &wave, changes).await?;
        let fresh = ids::new(key.0.as_deref());
        let new =
            NewRun { wave: &wave, file: &file, base: &wave.input, before: before.as_deref(), batch: None, question: &question, id: &fresh };
        match app.store.submit_run(&new, &caller.who).await? {
            Edited::Done(run) => {
                let run = app.store.run(&run).await?.ok_or_else(Problem::unknown)?;
                let (state, place) = (run.job.state, format!("/v1/berekeningen/{}", run.job.id));
                return Ok(working(StatusCode::ACCEPTED, state, &place, Json(Berekening::from(run))));
            }
            Edited::NotNow(_) => {
                let what = wave.life.code();
                return Err(Problem::conflict(format!(
                    "Een lichting die {what} is, wordt niet berekend; dien haar eerst in, of reken bij uitval opnieuw."
                )));
            }
            Edited::Unknown => return Err(Problem::unknown()),
            Edited::Stale(_) => {}
        }
    }
    Err(Problem::busy("Er wordt nu te veel tegelijk besloten over deze lichting; probeer het zo weer."))
}

/// The file of the wave's next run, and the run whose plan it starts from.
async fn file_of(app: &App, wave: &Wave, changes: Changes) -> Result<(Vec<u8>, Option<String>), Problem> {
    let bytes = app.store.input(&wave.input).await?.ok_or_else(Problem::unknown)?;
    let decisions = app.store.decided(&wave.id).await?;
    let plan = match &wave.current {
        // A plan under review is kept as far as it can be, also when nobody decided yet but the file changed.
        Some(current) => app.store.result(current).await?,
        None => None,
    };
    let current = match &wave.current {
        Some(current) => app.store.run(current).await?,
        None => None,
    };
    if let Some(run) = current.as_ref().filter(|run| run.batch.is_none() && run.base == wave.input && run.decisions == wave.decisions) {
        // Nothing changed since the last run: it is the same run, made from the same plan.
        let before = run.before.clone();
        let plan = match &before {
            Some(before) => app.store.result(before).await?,
            None => None,
        };
        return Ok((next(bytes, plan, decisions, changes).await?, before));
    }
    let before = wave.current.clone().filter(|_| plan.is_some());
    Ok((next(bytes, plan, decisions, changes).await?, before))
}

/// The bytes of [`next_file`]; off the runtime's threads, since a file may be large.
async fn next(file: Vec<u8>, plan: Option<Vec<u8>>, decisions: BTreeMap<String, Decision>, changes: Changes) -> Result<Vec<u8>, Problem> {
    let made = move || -> Result<Vec<u8>, Refusal> {
        let plan = plan.map(|plan| read_outcome(&plan)).transpose()?;
        Ok(next_file(WaveFile::read(&file)?, plan.as_ref(), &decisions, changes).write())
    };
    let made = tokio::task::spawn_blocking(made).await.map_err(|_| Problem::busy("Het voorbereiden liep vast."))?;
    made.map_err(|refusal| Problem::refused(&refusal))
}

/// De berekeningen van een lichting, de nieuwste eerst
#[utoipa::path(get, path = "/lichtingen/{lichting}/berekeningen", tag = "berekeningen", operation_id = "berekeningen",
    params(("lichting" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Berekening>), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, page: Page) -> Result<impl IntoResponse, Problem> {
    app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let (runs, all) = app.store.runs(&id, page.skip(), page.size).await?;
    let resultaten = runs.into_iter().map(Berekening::from).collect();
    Ok((page.links(all), Json(Pagina::<Berekening> { resultaten, totaal: all })))
}

async fn known(app: &App, id: &str) -> Result<Run, Problem> {
    app.store.run(id).await?.ok_or_else(Problem::unknown)
}

/// Eén berekening, met haar voortgang
#[utoipa::path(get, path = "/berekeningen/{berekening}", tag = "berekeningen", operation_id = "berekening", params(("berekening" = String, Path)),
    responses((status = 200, body = Berekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let run = known(&app, &id).await?;
    let (state, place) = (run.job.state, format!("/v1/berekeningen/{id}"));
    Ok(working(StatusCode::OK, state, &place, Json(Berekening::from(run))))
}

/// De gebeurtenissen van een berekening, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/berekeningen/{berekening}/gebeurtenissen", tag = "berekeningen", operation_id = "berekeningGebeurtenissen",
    params(("berekening" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"), (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    known(&app, &id).await?;
    stream(app, id, &headers)
}

/// Breek een berekening af; het beste gecontroleerde plan tot dan toe blijft
#[utoipa::path(post, path = "/berekeningen/{berekening}/afbreking", tag = "berekeningen", operation_id = "berekeningAfbreken",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 202, body = Berekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn stop(State(app): State<App>, Extension(caller): Extension<Caller>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    app.store.stop_run(&id, &caller.who).await?.ok_or_else(Problem::unknown)?;
    let run = known(&app, &id).await?;
    let (state, place) = (run.job.state, format!("/v1/berekeningen/{id}"));
    Ok(working(StatusCode::ACCEPTED, state, &place, Json(Berekening::from(run))))
}

/// De uitkomst (loket-uitkomst/1), gecontroleerd voordat zij bewaard werd
#[utoipa::path(get, path = "/berekeningen/{berekening}/uitkomst", tag = "berekeningen", operation_id = "uitkomst",
    params(("berekening" = String, Path), ("certificaat" = Option<bool>, Query, description = "ook de prijzen die de bovengrenzen bewijzen")),
    responses((status = 200, body = Value), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn outcome(State(app): State<App>, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let whole = match keys.text("certificaat").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => {
            keys.wrong(Fout::new("woord", "certificaat", "certificaat is true of false", "vul true of false in"));
            false
        }
    };
    keys.finish()?;
    let run = known(&app, &id).await?;
    let Some(bytes) = app.store.result(&id).await? else {
        return Err(Problem::conflict(match run.job.state.ended() {
            true => "Deze berekening heeft geen plan opgeleverd; bij melding staat waarom.",
            false => "Deze berekening is nog niet klaar.",
        }));
    };
    if whole {
        return Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response());
    }
    Ok(Json(shown(&bytes)?).into_response())
}

/// An outcome without certificates, which are for machines.
pub fn shown(bytes: &[u8]) -> Result<Value, Problem> {
    let mut outcome = read_outcome(bytes).map_err(|refusal| Problem::refused(&refusal))?;
    outcome.goals.iter_mut().for_each(|goal| goal.certificate = None);
    Ok(to_json(&outcome))
}

/// Wat er verschilt tussen twee berekeningen, per persoon, met de oorzaak
#[utoipa::path(get, path = "/berekeningen/{berekening}/verschil", tag = "berekeningen", operation_id = "verschil",
    params(("berekening" = String, Path), ("met" = String, Query, description = "de berekening van daarvoor")),
    responses((status = 200, body = Value), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn compare(State(app): State<App>, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let with = keys.text("met");
    if with.is_none() {
        keys.wrong(Fout::new("ontbreekt", "met", "met ontbreekt", "noem de berekening van daarvoor: ?met=…"));
    }
    keys.finish()?;
    let (after, before) = (known(&app, &id).await?, known(&app, &with.unwrap_or_default()).await?);
    Ok(Json(difference(&app, &before, &after).await?).into_response())
}

/// What differs between the plans of two runs.
pub async fn difference(app: &App, before: &Run, after: &Run) -> Result<Value, Problem> {
    let mut sides = Vec::new();
    for run in [before, after] {
        let file = app.store.input(&run.input).await?.ok_or_else(Problem::unknown)?;
        let plan = app.store.result(&run.job.id).await?;
        let missing = || Problem::conflict(format!("Berekening {} heeft (nog) geen plan.", segment(&run.job.id)));
        sides.push((file, plan.ok_or_else(missing)?));
    }
    let ids = (before.job.id.clone(), after.job.id.clone());
    let work = move || -> Result<Value, String> {
        let mut read = Vec::new();
        for (file, plan) in &sides {
            let loaded = read_wave(file).map_err(|it| it.to_string())?;
            let outcome = read_outcome(plan).map_err(|it| it.to_string())?;
            let plan = plan_of(&loaded.wave, &outcome).map_err(|it| it.join("; "))?;
            read.push((loaded, plan));
        }
        let [(old, was), (new, now)] = &read[..] else { return Err("twee kanten".into()) };
        let mut value = between(old, was, new, now);
        value["van"] = json!(ids.0);
        value["naar"] = json!(ids.1);
        Ok(value)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(why)) => Err(Problem::conflict(format!("Deze twee zijn niet te vergelijken: {why}."))),
        Err(_) => Err(Problem::busy("Het vergelijken liep vast.")),
    }
}
