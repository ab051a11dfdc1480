//! `/lichtingen/{id}/berekeningen` and `/berekeningen/{id}`: runs, their progress, their outcome and what differs between two.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::read_wave;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::MaybeRead;
use super::bodies::runs::RunWanted;
use super::shapes::names::Names;
use super::shapes::outcome::Uitkomst;
use super::shapes::policy::Gebruiktbeleid;
use super::shapes::proposal::Planbladzijde;
use super::shapes::work::{Werk, segment, working};
use crate::access::Role;
use crate::actions::runs::{self, Wish};
use crate::actions::{Asked, answers};
use crate::desk::life::Stage;
use crate::desk::prepare::{Changes, said_about};
use crate::listed::Uitkomststatus;
use crate::present::rerun::between::between;
use crate::present::rerun::machine::Verschil;
use crate::records::run::Run;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::events::stream;
use crate::serve::gate::inside;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::Error;

/// Een berekening
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Berekening {
    /// Het id
    pub id: String,
    /// Haar lichting
    pub lichting: String,
    /// Vanaf 1 binnen de lichting
    pub nummer: i64,
    /// Hoe zij afliep; van het plan tot nu toe zolang zij bezig is; null is nog niets
    #[schema(value_type = Option<Uitkomststatus>)]
    pub status: Option<String>,
    /// Of er sindsdien besloten is of het bestand veranderde: dan gaat zij niet meer over hoe het nu is
    pub verouderd: bool,
    /// SHA-256 van het bestand dat is opgelost
    pub invoer_sha256: String,
    /// Hoeveel besluiten zij kende
    pub beslissingen: i64,
    /// De berekening van welk plan zij uitging; null is geen
    pub voorganger: Option<String>,
    /// De herberekening waar zij bij hoort: haar plan telt pas als het daar aanvaard is; null is geen
    pub herberekening: Option<String>,
    /// Het beleid van haar lichting toen zij gevraagd werd; null bij een berekening van een vorige versie
    pub beleid: Option<Gebruiktbeleid>,
    /// Versie van het programma
    pub programma: String,
    /// Hoe ver zij is
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
            status: run.job.status.map(|it| it.code().into()),
            verouderd: run.outdated,
            invoer_sha256: run.input,
            beslissingen: run.decisions,
            voorganger: run.before,
            herberekening: run.batch,
            beleid: run.policy.map(Gebruiktbeleid::from),
            programma: run.program,
        }
    }
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list, create)))
        .routes(only(ROLES, routes!(read)))
        .routes(only(ROLES, routes!(events)))
        .routes(only(ROLES, routes!(stop)))
        .routes(only(ROLES, routes!(outcome)))
        .routes(only(ROLES, routes!(plan)))
        .routes(only(ROLES, routes!(compare)))
}

/// Vraag een berekening: met de beslissingen zoals ze nu zijn en vanaf het voorstel dat er ligt
#[utoipa::path(post, path = "/lichtingen/{lichting}/berekeningen", tag = "berekeningen", operation_id = "berekeningVragen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<RunWanted>),
    responses((status = 202, body = Berekening)))]
async fn create(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<RunWanted>,
) -> Result<Response, Problem> {
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let (count, free) = (body.wijzigingen, body.vrij.unwrap_or(false));
    let changes = match (free, count) {
        (true, _) => Changes::Free,
        (false, Some(count)) => Changes::AtMost(u32::try_from(count).unwrap_or(u32::MAX)),
        (false, None) => Changes::AsWave,
    };
    started(runs::ask(&app.store, &asked, &id, Wish { seconds: body.rekentijd, changes }, most).await?)
}

/// A run that was asked for, or asked to stop.
fn started(run: Run) -> Result<Response, Problem> {
    let (state, place) = (run.job.state, format!("/v1/berekeningen/{}", run.job.id));
    Ok(working(StatusCode::ACCEPTED, state, &place, Json(Berekening::from(run))))
}

