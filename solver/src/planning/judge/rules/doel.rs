//! a_w ≤ doel_w.

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Doel, says: "In een lichting starten er niet meer dan het doel.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> Vec<Breach> {
    let place = |wave| Place { wave: Some(wave), ..Place::default() };
    horizon.waves.pairs().filter_map(|(wave, row)| over(RULE.code, place(wave), plan.started(wave), row.target)).collect()
}
