//! `/lichtingen/{id}/overdracht`: who has no place goes on to the next wave.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::carry::{CarryTo, NextWave};
use super::bodies::policies::WantedPolicy;
use super::shapes::carry::Overdracht;
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::carry::{self, To};
use crate::actions::{Asked, policies, waves};
use crate::desk::prefill::Wanted;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::ids;

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(carry_over)))
}

/// Laat wie geen plaats kreeg overgaan naar de volgende lichting; wie al overging gaat niet nog eens
#[utoipa::path(post, path = "/lichtingen/{lichting}/overdracht", tag = "lichtingen", operation_id = "overdragen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(CarryTo),
    responses((status = 200, body = Overdracht)))]
async fn carry_over(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    Read(body): Read<CarryTo>,
) -> Result<Response, Problem> {
    app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let to = match (body.nieuw, body.naar) {
        (Some(new), _) => To::New(Box::new(wanted(&app, new).await.map_err(within_new)?)),
        (None, to) => To::Wave(to.unwrap_or_default()),
    };
    let carried = carry::carry(&app.store, &asked, &id, to, app.settings.seat_months).await;
    let names = Names::seen_by(&app, &asked).await?;
    let carried = carried.map_err(|refused| names.in_problem(refused.into()))?;
    Ok(Json(Overdracht::of(id, carried, &names)).into_response())
}

/// What is wrong with the new wave stands below that key.
fn within_new(mut problem: Problem) -> Problem {
    for wrong in problem.fouten.iter_mut().filter(|it| it.plaats.starts_with('/')) {
        wrong.plaats.insert_str(0, "/nieuw");
    }
    problem
}

async fn wanted(app: &App, new: NextWave) -> Result<Wanted, Problem> {
    let bad = || Problem::mistake("datum", "/van", "van is geen datum", "schrijf een datum als 2026-09-01");
    let period = new.period().ok_or_else(bad)?;
    waves::meant(&app.store, (&new.van, &new.tot), new.bevestigd.unwrap_or_default())?;
    let NextWave { id, naam: name, fase: phase, beleid, .. } = new;
    let policy = match beleid {
        None => None,
        Some(WantedPolicy::Own(row)) => Some(*row),
        Some(WantedPolicy::Named(named)) => Some(policies::chosen(&mut app.store.read(), &named, phase).await?),
    };
    Ok(Wanted { id: id.unwrap_or_else(ids::new), name, phase, period, candidates: None, policy })
}
