//! Σ hours · count that a kind serves ≤ uren_k · `p[k,t]`, for every kind and year.

use crate::common::tables::Id;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::CoachUren, says: "Coaches geven niet meer uren dan zij hebben.", judge };

fn judge(horizon: &Horizon, _: &Plan, tally: &Tally) -> Vec<Breach> {
    let mut found = Vec::new();
    for (kind, row) in horizon.kinds.pairs() {
        for year in horizon.years.ids() {
            let place = Place { kind: Some(kind), year: Some(year), ..Place::default() };
            let room = i128::from(row.hours) * i128::from(tally.pool[kind][year]);
            found.extend(over(RULE.code, place, tally.hours[kind][year.position()], room));
        }
    }
    found
}
