//! `/trechter` and `/metingen`: how far people came, wave by wave, against the targets; completed by hand, laid down, and approved.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::funnel::{Completion, SnapshotWish};
use super::shapes::funnel::{Meting, MetingMetTrechter, Trechter};
use crate::access::Role;
use crate::actions::{Asked, funnel};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who makes them.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who sees them.
const SEEING: &[Role] = &[Role::Intermediair, Role::Beheerder];
/// Who sees snapshots: the steering group those that were approved.
const READING: &[Role] = &[Role::Intermediair, Role::Beheerder, Role::Lezer];
/// Who approves snapshots.
const APPROVING: &[Role] = &[Role::Beheerder];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(SEEING, routes!(read)))
        .routes(only(ROLES, routes!(complete)))
        .routes(only(READING, routes!(list)))
        .routes(only(ROLES, routes!(take)))
        .routes(only(READING, routes!(one)))
        .routes(only(APPROVING, routes!(approve)))
}

/// De trechter op een dag: hoeveel van hoeveel mensen elke stap haalden, en wat dat zegt
#[utoipa::path(get, path = "/trechter", tag = "trechter", operation_id = "trechter",
    params(("peildatum" = Option<String>, Query, format = Date)), responses((status = 200, body = Trechter)))]
async fn read(State(app): State<App>, mut keys: Keys) -> Result<Json<Trechter>, Problem> {
    let day = keys.day("peildatum").unwrap_or_else(|| app.store.clock().today());
    keys.finish()?;
    let found = funnel::now(&app.store, day).await?;
    Ok(Json(Trechter::of(&found.monitor, Some(found.undated))))
}

/// Vul aantallen van een lichting aan die de dienst niet kan weten
#[utoipa::path(patch, path = "/trechter/{halfjaar}", tag = "trechter", operation_id = "trechterAanvullen",
    request_body = inline(Completion), params(("halfjaar" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Trechter)))]
async fn complete(
    State(app): State<App>,
    asked: Asked,
    Ids(wave): Ids<String>,
    _: NoKeys,
    Read(body): Read<Completion>,
) -> Result<Json<Trechter>, Problem> {
    let numbers: Vec<(String, Option<i64>)> = body.aantallen.into_iter().map(|it| (it.wat.to_owned(), it.aantal)).collect();
    let found = funnel::complete(&app.store, &asked, &wave, &numbers, app.store.clock().today()).await?;
    Ok(Json(Trechter::of(&found.monitor, Some(found.undated))))
}

/// De metingen van de trechter, de nieuwste eerst; een lezer ziet die goedgekeurd zijn
#[utoipa::path(get, path = "/metingen", tag = "trechter", operation_id = "metingen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Meting>)))]
async fn list(State(app): State<App>, asked: Asked, page: Page) -> Result<impl IntoResponse, Problem> {
    let (found, all) = funnel::snapshots(&app.store, &asked, page.skip(), page.size).await?;
    let resultaten = found.into_iter().map(Meting::from).collect();
    Ok((page.links(all), Json(Pagina::<Meting> { resultaten, totaal: all })))
}

/// Leg de trechter van een dag vast: een meting verandert daarna nooit, een verbetering is een nieuwe
#[utoipa::path(post, path = "/metingen", tag = "trechter", operation_id = "metingVastleggen",
    request_body = inline(SnapshotWish), params(("Idempotency-Key" = Option<String>, Header)), responses((status = 201, body = Meting)))]
async fn take(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<SnapshotWish>) -> Result<Response, Problem> {
    let bad = || Problem::mistake("datum", "/peildatum", "dit is geen dag", "schrijf een dag als 2026-11-01");
    let day = body.peildatum.parse().map_err(|_| bad())?;
    let note = body.toelichting.unwrap_or_default();
    let made = funnel::take(&app.store, &asked, day, body.verbetert.as_deref(), &note).await?;
    let place = HeaderValue::try_from(format!("/v1/metingen/{}", made.id)).map_err(|_| Problem::unknown())?;
    Ok((StatusCode::CREATED, [(header::LOCATION, place)], Json(Meting::from(made))).into_response())
}

/// Eén meting, met wat zij zegt
#[utoipa::path(get, path = "/metingen/{meting}", tag = "trechter", operation_id = "meting",
    params(("meting" = String, Path)), responses((status = 200, body = MetingMetTrechter)))]
async fn one(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Json<MetingMetTrechter>, Problem> {
    let found = funnel::snapshot(&app.store, &asked, &id).await?;
    let trechter = Trechter::of(&funnel::says(&found)?, None);
    Ok(Json(MetingMetTrechter { trechter, meting: found.into() }))
}

/// Keur een meting goed: iemand anders dan wie haar vastlegde
#[utoipa::path(post, path = "/metingen/{meting}/goedkeuring", tag = "trechter", operation_id = "metingGoedkeuren",
    params(("meting" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = Meting)))]
async fn approve(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Json<Meting>, Problem> {
    Ok(Json(funnel::approve(&app.store, &asked, &id).await?.into()))
}
