//! Σ a_w (people).

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Gestart, says: "Er starten zo veel mogelijk mensen.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> i128 {
    horizon.waves.ids().map(|wave| i128::from(plan.started(wave))).sum()
}
