//! `/lichtingen/{lichting}/lijst/pdf`, `/besturen/{bestuur}/lijst/pdf` and `/coaches/{coach}/lijst/pdf`: placements on paper.

use axum::extract::State;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::file::Pdf;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::papers::lists::{self, Part};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::papers::printed;
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may have the list of a wave.
const ALL: &[Role] = &[Role::Intermediair];
/// Who may have the list of a board; a board its own.
const BOARD: &[Role] = &[Role::Intermediair, Role::Bestuur];
/// Who may have the list of a coach; a coach the own one.
const COACH: &[Role] = &[Role::Intermediair, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ALL, routes!(of_wave))).routes(only(BOARD, routes!(of_board))).routes(only(COACH, routes!(of_coach)))
}

/// Het plan van een lichting als lijst per school, om af te drukken: van alles, of van één bestuur, school of coach
#[utoipa::path(get, path = "/lichtingen/{lichting}/lijst/pdf", tag = "papier", operation_id = "lijstPdf",
    params(("lichting" = String, Path),
        ("bestuur" = Option<String>, Query, description = "alleen van scholen van dit bestuur"),
        ("school" = Option<String>, Query, description = "alleen van deze school"),
        ("coach" = Option<String>, Query, description = "alleen met deze coach")),
    responses((status = 200, body = inline(Pdf), content_type = "application/pdf"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn of_wave(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let part = Part { board: keys.text("bestuur"), school: keys.text("school"), coach: keys.text("coach") };
    keys.finish()?;
    printed(&app, lists::of_wave(&app.store, &asked, &id, &part).await?).await
}

/// Wat er voor de scholen van een bestuur is voorgesteld en vastgesteld, als lijst om af te drukken; namen na het eigen ja
#[utoipa::path(get, path = "/besturen/{bestuur}/lijst/pdf", tag = "papier", operation_id = "bestuurLijstPdf", params(("bestuur" = String, Path)),
    responses((status = 200, body = inline(Pdf), content_type = "application/pdf")))]
async fn of_board(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    printed(&app, lists::of_board(&app.store, &asked, &id).await?).await
}

/// Wie een coach begeleidt of aanvaard heeft, als lijst om af te drukken
#[utoipa::path(get, path = "/coaches/{coach}/lijst/pdf", tag = "papier", operation_id = "coachLijstPdf", params(("coach" = String, Path)),
    responses((status = 200, body = inline(Pdf), content_type = "application/pdf")))]
async fn of_coach(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    printed(&app, lists::of_coach(&app.store, &asked, &id).await?).await
}
