//! Costs ≤ income + voorschot: of years 0…t for every t (cumulatief), of each year (per_jaar), of all years (totaal), or never (geen).

use crate::planning::facts::codes::Budget;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Breach, Place, Rule, RuleCode, over};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Budget, says: "Er gaat niet meer geld uit dan er binnenkomt.", judge };

fn judge(horizon: &Horizon, _: &Plan, tally: &Tally) -> Vec<Breach> {
    let mut found = Vec::new();
    let advance = i128::from(horizon.policy.advance);
    let (mut cost, mut income) = (0, advance);
    let last = horizon.years.ids().last();
    for year in horizon.years.ids() {
        if horizon.policy.budget == Budget::Yearly {
            (cost, income) = (0, advance);
        }
        cost += tally.cost[year];
        income += tally.income[year];
        let looked_at = match horizon.policy.budget {
            Budget::Cumulative | Budget::Yearly => true,
            Budget::Total => Some(year) == last,
            Budget::Free => false,
        };
        let place = Place { year: Some(year), ..Place::default() };
        found.extend(over(RULE.code, place, cost, income).filter(|_| looked_at));
    }
    found
}
