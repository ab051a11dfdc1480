//! The report as a board may have it: counts and its own schools, nobody by name and nothing small.

use askama::Template;
use axum::response::Response;

use super::{For, Head, frame, head, none, provisional};
use crate::actions::fairness;
use crate::pages::frame::{Frame, page};
use crate::pages::visitor::Visitor;
use crate::present::report::for_board;
use crate::present::sheet::plain::{Lines, lines};
use crate::serve::app::App;
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "report/board.html")]
struct BoardPage {
    frame: Frame,
    head: Head,
    tables: Vec<Lines>,
}

pub(super) async fn show(app: &App, visitor: &Visitor, id: &str, chosen: &str) -> Result<Response, Problem> {
    let boards = fairness::boards(&app.store, &visitor.asked, id).await?;
    if !boards.iter().any(|it| it.0 == chosen) {
        return Err(Problem::unknown());
    }
    let (wave, found) = fairness::whole(&app.store, &visitor.asked, id).await?;
    let frame = frame(app, visitor, &wave).await?;
    let Some(found) = found else { return none(frame, &wave) };
    let Some(sheet) = for_board(&found.loaded, &found.plan, &found.fairness, chosen) else { return Err(Problem::unknown()) };
    let tables = lines(&sheet);
    let provisional = provisional(app, &frame, &wave, true).await?;
    page(&BoardPage { head: head(&frame, &wave, &For::Board(chosen.to_owned()), &boards, provisional), tables, frame })
}
