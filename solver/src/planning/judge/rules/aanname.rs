//! `h[k,t]` ≤ aanname_max of the year.

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Aanname, says: "In een jaar worden niet meer coaches aangenomen dan mag.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> Vec<Breach> {
    let mut found = Vec::new();
    for (kind, row) in horizon.kinds.pairs() {
        for year in horizon.years.ids() {
            let place = Place { kind: Some(kind), year: Some(year), ..Place::default() };
            found.extend(over(RULE.code, place, plan.hired[kind][year], row.hires[year]));
        }
    }
    found
}
