//! What is done on the page of a multi-year plan: keep numbers, compute, stop, give it another file, and take it away.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;

use super::ROLES;
use super::fields::read;
use super::list::sent;
use super::show::drawn;
use crate::actions::planning::seen::{keep, seen};
use crate::actions::planning::{self, runs};
use crate::actions::{Asked, Refused};
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{Section, after, status};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::pages::wrong::Wrong;
use crate::records::planning::PlanningWish;
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::PLANNING_KEEP, post(put))
        .at(ROLES, paths::PLANNING_RUN, post(run))
        .at(ROLES, paths::PLANNING_STOP, post(stop))
        .at(ROLES, paths::PLANNING_REPLACE, post(replace))
        .at(ROLES, paths::PLANNING_REMOVE, post(remove))
}

/// The page again, with what was typed and why it was not kept.
async fn again(app: &App, visitor: &Visitor, id: &str, form: &Form, wrong: Wrong) -> Result<Response, Problem> {
    let page = drawn(app, visitor, id, form, Some(wrong)).await?;
    status(StatusCode::BAD_REQUEST, &page)
}

async fn put(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Planning).m;
    let now = seen(&app.store, &id).await?;
    if form.number("versie") != Some(now.planning.version) {
        return Ok(after(&paths::planning(&id), Done::PlanningStale));
    }
    let asked = read(m, &form, &now.numbers);
    if !asked.wrong.is_empty() {
        return again(&app, &visitor, &id, &form, Wrong::default()).await;
    }
    let note: String = form.text("toelichting").chars().take(500).collect();
    match keep(&app.store, &visitor.asked, &now, &asked.typed, &note).await {
        Ok(_) => Ok(after(&paths::planning(&id), Done::PlanningKept)),
        Err(Refused::Stale(_)) => Ok(after(&paths::planning(&id), Done::PlanningStale)),
        Err(Refused::Invalid(refusal)) => {
            let mut wrong = Wrong::default();
            wrong.take(&refusal.problems, |_| "");
            again(&app, &visitor, &id, &form, wrong).await
        }
        Err(other) => Err(other.with_now(|_| ()).into()),
    }
}

/// Asks for a run with the choices ahead free.
async fn run(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let wish = PlanningWish { seconds: None, free: true, scenarios: form.has("scenarios"), sensitivity: form.has("gevoeligheid") };
    let most = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    runs::ask(&app.store, &visitor.asked, &id, wish, most).await?;
    Ok(after(&paths::planning(&id), Done::PlanningAsked))
}

async fn stop(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let newest = app.store.read().planning_runs(&id, 0, 1).await?.0.into_iter().next().ok_or_else(Problem::unknown)?;
    runs::stop(&app.store, &visitor.asked, &newest.job.id).await?;
    Ok(after(&paths::planning(&id), Done::PlanningStopped))
}

async fn replace(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let m = visitor.frame(&app, Section::Planning).m;
    let mut wrong = Wrong::default();
    if let Some(sound) = sent(&app, m, &form, &mut wrong).await? {
        let version = form.number("versie").unwrap_or_default();
        match planning::replace(&app.store, &visitor.asked, &id, version, &sound, form.text("toelichting")).await {
            Ok(_) => return Ok(after(&paths::planning(&id), Done::PlanningKept)),
            Err(Refused::Stale(_)) => return Ok(after(&paths::planning(&id), Done::PlanningStale)),
            Err(Refused::Invalid(refusal)) => wrong.take(&refusal.problems, |_| "bestand"),
            Err(other) => return Err(other.with_now(|_| ()).into()),
        }
    }
    again(&app, &visitor, &id, &Form::default(), wrong).await
}

async fn remove(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    let asked: &Asked = &visitor.asked;
    planning::drop(&app.store, asked, &id, version).await.map_err(|refused| refused.with_now(|_| ()))?;
    let place = paths::with(paths::PLANNINGS.to_owned(), &[("alles", "ja")]);
    Ok(after(&place, Done::PlanningRemoved))
}
