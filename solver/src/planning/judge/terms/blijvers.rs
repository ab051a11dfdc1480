//! Σ blijft of all waves, also past the horizon (people).

use crate::planning::facts::codes::Count;
use crate::planning::facts::funnel;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Blijvers, says: "Zo veel mogelijk mensen staan na vijf jaar nog in de stad voor de klas.", judge };

fn judge(_: &Horizon, _: &Plan, tally: &Tally) -> i128 {
    tally.counts.iter().flat_map(|kinds| kinds.iter()).map(|counts| i128::from(funnel::of(counts, Count::Blijft))).sum()
}
