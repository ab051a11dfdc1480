//! `…/uitval`, `…/nakomers` and `/herberekeningen`: who or what drops out or comes, the reruns of every wave it touches, and accepting them.

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::apart::Person;
use loket_instances::matching::rerun::{FewerSeats, Request};
use loket_instances::matching::row::{Kind, Row, read_row};
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::{Status, Word};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acceptance::acceptance;
use super::runs::{Werk, working};
use super::waves::segment;
use crate::desk::dropout::{Rerun, rerun};
use crate::records::proposal_state::ProposalState;
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, MaybeJson, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::fields::Fields;
use crate::serve::guard::Caller;
use crate::serve::idempotency::{Deed, Key};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::batches::{Accepted, Batch, Late, Rerun as Kept};
use crate::store::clock::written;
use crate::store::ids;
use crate::store::jobs::State as JobState;
use crate::store::runs::NewRun;
use crate::store::waves::{Edited, Life, Wave};

/// One wave of a batch.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Voorstel {
    /// The wave.
    pub lichting: String,
    /// Its rerun.
    pub berekening: String,
    /// voorstel, aanvaard or afgewezen.
    pub besluit: String,
    /// optimaal, haalbaar or onmogelijk.
    pub status: Option<String>,
    /// What was taken out of the wave besides what was asked for.
    pub opmerkingen: Value,
    /// Where the difference with the plan that counts now is.
    pub verschil: Option<String>,
    /// How far the rerun is.
    #[serde(flatten)]
    pub werk: Werk,
}

/// A batch of reruns.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Herberekening {
    /// Its id.
    pub id: String,
    /// Who or what drops out or comes, and from when.
    pub aanleiding: Value,
    /// wachtrij, bezig, klaar or mislukt: of all its waves together.
    pub toestand: JobState,
    /// How many reruns are done.
    pub gereed: usize,
    /// Of how many.
    pub totaal: usize,
    /// Per wave.
    pub lichtingen: Vec<Voorstel>,
    /// UTC.
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// Its version, also in ETag.
    pub versie: i64,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(coach))
        .routes(routes!(school))
        .routes(routes!(seat))
        .routes(routes!(candidate))
        .routes(routes!(late))
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(accept))
        .routes(routes!(decline))
}

/// What drops out, and what the reruns are asked.
struct Cause {
    told: Value,
    request: Request,
    /// Only this wave; all when absent.
    only: Option<String>,
    /// Names of who comes late, kept once the question is.
    people: Vec<Person>,
}

impl Cause {
    /// Something that drops out, in whatever wave has it.
    fn gone(told: Value, request: Request) -> Self {
        Self { told, request, only: None, people: Vec::new() }
    }
}

fn from(app: &App, fields: &mut Fields<'_>) -> String {
    fields.date("vanaf").unwrap_or_else(|| app.store.clock().today().to_string())
}