/// De berekeningen van een lichting, de nieuwste eerst
#[utoipa::path(get, path = "/lichtingen/{lichting}/berekeningen", tag = "berekeningen", operation_id = "berekeningen",
    params(("lichting" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Berekening>)))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, page: Page) -> Result<impl IntoResponse, Problem> {
    app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let (runs, all) = app.store.read().runs(&id, page.skip(), page.size).await?;
    let resultaten = runs.into_iter().map(Berekening::from).collect();
    Ok((page.links(all), Json(Pagina::<Berekening> { resultaten, totaal: all })))
}

async fn known(app: &App, id: &str) -> Result<Run, Problem> {
    app.store.read().run(id).await?.ok_or_else(Problem::unknown)
}

/// Eén berekening, met haar voortgang
#[utoipa::path(get, path = "/berekeningen/{berekening}", tag = "berekeningen", operation_id = "berekening", params(("berekening" = String, Path)),
    responses((status = 200, body = Berekening)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let run = known(&app, &id).await?;
    let (state, place) = (run.job.state, format!("/v1/berekeningen/{id}"));
    Ok(working(StatusCode::OK, state, &place, Json(Berekening::from(run))))
}

/// De gebeurtenissen van een berekening, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/berekeningen/{berekening}/gebeurtenissen", tag = "berekeningen", operation_id = "berekeningGebeurtenissen",
    params(("berekening" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    known(&app, &id).await?;
    stream(app, id, &headers, Box::new(|_| {}))
}

/// Breek een berekening af; het beste gecontroleerde plan tot dan toe blijft
#[utoipa::path(post, path = "/berekeningen/{berekening}/afbreking", tag = "berekeningen", operation_id = "berekeningAfbreken",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 202, body = Berekening)))]
async fn stop(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    started(runs::stop(&app.store, &asked, &id).await?)
}

/// De uitkomst (loket-uitkomst/1), gecontroleerd voordat zij bewaard werd
#[utoipa::path(get, path = "/berekeningen/{berekening}/uitkomst", tag = "berekeningen", operation_id = "uitkomst",
    params(("berekening" = String, Path), ("certificaat" = Option<bool>, Query, description = "ook de prijzen die de bovengrenzen bewijzen")),
    responses((status = 200, body = Uitkomst), (status = 409, body = Problem, content_type = "application/problem+json")))]
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
    let none = || nothing(&run);
    // What a run came to never changes.
    let key = format!("uitkomst {whole} {id}");
    let make = async {
        let pass = app.gates.answers.enter(1).await?;
        let bytes = app.store.read().result(&id).await?.ok_or_else(none)?;
        if whole {
            return Ok(Bytes::from(bytes));
        }
        Ok(inside(pass, move || told(&Uitkomst::from(without_prices(&bytes)?))).await??)
    };
    Ok(json_bytes(app.derived.of(key, make).await?))
}

/// There is no plan, or not yet.
fn nothing(run: &Run) -> Problem {
    Problem::conflict(match run.job.state.ended() {
        true => "Deze berekening heeft geen plan opgeleverd; bij melding staat waarom.",
        false => "Deze berekening is nog niet klaar.",
    })
}

/// JSON that was made before.
fn json_bytes(bytes: Bytes) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response()
}

/// An answer as it is sent.
fn told<T: Serialize>(it: &T) -> Result<Bytes, Error> {
    Ok(serde_json::to_vec(it)?.into())
}

/// An outcome without certificates, which are for machines.
fn without_prices(bytes: &[u8]) -> Result<OutcomeFile, Error> {
    let mut outcome = read_outcome(bytes).map_err(|refusal| Error::unreadable("een uitkomst", &refusal))?;
    outcome.goals.iter_mut().for_each(|goal| goal.certificate = None);
    Ok(outcome)
}

