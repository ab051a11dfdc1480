//! −cost within the horizon (cents).

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Kosten, says: "Het plan kost zo weinig mogelijk.", judge };

fn judge(_: &Horizon, _: &Plan, tally: &Tally) -> i128 {
    -tally.cost.iter().sum::<i128>()
}
