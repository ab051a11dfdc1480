//! The funnel on a day, with the snapshots that were laid down.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::snapshots::{Line, lines};
use super::table::{self, Shown, shown};
use super::{Part, ROLES, with_bar};
use crate::actions::funnel;
use crate::pages::declared::Pages;
use crate::pages::frame::{Frame, Section, page};
use crate::pages::visitor::Visitor;
use crate::pages::{days, paths};
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::problem::Problem;

/// Snapshots beside it.
const BESIDE: i64 = 6;

/// The page of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(ROLES, paths::MONITOR, get(show))
}

#[derive(Template)]
#[template(path = "monitor/show.html")]
struct MonitorPage {
    frame: Frame,
    here: &'static str,
    day: String,
    day_says: String,
    found: Shown,
    undated: Option<String>,
    wrong: Vec<String>,
    take: &'static str,
    snapshots: Vec<Line>,
}

async fn show(State(app): State<App>, visitor: Visitor, mut keys: Keys) -> Result<Response, Problem> {
    let today = app.store.clock().today();
    let day = keys.day("peildatum").unwrap_or(today);
    keys.finish()?;
    let now = funnel::now(&app.store, day).await?;
    let frame = with_bar(visitor.frame(&app, Section::Planning), Part::Monitor);
    let m = frame.m;
    let snapshots = app.store.read().snapshots(false, 0, BESIDE).await?.0;
    page(&MonitorPage {
        here: paths::MONITOR,
        day_says: days::whole(m, &day.to_string()),
        day: day.to_string(),
        found: shown(m, &now.monitor),
        undated: table::undated(m, now.undated),
        wrong: now
            .wrong
            .map(|it| it.problems.iter().map(|it| format!("{}: {}; {}.", it.place, it.what, it.remedy)).collect())
            .unwrap_or_default(),
        take: paths::SNAPSHOT_TAKE,
        snapshots: lines(m, &snapshots),
        frame,
    })
}
