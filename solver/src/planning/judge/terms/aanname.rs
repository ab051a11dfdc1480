//! −Σ `h[k,t]` (coaches hired).

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Aanname, says: "Er worden zo weinig mogelijk coaches aangenomen.", judge };

fn judge(_: &Horizon, plan: &Plan, _: &Tally) -> i128 {
    -plan.hired.iter().flat_map(|years| years.iter()).map(|&hired| i128::from(hired)).sum::<i128>()
}
