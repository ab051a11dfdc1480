//! `/beleid/{beleid}/{nummer}/beleidsproeven` and `…/bewaarprijzen`: a policy tried on waves of before, in counts, before somebody approves it;
//! and what was scarce in those waves, as prices that it may save by.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::trials::{SavingWanted, TrialWanted};
use super::shapes::policy::named;
use super::shapes::saving::Bewaarprijzen;
use super::shapes::trial::Beleidsproef;
use crate::access::Role;
use crate::actions::{Asked, saving, trials};
use crate::records::address::segment;
use crate::records::trial::Told;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may read what came of it; an administrator without counts.
const READING: &[Role] = &[Role::Intermediair, Role::Beheerder];
/// Who tries.
const TRYING: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(READING, routes!(list)))
        .routes(only(TRYING, routes!(ask)))
        .routes(only(READING, routes!(read)))
        .routes(only(TRYING, routes!(stop)))
        .routes(only(TRYING, routes!(prices)))
}

/// Whether somebody sees counts of a few people.
fn small(asked: &Asked) -> bool {
    asked.caller.role() == Role::Intermediair
}

fn answer(asked: &Asked, status: StatusCode, told: Told) -> Result<Response, Problem> {
    let (name, number) = (segment(&told.trial.policy.name), told.trial.policy.number);
    let place = format!("/v1/beleid/{name}/{number}/beleidsproeven/{}", told.trial.id);
    let place = HeaderValue::try_from(place).map_err(|_| Problem::unknown())?;
    Ok((status, [(header::LOCATION, place)], Json(Beleidsproef::new(told, small(asked)))).into_response())
}

/// De proeven met een beleid, de nieuwste eerst
#[utoipa::path(get, path = "/beleid/{beleid}/{nummer}/beleidsproeven", tag = "beleid", operation_id = "beleidsproeven",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Beleidsproef>)))]
async fn list(State(app): State<App>, asked: Asked, Ids(ids): Ids<(String, String)>, page: Page) -> Result<Response, Problem> {
    let named = named(ids)?;
    let mut reading = app.store.snapshot().await?;
    reading.policy(&named).await?.ok_or_else(Problem::unknown)?;
    let (trials, all) = reading.trials(&named, page.skip(), page.size).await?;
    let resultaten = trials.into_iter().map(|it| Beleidsproef::new(it, small(&asked))).collect();
    Ok((page.links(all), Json(Pagina::<Beleidsproef> { resultaten, totaal: all })).into_response())
}

/// Probeer een beleid op lichtingen van eerder: elke lichting wordt berekend met het oude en met dit beleid
#[utoipa::path(post, path = "/beleid/{beleid}/{nummer}/beleidsproeven", tag = "beleid", operation_id = "beleidsproefDoen",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(TrialWanted),
    responses((status = 202, body = Beleidsproef)))]
async fn ask(
    State(app): State<App>,
    asked: Asked,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    Read(body): Read<TrialWanted>,
) -> Result<Response, Problem> {
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let told = trials::ask(&app.store, &asked, &named(ids)?, body.into(), most).await?;
    answer(&asked, StatusCode::ACCEPTED, told)
}

fn which((name, number, trial): (String, String, String)) -> Result<(crate::records::policy::Named, String), Problem> {
    Ok((named((name, number))?, trial))
}

/// Eén proef met een beleid
#[utoipa::path(get, path = "/beleid/{beleid}/{nummer}/beleidsproeven/{beleidsproef}", tag = "beleid", operation_id = "beleidsproef",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("beleidsproef" = String, Path)), responses((status = 200, body = Beleidsproef)))]
async fn read(State(app): State<App>, asked: Asked, Ids(ids): Ids<(String, String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let (named, trial) = which(ids)?;
    answer(&asked, StatusCode::OK, trials::read(&app.store, &named, &trial).await?)
}

/// Breek een proef met een beleid af; lichtingen die klaar zijn, houden hun uitkomst
#[utoipa::path(post, path = "/beleid/{beleid}/{nummer}/beleidsproeven/{beleidsproef}/afbreking", tag = "beleid", operation_id = "beleidsproefAfbreken",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("beleidsproef" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 202, body = Beleidsproef)))]
async fn stop(State(app): State<App>, asked: Asked, Ids(ids): Ids<(String, String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let (named, trial) = which(ids)?;
    answer(&asked, StatusCode::ACCEPTED, trials::stop(&app.store, &asked, &named, &trial).await?)
}

/// Wat er schaars was in lichtingen van eerder, als prijzen die in een beleid kunnen staan; er verandert niets
#[utoipa::path(post, path = "/beleid/{beleid}/{nummer}/bewaarprijzen", tag = "beleid", operation_id = "bewaarprijzen",
    params(("beleid" = String, Path), ("nummer" = String, Path)), request_body = inline(SavingWanted),
    responses((status = 200, body = Bewaarprijzen)))]
async fn prices(
    State(app): State<App>,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    Read(body): Read<SavingWanted>,
) -> Result<Response, Problem> {
    let found = saving::propose(&app.store, &named(ids)?, &body.lichtingen).await?;
    Ok(Json(Bewaarprijzen::new(body.lichtingen, found)).into_response())
}
