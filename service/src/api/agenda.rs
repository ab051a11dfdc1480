//! `/lichtingen/{lichting}/agenda`, `/besturen/{bestuur}/agenda`, `/coaches/{coach}/agenda` and `/antwoordkoppelingen/agenda`: days to put in
//! a calendar (iCalendar).

use axum::extract::State;
use axum::middleware::from_fn;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::answers::LinkShown;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::papers::agenda;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::guard;
use crate::serve::papers::days;
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may have the days of a wave.
const ALL: &[Role] = &[Role::Intermediair];
/// Who may have those of a board; a board its own.
const BOARD: &[Role] = &[Role::Intermediair, Role::Bestuur];
/// Who may have those of a coach; a coach the own ones.
const COACH: &[Role] = &[Role::Intermediair, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ALL, routes!(of_wave))).routes(only(BOARD, routes!(of_board))).routes(only(COACH, routes!(of_coach)))
}

/// What whoever has a link may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(own)).route_layer(from_fn(guard::matched))
}

/// De dagen van een lichting voor een agenda: eerste dagen en dagen om te antwoorden, zonder namen van mensen
#[utoipa::path(get, path = "/lichtingen/{lichting}/agenda", tag = "papier", operation_id = "lichtingAgenda", params(("lichting" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar")))]
async fn of_wave(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(days(&agenda::of_wave(&app.store, &id).await?))
}

/// De dagen van een bestuur voor een agenda, zonder namen van mensen
#[utoipa::path(get, path = "/besturen/{bestuur}/agenda", tag = "papier", operation_id = "bestuurAgenda", params(("bestuur" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar")))]
async fn of_board(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(days(&agenda::of_board(&app.store, &asked, &id).await?))
}

/// De dagen van een coach voor een agenda, zonder namen van mensen
#[utoipa::path(get, path = "/coaches/{coach}/agenda", tag = "papier", operation_id = "coachAgenda", params(("coach" = String, Path)),
    responses((status = 200, body = String, content_type = "text/calendar")))]
async fn of_coach(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(days(&agenda::of_coach(&app.store, &asked, &id).await?))
}

/// Uw eigen dagen voor een agenda, met uw persoonlijke koppeling
#[utoipa::path(post, path = "/antwoordkoppelingen/agenda", tag = "antwoordkoppelingen", operation_id = "koppelingAgenda", security(()),
    request_body = inline(LinkShown), responses((status = 200, body = String, content_type = "text/calendar"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn own(State(app): State<App>, _: NoKeys, Read(body): Read<LinkShown>) -> Result<Response, Problem> {
    Ok(days(&agenda::by_link(&app.store, &body.koppeling).await?))
}
