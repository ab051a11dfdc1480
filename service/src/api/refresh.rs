//! `/lichtingen/{id}/verversing`: a wave is filled again from the register.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::MaybeRead;
use super::bodies::waves::Refreshing;
use super::shapes::names::Names;
use super::shapes::wave::{LichtingMetMeldingen, shown, told};
use crate::access::Role;
use crate::actions::refresh::{self, Refreshed};
use crate::actions::{Asked, Refused};
use crate::records::wave::Wave;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::Expected;
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(look, fill)))
}

/// Wat er verandert als de lichting opnieuw uit het register wordt gevuld: per rij wat verschilt, en welke besluiten vervallen
#[utoipa::path(get, path = "/lichtingen/{lichting}/verversing", tag = "lichtingen", operation_id = "lichtingVerversingBekijken",
    params(("lichting" = String, Path), ("aanvullen" = Option<bool>, Query)),
    responses((status = 200, body = LichtingMetMeldingen), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn look(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let more = keys.text("aanvullen");
    if more.as_deref().is_some_and(|it| it != "true" && it != "false") {
        keys.wrong(Fout::new("type", "aanvullen", "aanvullen is geen ja of nee", "schrijf true of false"));
    }
    keys.finish()?;
    let more = more.as_deref() == Some("true");
    let told = refresh::preview(&app.store, &asked, &id, more, app.settings.seat_months).await;
    answer(&app, &asked, told).await
}

/// Vul de lichting opnieuw uit het register: plekken, scholen, besturen en coaches zoals zij nu zijn; daarna is het voorstel verouderd
#[utoipa::path(post, path = "/lichtingen/{lichting}/verversing", tag = "lichtingen", operation_id = "lichtingVerversen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<Refreshing>),
    responses((status = 200, body = LichtingMetMeldingen)))]
async fn fill(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    MaybeRead(body): MaybeRead<Refreshing>,
) -> Result<Response, Problem> {
    let more = body.aanvullen.unwrap_or(false);
    let done = refresh::refresh(&app.store, &asked, (&id, expected.version()), more, app.settings.seat_months).await;
    answer(&app, &asked, done).await
}

async fn answer(app: &App, asked: &Asked, done: Result<Refreshed, Refused<Wave>>) -> Result<Response, Problem> {
    let names = Names::seen_by(app, asked).await?;
    match done {
        Ok(Refreshed { wave, remarks }) => Ok(told(StatusCode::OK, wave, remarks, &names)),
        Err(refused) => Err(names.in_problem(Problem::of(refused, shown, json!({ "verversing": true })))),
    }
}
