//! People in phases with ratio that a kind serves ≤ per_coach · `p[k,t]`, for every kind and year.

use crate::common::tables::Id;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::CoachRatio, says: "Een coach heeft niet meer mensen in opleiding dan het beleid toestaat.", judge };

fn judge(horizon: &Horizon, _: &Plan, tally: &Tally) -> Vec<Breach> {
    let mut found = Vec::new();
    for kind in horizon.kinds.ids() {
        for year in horizon.years.ids() {
            let place = Place { kind: Some(kind), year: Some(year), ..Place::default() };
            let room = i128::from(horizon.policy.per_coach) * i128::from(tally.pool[kind][year]);
            found.extend(over(RULE.code, place, tally.ratio[kind][year.position()], room));
        }
    }
    found
}
