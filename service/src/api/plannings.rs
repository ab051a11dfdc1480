//! `/meerjarenplannen` and `/meerjarenplanberekeningen`: how many can start over the years, with which coaches, for what money.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::plannings::{PlanFile, PlanningRunWanted};
use super::bodies::{MaybeRead, Read};
use super::shapes::names::Names;
use super::shapes::planning::{
    Meerjarenplan, MeerjarenplanMetMeldingen, Meerjarenplanberekening, Meerjarenplanversie, Meerjarenplanversies,
};
use super::shapes::remark::Melding;
use super::shapes::work::{segment, working};
use crate::access::Role;
use crate::actions::planning::{self, Told, runs};
use crate::actions::{Asked, Refused};
use crate::records::planning::{Planning, PlanningRun, PlanningWish};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::events::stream;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::serve::workbooks::XLSX;
use crate::serve::{papers, plans};

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list, create)))
        .routes(only(ROLES, routes!(read, withdraw)))
        .routes(only(ROLES, routes!(file, replace)))
        .routes(only(ROLES, routes!(sheets)))
        .routes(only(ROLES, routes!(versions)))
        .routes(only(ROLES, routes!(all_runs, ask)))
        .routes(only(ROLES, routes!(run)))
        .routes(only(ROLES, routes!(events)))
        .routes(only(ROLES, routes!(stop)))
        .routes(only(ROLES, routes!(outcome)))
        .routes(only(ROLES, routes!(report)))
}

/// A refusal with the plan as it is now.
fn stale(refused: Refused<Planning>) -> Problem {
    Problem::of(refused, |planning| json!(Meerjarenplan::from(planning)), Value::Null)
}

async fn known(app: &App, id: &str) -> Result<Planning, Problem> {
    app.store.read().planning(id).await?.ok_or_else(Problem::unknown)
}

/// De meerjarenplannen, het nieuwste eerst
#[utoipa::path(get, path = "/meerjarenplannen", tag = "meerjarenplannen", operation_id = "meerjarenplannen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Meerjarenplan>)))]
async fn list(State(app): State<App>, page: Page) -> Result<impl IntoResponse, Problem> {
    let (plannings, all) = app.store.read().plannings(page.skip(), page.size).await?;
    let resultaten = plannings.into_iter().map(Meerjarenplan::from).collect();
    Ok((page.links(all), Json(Pagina::<Meerjarenplan> { resultaten, totaal: all })))
}

async fn answer(app: &App, asked: &Asked, status: StatusCode, told: Told) -> Result<Response, Problem> {
    let names = Names::seen_by(app, asked).await?;
    let Told { planning, remarks } = told;
    let place = HeaderValue::try_from(format!("/v1/meerjarenplannen/{}", segment(&planning.id))).map_err(|_| Problem::unknown())?;
    let tag = tag(planning.version);
    let body = MeerjarenplanMetMeldingen { plan: planning.into(), meldingen: Melding::all(remarks, &names) };
    Ok((status, [(header::ETAG, tag), (header::LOCATION, place)], Json(body)).into_response())
}

/// Een nieuw meerjarenplan, van een bestand (loket-meerjarenplan/1)
#[utoipa::path(post, path = "/meerjarenplannen", tag = "meerjarenplannen", operation_id = "meerjarenplanMaken",
    request_body = inline(PlanFile), params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = MeerjarenplanMetMeldingen)))]
async fn create(State(app): State<App>, asked: Asked, _: NoKeys, Read(sent): Read<PlanFile>) -> Result<Response, Problem> {
    let told = planning::make(&app.store, &asked, &sent.0).await?;
    answer(&app, &asked, StatusCode::CREATED, told).await
}

/// Eén meerjarenplan
#[utoipa::path(get, path = "/meerjarenplannen/{plan}", tag = "meerjarenplannen", operation_id = "meerjarenplan",
    params(("plan" = String, Path)), responses((status = 200, body = Meerjarenplan)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let planning = known(&app, &id).await?;
    Ok(([(header::ETAG, tag(planning.version))], Json(Meerjarenplan::from(planning))).into_response())
}

/// Haal een meerjarenplan weg, met zijn versies en berekeningen
#[utoipa::path(delete, path = "/meerjarenplannen/{plan}", tag = "meerjarenplannen", operation_id = "meerjarenplanWeghalen",
    params(("plan" = String, Path), ("If-Match" = String, Header)), responses((status = 204)))]
async fn withdraw(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    planning::drop(&app.store, &asked, &id, expected.version()).await.map_err(stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Het bestand (loket-meerjarenplan/1) van de nieuwste versie
#[utoipa::path(get, path = "/meerjarenplannen/{plan}/bestand", tag = "meerjarenplannen", operation_id = "meerjarenplanBestand",
    params(("plan" = String, Path)), responses((status = 200, body = Object)))]
async fn file(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let planning = known(&app, &id).await?;
    let bytes = app.store.read().input(&planning.input).await?.ok_or_else(Problem::unknown)?;
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::ETAG, tag(planning.version)), (header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// Een nieuwe versie van een meerjarenplan
#[utoipa::path(put, path = "/meerjarenplannen/{plan}/bestand", tag = "meerjarenplannen", operation_id = "meerjarenplanVeranderen",
    request_body = inline(PlanFile), params(("plan" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = MeerjarenplanMetMeldingen)))]
async fn replace(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(sent): Read<PlanFile>,
) -> Result<Response, Problem> {
    let told = planning::replace(&app.store, &asked, &id, expected.version(), &sent.0, "").await.map_err(stale)?;
    answer(&app, &asked, StatusCode::OK, told).await
}

