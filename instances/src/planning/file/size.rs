//! Whether the money of a plan can be counted exactly.

use loket_solver::common::tables::Table;
use loket_solver::planning::facts::codes::TermCode;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::judge::tally::Tally;

use crate::strict::fields::Fields;

/// Above this the engine does not count exactly.
const MOST: i128 = 1 << 53;

/// Cost and income of all years, with every wave at its target with every kind and every allowed hire made, times the largest weight of cost in a
/// goal, stay below 2^53, income with what may be spent before it comes in; a problem when they do not.
pub(crate) fn check(horizon: &Horizon, fields: &Fields<'_>) {
    let mut plan = Plan::empty(horizon);
    for (wave, row) in horizon.waves.pairs() {
        plan.guided[wave] = Table::filled(horizon.kinds.len(), row.target);
    }
    for (kind, row) in horizon.kinds.pairs() {
        plan.hired[kind] = row.hires.clone();
    }
    let tally = Tally::new(horizon, &plan);
    let weights = horizon.policy.goals.iter().flat_map(|goal| &goal.weights);
    let weight = weights.filter(|(term, _)| *term == TermCode::Kosten).map(|(_, weight)| *weight).max().unwrap_or(1).max(1);
    let advance = i128::from(horizon.policy.advance);
    for (list, years, more) in [("posten", &tally.cost, 0), ("inkomsten", &tally.income, advance)] {
        let sum: i128 = years.iter().sum::<i128>() * i128::from(weight);
        // One percent more income stays countable too.
        if sum + sum / 100 + more >= MOST {
            let spot = fields.at.spot.key(list);
            let what = "de bedragen van alle jaren samen zijn te groot om tot op de cent te rekenen";
            fields.at.report.problem("grens", &spot, what, "maak prijzen, aantallen, doelen of het gewicht van kosten kleiner");
        }
    }
}
