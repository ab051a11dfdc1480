//! The fairness report as a sheet: tables of named figures that a view may hold.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::judge::fairness::Fairness;

use crate::present::sheet::{Column, Sheet, Table};
use crate::view::View;

mod board;
mod candidate;
mod intermediary;
mod small;

pub(in crate::present) use intermediary::CHOICES;
pub use small::{SMALLEST, suppressed};

/// The sheet of a plan for one view. What a view may not hold never gets into it.
pub fn sheet(loaded: &Loaded, plan: &Plan, fairness: &Fairness, view: View) -> Sheet {
    match view {
        View::Intermediary => intermediary::sheet(loaded, plan, fairness),
        View::Board(board) => board::sheet(loaded, plan, fairness, board),
        View::Candidate(candidate) => candidate::sheet(loaded, plan, fairness, candidate),
    }
}

/// The sheet of a plan as one board may have it; nothing when the wave has no such board.
pub fn for_board(loaded: &Loaded, plan: &Plan, fairness: &Fairness, id: &str) -> Option<Sheet> {
    let (board, _) = loaded.wave.boards.pairs().find(|(_, it)| it.id == id)?;
    Some(sheet(loaded, plan, fairness, View::Board(board)))
}

/// What it is about, for whom, and its tables.
fn sheet_of(title: String, about: &str, tables: Vec<Table>) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title(title);
    sheet.lead(about);
    tables.into_iter().for_each(|table| sheet.table(table));
    sheet
}

/// Columns of figures with these headings.
fn figures(headings: &[&str]) -> Vec<Column> {
    headings.iter().map(|&heading| Column::figures(heading)).collect()
}