/// De nieuwste versie als werkmap (xlsx)
#[utoipa::path(get, path = "/meerjarenplannen/{plan}/werkmap", tag = "meerjarenplannen", operation_id = "meerjarenplanWerkmap",
    params(("plan" = String, Path)),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn sheets(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(papers::file(XLSX, "meerjarenplan.xlsx", plans::sheets(&app, &id).await?.1))
}

/// De versies van een meerjarenplan, de nieuwste eerst
#[utoipa::path(get, path = "/meerjarenplannen/{plan}/versies", tag = "meerjarenplannen", operation_id = "meerjarenplanVersies",
    params(("plan" = String, Path)), responses((status = 200, body = Meerjarenplanversies)))]
async fn versions(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    known(&app, &id).await?;
    let all = app.store.read().planning_versions(&id).await?;
    let resultaten: Vec<Meerjarenplanversie> = all.into_iter().map(Meerjarenplanversie::from).collect();
    Ok(Json(Meerjarenplanversies { totaal: resultaten.len(), resultaten }).into_response())
}

/// A run as an answer.
fn told(status: StatusCode, run: PlanningRun) -> Response {
    let (state, place) = (run.job.state, format!("/v1/meerjarenplanberekeningen/{}", run.job.id));
    working(status, state, &place, Json(Meerjarenplanberekening::from(run)))
}

/// De berekeningen van een meerjarenplan, de nieuwste eerst
#[utoipa::path(get, path = "/meerjarenplannen/{plan}/berekeningen", tag = "meerjarenplannen", operation_id = "meerjarenplanBerekeningen",
    params(("plan" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Meerjarenplanberekening>)))]
async fn all_runs(State(app): State<App>, Ids(id): Ids<String>, page: Page) -> Result<impl IntoResponse, Problem> {
    known(&app, &id).await?;
    let (runs, all) = app.store.read().planning_runs(&id, page.skip(), page.size).await?;
    let resultaten = runs.into_iter().map(Meerjarenplanberekening::from).collect();
    Ok((page.links(all), Json(Pagina::<Meerjarenplanberekening> { resultaten, totaal: all })))
}

/// Bereken een meerjarenplan zoals het is, of met de keuzes vrij die nog genomen moeten worden
#[utoipa::path(post, path = "/meerjarenplannen/{plan}/berekeningen", tag = "meerjarenplannen", operation_id = "meerjarenplanBerekenen",
    params(("plan" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(Option<PlanningRunWanted>),
    responses((status = 202, body = Meerjarenplanberekening)))]
async fn ask(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<PlanningRunWanted>,
) -> Result<Response, Problem> {
    let wish = PlanningWish {
        seconds: body.rekentijd,
        free: body.vrij.unwrap_or_default(),
        scenarios: body.scenarios.unwrap_or_default(),
        sensitivity: body.gevoeligheid.unwrap_or_default(),
    };
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    Ok(told(StatusCode::ACCEPTED, runs::ask(&app.store, &asked, &id, wish, most).await?))
}

async fn known_run(app: &App, id: &str) -> Result<PlanningRun, Problem> {
    app.store.read().planning_run(id).await?.ok_or_else(Problem::unknown)
}

/// Eén berekening van een meerjarenplan, met haar voortgang
#[utoipa::path(get, path = "/meerjarenplanberekeningen/{berekening}", tag = "meerjarenplannen", operation_id = "meerjarenplanBerekening",
    params(("berekening" = String, Path)), responses((status = 200, body = Meerjarenplanberekening)))]
async fn run(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(told(StatusCode::OK, known_run(&app, &id).await?))
}

/// De gebeurtenissen van een berekening van een meerjarenplan, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/meerjarenplanberekeningen/{berekening}/gebeurtenissen", tag = "meerjarenplannen",
    operation_id = "meerjarenplanGebeurtenissen",
    params(("berekening" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    known_run(&app, &id).await?;
    stream(app, id, &headers, Box::new(|_| {}))
}

/// Breek een berekening van een meerjarenplan af; is er al een plan gevonden, dan blijft het beste
#[utoipa::path(post, path = "/meerjarenplanberekeningen/{berekening}/afbreking", tag = "meerjarenplannen",
    operation_id = "meerjarenplanBerekeningAfbreken",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 202, body = Meerjarenplanberekening)))]
async fn stop(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(told(StatusCode::ACCEPTED, runs::stop(&app.store, &asked, &id).await?))
}

/// De uitkomst (loket-meerjarenplan-uitkomst/1), nagerekend voordat zij bewaard werd
#[utoipa::path(get, path = "/meerjarenplanberekeningen/{berekening}/uitkomst", tag = "meerjarenplannen", operation_id = "meerjarenplanUitkomst",
    params(("berekening" = String, Path)),
    responses((status = 200, body = Object), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn outcome(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let run = known_run(&app, &id).await?;
    let none = || {
        Problem::conflict(match run.job.state.ended() {
            true => "Deze berekening heeft geen plan opgeleverd; bij melding staat waarom.",
            false => "Deze berekening is nog niet klaar.",
        })
    };
    let bytes = app.store.read().result(&id).await?.ok_or_else(none)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response())
}

/// Het verslag van een berekening als werkmap (xlsx), voor een stuurgroep
#[utoipa::path(get, path = "/meerjarenplanberekeningen/{berekening}/werkmap", tag = "meerjarenplannen", operation_id = "meerjarenplanVerslag",
    params(("berekening" = String, Path)),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn report(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let run = known_run(&app, &id).await?;
    Ok(papers::file(XLSX, "meerjarenplan-verslag.xlsx", plans::report(&app, &run).await?))
}
