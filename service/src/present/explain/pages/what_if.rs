//! What if: several choices forced or forbidden at once.

use loket_solver::matching::ask::explain::ask::Answer;
use loket_solver::matching::ask::explain::change::Change;
use loket_solver::matching::facts::ids::CandidateId;

use super::super::price;
use super::super::view::Lens;
use super::super::words::change;
use crate::present::sheet::Sheet;

/// The page for several changes together.
pub fn what_if(lens: &Lens<'_>, changes: &[Change], answer: &Answer) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Wat als?");
    for (position, it) in changes.iter().enumerate() {
        sheet.step(position + 1, change(lens, it));
    }
    sheet.heading("Dan:");
    let Some(asked) = answer.possible() else {
        price::refused(&mut sheet, lens, answer);
        return sheet;
    };
    let own: Vec<CandidateId> = changes
        .iter()
        .filter_map(|it| match it {
            Change::Force { candidate, .. } | Change::Forbid { candidate, .. } => Some(*candidate),
            _ => None,
        })
        .collect();
    for step in asked.movers.iter().filter(|step| own.contains(&step.candidate) && lens.names_people()) {
        sheet.point(price::moved(lens, step));
    }
    price::write(&mut sheet, lens, asked, &own);
    sheet
}
