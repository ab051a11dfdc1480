//! `/kandidaten/zoekvraag` and `/coaches/zoekvraag`: people by name, asked in a body so that no name stands in an address.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::search::{CandidateSearch, CoachSearch};
use super::shapes::row::{Coach, Kandidaat};
use crate::access::Role;
use crate::actions::{Asked, register};
use crate::records::register::{Kind, Row, Standing};
use crate::serve::app::App;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(candidates))).routes(only(ROLES, routes!(coaches)))
}

/// Zoek kandidaten op een deel van hun naam
#[utoipa::path(post, path = "/kandidaten/zoekvraag", tag = "register", operation_id = "kandidatenZoeken",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(CandidateSearch),
    responses((status = 200, body = Pagina<Kandidaat>)))]
async fn candidates(State(app): State<App>, asked: Asked, page: Page, Read(body): Read<CandidateSearch>) -> Result<Response, Problem> {
    found::<Kandidaat>(&app, &asked, Kind::Candidate, (&body.naam, body.toestand), &page).await
}

/// Zoek coaches op een deel van hun naam
#[utoipa::path(post, path = "/coaches/zoekvraag", tag = "register", operation_id = "coachesZoeken",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(CoachSearch),
    responses((status = 200, body = Pagina<Coach>)))]
async fn coaches(State(app): State<App>, asked: Asked, page: Page, Read(body): Read<CoachSearch>) -> Result<Response, Problem> {
    found::<Coach>(&app, &asked, Kind::Coach, (&body.naam, None), &page).await
}

async fn found<T: From<Row> + Serialize>(
    app: &App,
    asked: &Asked,
    kind: Kind,
    what: (&str, Option<Standing>),
    page: &Page,
) -> Result<Response, Problem> {
    let (rows, all) = register::search(&app.store, asked, kind, what, (page.skip(), page.size)).await?;
    let resultaten = rows.into_iter().map(T::from).collect();
    Ok((page.links(all), Json(Pagina::<T> { resultaten, totaal: all })).into_response())
}