/// Het plan van een berekening per kandidaat, met namen: de plaats, of waarom er geen is, en wat er besloten is
#[utoipa::path(get, path = "/berekeningen/{berekening}/plaatsingen", tag = "berekeningen", operation_id = "berekeningPlaatsingen",
    params(("berekening" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Planbladzijde), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn plan(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, page: Page) -> Result<Response, Problem> {
    let run = known(&app, &id).await?;
    let pass = app.gates.answers.enter(1).await?;
    let bytes = app.store.read().result(&id).await?.ok_or_else(|| nothing(&run))?;
    let outcome = inside(pass, move || without_prices(&bytes)).await??;
    let decided = app.store.read().decisions(&run.wave).await?;
    let decided = said_about(decided, &outcome.placements);
    let stages = stages(&app, &run).await?;
    let body = Planbladzijde::of(outcome, (page.skip(), page.size), &Names::seen_by(&app, &asked).await?, (&decided, &stages));
    Ok((page.links(body.totaal), Json(body)).into_response())
}

/// Where each placement of the plan that counts is in its life; nothing of any other plan.
async fn stages(app: &App, run: &Run) -> Result<BTreeMap<String, Stage>, Problem> {
    let wave = app.store.read().wave(&run.wave).await?;
    if wave.is_none_or(|it| it.current.as_deref() != Some(run.job.id.as_str())) {
        return Ok(BTreeMap::new());
    }
    let cases = answers::cases(&app.store, &run.wave).await?;
    Ok(cases.into_iter().map(|it| (it.placing.candidate, it.stage)).collect())
}

/// Wat er verschilt tussen twee berekeningen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Berekeningverschil {
    /// De berekening van daarvoor
    pub van: String,
    /// De berekening van daarna
    pub naar: String,
    /// Wat er verschilt
    #[serde(flatten)]
    pub verschil: Verschil,
}

/// Wat er verschilt tussen twee berekeningen, per persoon, met de oorzaak
#[utoipa::path(get, path = "/berekeningen/{berekening}/verschil", tag = "berekeningen", operation_id = "verschil",
    params(("berekening" = String, Path), ("met" = String, Query, description = "de berekening van daarvoor")),
    responses((status = 200, body = Berekeningverschil), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn compare(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let with = keys.text("met");
    if with.is_none() {
        keys.wrong(Fout::new("ontbreekt", "met", "met ontbreekt", "noem de berekening van daarvoor: ?met=…"));
    }
    keys.finish()?;
    let (after, before) = (known(&app, &id).await?, known(&app, &with.unwrap_or_default()).await?);
    let names = Names::seen_by(&app, &asked).await?;
    // Of other names it is another answer: who was erased in between is named in none that is told.
    let key = format!("verschil {} {} {}", before.job.id, after.job.id, names.print());
    Ok(json_bytes(app.derived.of(key, difference(&app, names, &before, &after)).await?))
}

/// What differs between the plans of two runs.
async fn difference(app: &App, names: Names, before: &Run, after: &Run) -> Result<Bytes, Problem> {
    // Before anything is read: what waits holds nothing.
    let pass = app.gates.answers.enter(1).await?;
    let mut sides = Vec::new();
    for run in [before, after] {
        let file = app.store.read().input(&run.input).await?.ok_or_else(Problem::unknown)?;
        let plan = app.store.read().result(&run.job.id).await?;
        if !run.planned() {
            return Err(Problem::conflict(format!("Berekening {} heeft (nog) geen plan.", segment(&run.job.id))));
        }
        let missing = || Problem::conflict(format!("Berekening {} heeft (nog) geen plan.", segment(&run.job.id)));
        sides.push((file, plan.ok_or_else(missing)?));
    }
    let ids = (before.job.id.clone(), after.job.id.clone());
    let work = move || -> Result<Bytes, String> {
        let mut read = Vec::new();
        for (file, plan) in sides {
            let mut loaded = read_wave(&file).map_err(|it| it.to_string())?;
            drop(file);
            names.into_wave(&mut loaded.names);
            let outcome = read_outcome(&plan).map_err(|it| it.to_string())?;
            let plan = plan_of(&loaded.wave, &outcome).map_err(|it| it.join("; "))?;
            read.push((loaded, plan));
        }
        let [(old, was), (new, now)] = &read[..] else { return Err("twee kanten".into()) };
        told(&Berekeningverschil { van: ids.0, naar: ids.1, verschil: between(old, was, new, now) }).map_err(|it| it.to_string())
    };
    inside(pass, work).await?.map_err(|why| Problem::conflict(format!("Deze twee zijn niet te vergelijken: {why}.")))
}