/// From when, and what else is read from the body.
fn read_body<T>(app: &App, body: Option<Value>, more: impl FnOnce(&mut Fields<'_>) -> T) -> Result<(String, T), Problem> {
    let body = body.unwrap_or_else(|| json!({}));
    let mut fields = Fields::new(&body);
    let from = from(app, &mut fields);
    let more = more(&mut fields);
    fields.finish(Some((from, more)))
}

/// Een coach valt uit: elke lichting die hij raakt wordt opnieuw berekend, met zo weinig mogelijk wijzigingen
#[utoipa::path(post, path = "/coaches/{coach}/uitval", tag = "uitval", operation_id = "coachUitval",
    params(("coach" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Option<Value>, content_type = "application/json", description = "{ \"vanaf\": \"2026-12-01\" }; zonder dag: vandaag"),
    responses((status = 202, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn coach(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    key: Key,
    MaybeJson(body): MaybeJson,
) -> Result<Response, Problem> {
    let (from, ()) = read_body(&app, body, |_| ())?;
    let request = Request { without_coaches: vec![id.clone()], ..Request::default() };
    let told = json!({ "soort": "coach", "id": id, "vanaf": from });
    begin(&app, &caller, key, Cause::gone(told, request)).await
}

/// Een school valt af
#[utoipa::path(post, path = "/scholen/{school}/uitval", tag = "uitval", operation_id = "schoolUitval",
    params(("school" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Option<Value>, content_type = "application/json", description = "{ \"vanaf\": \"2026-12-01\" }; zonder dag: vandaag"),
    responses((status = 202, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn school(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    key: Key,
    MaybeJson(body): MaybeJson,
) -> Result<Response, Problem> {
    let (from, ()) = read_body(&app, body, |_| ())?;
    let request = Request { without_schools: vec![id.clone()], ..Request::default() };
    let told = json!({ "soort": "school", "id": id, "vanaf": from });
    begin(&app, &caller, key, Cause::gone(told, request)).await
}

/// Een plek van een school valt weg (bijvoorbeeld omdat de duo-collega weg is)
#[utoipa::path(post, path = "/scholen/{school}/plekken/{plek}/uitval", tag = "uitval", operation_id = "plekUitval",
    params(("school" = String, Path), ("plek" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Option<Value>, content_type = "application/json", description = "{ \"vanaf\": \"2026-12-01\", \"aantal\": 1 }"),
    responses((status = 202, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn seat(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids((school, seat)): Ids<(String, String)>,
    _: NoKeys,
    key: Key,
    MaybeJson(body): MaybeJson,
) -> Result<Response, Problem> {
    let (from, count) = read_body(&app, body, |fields| fields.number("aantal", 1, 100_000).unwrap_or(1))?;
    let fewer = FewerSeats { school: school.clone(), seat: seat.clone(), count: u32::try_from(count).unwrap_or(1) };
    let request = Request { fewer_seats: vec![fewer], ..Request::default() };
    let told = json!({ "soort": "plek", "id": school, "plek": seat, "aantal": count, "vanaf": from });
    begin(&app, &caller, key, Cause::gone(told, request)).await
}

/// Een kandidaat stopt
#[utoipa::path(post, path = "/kandidaten/{kandidaat}/uitval", tag = "uitval", operation_id = "kandidaatUitval",
    params(("kandidaat" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Option<Value>, content_type = "application/json", description = "{ \"vanaf\": \"2026-12-01\" }; zonder dag: vandaag"),
    responses((status = 202, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn candidate(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    key: Key,
    MaybeJson(body): MaybeJson,
) -> Result<Response, Problem> {
    let (from, ()) = read_body(&app, body, |_| ())?;
    let request = Request { without_candidates: vec![id.clone()], ..Request::default() };
    let told = json!({ "soort": "kandidaat", "id": id, "vanaf": from });
    begin(&app, &caller, key, Cause::gone(told, request)).await
}

/// Een kandidaat komt later: geplaatst terwijl alle anderen blijven waar zij zijn
#[utoipa::path(post, path = "/lichtingen/{lichting}/nakomers", tag = "uitval", operation_id = "nakomer",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Value, content_type = "application/json", description = "{ \"kandidaat\": { … zoals in de lichting … } }"),
    responses((status = 202, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn late(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    key: Key,
    Body(body): Body,
) -> Result<Response, Problem> {
    app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let mut fields = Fields::new(&body);
    let from = from(&app, &mut fields);
    let row = fields.any("kandidaat").cloned();
    if !row.as_ref().is_some_and(|it| it["id"].is_string()) {
        fields.wrong("kandidaat", "ontbreekt", "hier hoort een kandidaat met een id", "geef de kandidaat zoals in een lichtingbestand");
    }
    let text = fields.finish(row)?.to_string();
    let mut row = match read_row(Kind::Candidate, text.as_bytes(), &[]).map_err(within)? {
        Row::Candidate(row) => row,
        Row::Board(_) | Row::School(_) | Row::Coach(_) | Row::Seats(_) => return Err(Problem::unknown()),
    };
    let people = row.apart().into_iter().collect();
    let told = json!({ "soort": "nakomer", "id": row.id, "vanaf": from });
    let request = Request { arrivals: vec![row], keep_rest: true, ..Request::default() };
    begin(&app, &caller, key, Cause { told, request, only: Some(id), people }).await
}

/// What is wrong with the candidate of a body.
fn within(mut refusal: Refusal) -> Problem {
    for problem in &mut refusal.problems {
        problem.pointer.insert_str(0, "/kandidaat");
    }
    Problem::refused(&refusal)
}

/// Puts the reruns of every wave in line that this is about.
async fn begin(app: &App, caller: &Caller, key: Key, cause: Cause) -> Result<Response, Problem> {
    let id = ids::new(key.0.as_deref());
    for _ in 0..20 {
        let (reruns, waiting) = touched(app, &cause).await?;
        if reruns.is_empty() && app.store.batch(&id).await?.is_none() {
            return Err(nothing(&waiting));
        }
        let late = cause.request.arrivals.first().map(|row| Late { row, people: &cause.people });
        let question = json!({ "tijd_seconden": app.settings.run_time.as_secs() });
        let run_ids: Vec<String> = reruns.iter().map(|(wave, _)| ids::new(Some(&format!("{id}:{}", wave.id)))).collect();
        let bases: Vec<String> = reruns.iter().map(|(_, made)| ids::sha256(&made.own)).collect();
        let kept: Vec<Kept<'_>> = reruns
            .iter()
            .zip(run_ids.iter().zip(&bases))
            .map(|((wave, made), (run, base))| Kept {
                run: NewRun {
                    wave,
                    file: &made.file,
                    base,
                    before: wave.current.as_deref(),
                    batch: Some(&id),
                    question: &question,
                    id: run,
                },
                own: &made.own,
                remarks: &made.remarks,
            })
            .collect();
        match app.store.add_batch(&id, &cause.told, &kept, late.as_ref(), &caller.who).await? {
            Edited::Done(_) => {
                let batch = app.store.batch(&id).await?.ok_or_else(Problem::unknown)?;
                return answer(app, StatusCode::ACCEPTED, batch).await;
            }
            Edited::Stale(_) => {}
            Edited::NotNow(wave) => return Err(Problem::conflict(format!("Lichting {wave} wordt nu niet herberekend."))),
            Edited::Unknown => return Err(Problem::unknown()),
        }
    }
    Err(Problem::busy("Er wordt nu te veel tegelijk besloten; probeer het zo weer."))
}

fn nothing(waiting: &[String]) -> Problem {
    match waiting.is_empty() {
        true => Problem::unknown(),
        false => Problem::conflict("Dit raakt alleen lichtingen die nog geen plan hebben; verander daar de invoer.")
            .with("lichtingen", json!(waiting)),
    }
}

/// The reruns, by wave; and waves that it is about too, but that have no plan yet.
async fn touched(app: &App, cause: &Cause) -> Result<(Vec<(Wave, Rerun)>, Vec<String>), Problem> {
    let (mut reruns, mut waiting) = (Vec::new(), Vec::new());
    let from = cause.told["vanaf"].as_str().unwrap_or_default();
    for wave in app.store.live_waves().await? {
        if cause.only.as_ref().is_some_and(|only| *only != wave.id) || wave.until.as_str() < from {
            continue;
        }
        let own = app.store.input(&wave.input).await?.ok_or_else(Problem::unknown)?;
        let plan = match &wave.current {
            Some(current) => app.store.result(current).await?,
            None => None,
        };
        let decisions = app.store.decided(&wave.id).await?;
        let started = wave.life == Life::Vastgesteld && wave.from <= app.store.clock().today().to_string();
        let usual = match (wave.life, started) {
            (Life::Vastgesteld, true) => Status::Gestart,
            (Life::Vastgesteld, false) => Status::Akkoord,
            _ => Status::Voorgesteld,
        };
        let request = Request { status: Some(usual), ..cause.request.clone() };
        let made = tokio::task::spawn_blocking(move || match plan {
            Some(plan) => rerun(&own, &plan, &decisions, &request).map(Made::from),
            None => Ok(if about(&own, &request) { Made::Waits } else { Made::Untouched }),
        });
        match made.await.map_err(|_| Problem::busy("Het voorbereiden liep vast."))? {
            Ok(Made::Rerun(made)) => reruns.push((wave, made)),
            Ok(Made::Waits) => waiting.push(wave.id),
            Ok(Made::Untouched) => {}
            Err(refusal) => return Err(Problem::refused(&refusal)),
        }
    }
    Ok((reruns, waiting))
}

enum Made {
    Rerun(Rerun),
    Waits,
    Untouched,
}

impl From<Option<Rerun>> for Made {
    fn from(made: Option<Rerun>) -> Self {
        made.map_or(Self::Untouched, Self::Rerun)
    }
}

fn about(own: &[u8], request: &Request) -> bool {
    loket_instances::matching::read::read_wave(own).is_ok_and(|loaded| !request.about(&loaded).changes_nothing())
}

async fn view(app: &App, batch: Batch) -> Result<Herberekening, Problem> {
    let mut lichtingen = Vec::new();
    for touched in batch.waves {
        let run = app.store.run(&touched.run).await?.ok_or_else(Problem::unknown)?;
        let planned = run.job.status.is_some_and(Verdict::has_plan) && run.job.state.ended();
        let before = run.before.as_deref().filter(|_| planned);
        lichtingen.push(Voorstel {
            lichting: touched.wave,
            verschil: before.map(|before| format!("/v1/berekeningen/{}/verschil?met={}", segment(&touched.run), segment(before))),
            berekening: touched.run,
            besluit: touched.state.code().into(),
            status: run.job.status.map(|it| it.code().to_owned()),
            opmerkingen: touched.remarks,
            werk: Werk::from(&run.job),
        });
    }
    let states: Vec<JobState> = lichtingen.iter().map(|it| it.werk.toestand).collect();
    let gereed = states.iter().filter(|it| it.ended()).count();
    let toestand = match (gereed == states.len(), states.iter().all(|it| *it == JobState::Wachtrij)) {
        (true, _) if states.iter().all(|it| *it == JobState::Klaar) => JobState::Klaar,
        (true, _) => JobState::Mislukt,
        (false, true) => JobState::Wachtrij,
        (false, false) => JobState::Bezig,
    };
    Ok(Herberekening {
        id: batch.id,
        aanleiding: batch.cause,
        toestand,
        gereed,
        totaal: states.len(),
        lichtingen,
        gevraagd_op: written(batch.created),
        versie: batch.version,
    })
}

async fn answer(app: &App, status: StatusCode, batch: Batch) -> Result<Response, Problem> {
    let (tag, place) = (tag(batch.version), format!("/v1/herberekeningen/{}", batch.id));
    let view = view(app, batch).await?;
    let mut response = working(status, view.toestand, &place, Json(view));
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// Alle herberekeningen, de nieuwste eerst
#[utoipa::path(get, path = "/herberekeningen", tag = "uitval", operation_id = "herberekeningen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Herberekening>), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, page: Page) -> Result<impl IntoResponse, Problem> {
    let (batches, all) = app.store.batches(page.skip(), page.size).await?;
    let mut resultaten = Vec::new();
    for batch in batches {
        resultaten.push(view(&app, batch).await?);
    }
    Ok((page.links(all), Json(Pagina::<Herberekening> { resultaten, totaal: all })))
}

/// Eén herberekening, met de voortgang per lichting
#[utoipa::path(get, path = "/herberekeningen/{herberekening}", tag = "uitval", operation_id = "herberekening", params(("herberekening" = String, Path)),
    responses((status = 200, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let batch = app.store.batch(&id).await?.ok_or_else(Problem::unknown)?;
    answer(&app, StatusCode::OK, batch).await
}

/// Aanvaard de voorstellen van een herberekening: nu pas verandert er iets
#[utoipa::path(post, path = "/herberekeningen/{herberekening}/aanvaarding", tag = "uitval", operation_id = "herberekeningAanvaarden",
    params(("herberekening" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Option<Value>, content_type = "application/json", description = "{ \"lichtingen\": [\"…\"] }; zonder lijst: alle"),
    responses((status = 200, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn accept(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    deed: Deed,
    MaybeJson(body): MaybeJson,
) -> Result<Response, Problem> {
    let batch = app.store.batch(&id).await?.ok_or_else(Problem::unknown)?;
    if deed.done() {
        return settled(&app, Accepted::Done(Vec::new()), &id, "aanvaarding").await;
    }
    let body = body.unwrap_or_else(|| json!({}));
    let mut fields = Fields::new(&body);
    let mut wanted = fields.texts("lichtingen", 10_000);
    fields.finish(Some(()))?;
    if wanted.is_empty() {
        wanted = batch.waves.iter().filter(|it| it.state == ProposalState::Open).map(|it| it.wave.clone()).collect();
    }
    let mut accepted = Vec::new();
    for wave in wanted {
        let Some(touched) = batch.waves.iter().find(|it| it.wave == wave) else {
            return Err(Problem::mistake(
                "onbekende-verwijzing",
                "/lichtingen",
                format!("{wave} hoort niet bij deze herberekening"),
                "kies uit haar lichtingen",
            ));
        };
        accepted.push(acceptance(&app, &wave, &touched.run).await?);
    }
    settled(&app, app.store.accept_batch(&id, expected.version(), &accepted, &caller.who).await?, &id, "aanvaarding").await
}

/// Wijs de voorstellen van een herberekening af: alles blijft zoals het is
#[utoipa::path(post, path = "/herberekeningen/{herberekening}/afwijzing", tag = "uitval", operation_id = "herberekeningAfwijzen",
    params(("herberekening" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Herberekening), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn decline(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    deed: Deed,
) -> Result<Response, Problem> {
    if deed.done() {
        return settled(&app, Accepted::Done(Vec::new()), &id, "afwijzing").await;
    }
    settled(&app, app.store.decline_batch(&id, expected.version(), &caller.who).await?, &id, "afwijzing").await
}

async fn settled(app: &App, accepted: Accepted, id: &str, yours: &str) -> Result<Response, Problem> {
    match accepted {
        Accepted::Done(_) => {
            let batch = app.store.batch(id).await?.ok_or_else(Problem::unknown)?;
            let mut response = answer(app, StatusCode::OK, batch).await?;
            response.headers_mut().insert(
                header::CONTENT_LOCATION,
                HeaderValue::try_from(format!("/v1/herberekeningen/{}", segment(id))).map_err(|_| Problem::unknown())?,
            );
            Ok(response)
        }
        Accepted::Unknown => Err(Problem::unknown()),
        Accepted::Stale(batch) => {
            let now = serde_json::to_value(view(app, *batch).await?).unwrap_or_default();
            Err(Problem::stale(now, json!(yours)))
        }
        Accepted::NotNow(list) => {
            let mistakes = list
                .into_iter()
                .map(|(wave, why)| Fout::new("past-niet", format!("lichting {wave}"), why, "bekijk deze lichting apart"))
                .collect();
            let mut problem = Problem::conflict("Niet elk voorstel kan aanvaard worden; er is niets veranderd.");
            problem.fouten = mistakes;
            Err(problem)
        }
    }
}
