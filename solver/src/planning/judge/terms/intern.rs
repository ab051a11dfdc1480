//! −Σ n[w, external kinds] (people).

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Intern, says: "Zo weinig mogelijk mensen hebben een externe coach.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> i128 {
    let external = || horizon.kinds.pairs().filter(|(_, row)| row.external).map(|(kind, _)| kind);
    -plan.guided.iter().flat_map(|guided| external().map(|kind| i128::from(guided[kind]))).sum::<i128>()
}
