//! What happened to a board's seats: put, removed and confirmed, by the board or by the intermediary for it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::super::declared::Pages;
use super::super::frame::{Frame, Section, page, to};
use super::super::paths;
use super::super::said;
use super::super::visitor::Visitor;
use super::{OWN, ROLES, section};
use crate::actions::board_history::{self, Past};
use crate::records::seats_told::{Row, Told};
use crate::serve::app::App;
use crate::serve::body::Ids;
use crate::serve::problem::Problem;

/// The pages of this file.
pub(super) fn pages() -> Pages {
    Pages::new().at(OWN, paths::OWN_HISTORY, get(first)).at(ROLES, paths::BOARD_HISTORY, get(show))
}

struct Line {
    on: String,
    what: String,
    by: &'static str,
}

#[derive(Template)]
#[template(path = "boards/history.html")]
struct HistoryPage {
    frame: Frame,
    back: String,
    lines: Vec<Line>,
}

/// Seats in a few words.
fn seats(frame: &Frame, row: &Row) -> String {
    let m = frame.m.boards;
    match &row.reason {
        Some(why) if !row.open => m.not_open_because(said::closed(frame.m, why)),
        _ if !row.open => m.not_open().to_owned(),
        _ => m.seats_of(row.count, &row.bouw),
    }
}

fn line(app: &App, frame: &Frame, it: Past) -> Line {
    let m = frame.m.boards;
    let school = it.school.unwrap_or_default();
    let (what, by) = match &it.told {
        Told::Put { was: None, row, by, .. } => (m.past_new(&school, seats(frame, row)), said::side(frame.m, *by)),
        Told::Put { was: Some(was), row, by, .. } if was == row => (m.past_other(&school, seats(frame, row)), said::side(frame.m, *by)),
        Told::Put { was: Some(was), row, by, .. } => (m.past_put(&school, seats(frame, was), seats(frame, row)), said::side(frame.m, *by)),
        Told::Removed { was, .. } => (m.past_removed(&school, seats(frame, was)), ""),
        Told::Confirmed { rows, by } => (m.past_confirmed(*rows), said::side(frame.m, *by)),
    };
    Line { on: said::moment(frame.m, app.store.clock(), it.at), what, by }
}

/// What happened to the own seats.
async fn first(visitor: Visitor) -> Result<Response, Problem> {
    let own = visitor.asked.caller.scope().boards().and_then(<[String]>::first).ok_or_else(Problem::unknown)?;
    Ok(to(&paths::board_history(own)))
}

async fn show(State(app): State<App>, visitor: Visitor, Ids(board): Ids<String>) -> Result<Response, Problem> {
    let all = board_history::of_board(&app.store, &visitor.asked, &board).await?;
    let frame = visitor.frame(&app, section(&visitor, Section::History));
    let lines = all.into_iter().map(|it| line(&app, &frame, it)).collect();
    page(&HistoryPage { back: paths::board(&board), frame, lines })
}
