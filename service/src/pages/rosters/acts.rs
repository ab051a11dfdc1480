//! What is done on the page of a roster: compute, stop, decide about somebody's meeting, publish and take away.

use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use loket_solver::common::words::Word;

use super::ROLES;
use crate::actions::Refused;
use crate::actions::rosters::decisions::{Wanted, decide, withdraw};
use crate::actions::rosters::{self, guides, publication, runs};
use crate::pages::declared::Pages;
use crate::pages::done::Done;
use crate::pages::form::Form;
use crate::pages::frame::{after, to};
use crate::pages::paths;
use crate::pages::visitor::Visitor;
use crate::records::roster::{Because, Named, Said};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new()
        .at(ROLES, paths::ROSTER_RUN, post(run))
        .at(ROLES, paths::ROSTER_STOP, post(stop))
        .at(ROLES, paths::ROSTER_DECIDE, post(say))
        .at(ROLES, paths::ROSTER_PUBLISH, post(publish))
        .at(ROLES, paths::ROSTER_GUIDES, post(keep))
        .at(ROLES, paths::ROSTER_REMOVE, post(remove))
}

/// The most that is kept of what is written beside a decision, in characters.
const MOST: usize = 500;

/// The longest that a run may take, seconds.
pub(super) fn most(app: &App) -> i64 {
    i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX)
}

async fn run(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    runs::ask(&app.store, &visitor.asked, &id, None, most(&app)).await?;
    Ok(after(&paths::roster(&id), Done::RosterAsked))
}

async fn stop(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let newest = app.store.read().roster_runs(&id, 0, 1).await?.0.into_iter().next().ok_or_else(Problem::unknown)?;
    runs::stop(&app.store, &visitor.asked, &newest.job.id).await?;
    Ok(after(&paths::roster(&id), Done::RosterStopped))
}

async fn say(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let unit = form.text("wie").to_owned();
    let back = paths::with(paths::roster(&id), &[("wie", &unit)]);
    let moment = form.some("moment").map(str::to_owned);
    let version = form.number("versie").unwrap_or_default();
    let text = |field: &str| form.some(field).map(str::to_owned);
    if form.text("besluit") == "terug" {
        let done = withdraw(&app.store, &visitor.asked, &id, (&unit, moment.as_deref()), version).await;
        return match done {
            Err(Refused::Stale(_)) => Ok(after(&back, Done::RosterMeanwhile)),
            done => done.map(|_| after(&back, Done::RosterTakenBack)).map_err(|refused| refused.with_now(|_| ()).into()),
        };
    }
    let plans = form.text("besluit") == "plan";
    let said = match form.text("besluit") {
        "akkoord" => Said::Akkoord,
        "afgewezen" => Said::Afgewezen,
        _ => Said::Vast,
    };
    let named = match plans {
        true => Named {
            moment: text("dagdeel"),
            series: text("reeks"),
            offer: text("aanbod"),
            location: text("locatie"),
            person: text("persoon"),
        },
        false => Named::default(),
    };
    let because = form.some("reden").and_then(Because::parse).filter(|_| said == Said::Afgewezen);
    if said == Said::Afgewezen && because.is_none() {
        let place = paths::with(paths::roster(&id), &[("wie", &unit), ("reden", "ontbreekt")]);
        return Ok(to(&place));
    }
    let note = text("toelichting").filter(|_| said == Said::Afgewezen).map(|it| it.chars().take(MOST).collect());
    let wanted = Wanted { unit, moment, said, named, because, note };
    let decided = match decide(&app.store, &visitor.asked, &id, version, wanted).await {
        // The page shows what stands now.
        Err(Refused::Stale(_)) => return Ok(after(&back, Done::RosterMeanwhile)),
        done => done.map_err(|refused| refused.with_now(|_| ()))?,
    };
    if plans && !decided.followed {
        runs::ask(&app.store, &visitor.asked, &id, None, most(&app)).await?;
        return Ok(after(&back, Done::RosterPlanned));
    }
    Ok(after(&back, Done::RosterDecided))
}

async fn publish(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    publication::publish(&app.store, &visitor.asked, &id, version).await.map_err(|refused| refused.with_now(|_| ()))?;
    Ok(after(&paths::roster(&id), Done::RosterPublished))
}

async fn keep(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>) -> Result<Response, Problem> {
    let done = guides::keep(&app.store, &visitor.asked, &id).await?;
    Ok(after(&paths::roster(&id), if done.kept.is_empty() { Done::RosterNoGuides } else { Done::RosterGuides }))
}

async fn remove(State(app): State<App>, visitor: Visitor, Ids(id): Ids<String>, form: Form) -> Result<Response, Problem> {
    let version = form.number("versie").unwrap_or_default();
    rosters::drop(&app.store, &visitor.asked, &id, version).await.map_err(|refused| refused.with_now(|_| ()))?;
    Ok(after(paths::ROSTERS, Done::RosterRemoved))
}
