//! Judges a plan from horizon and plan alone: every breach and every goal's value, in exact whole numbers. Knows neither model nor engine.

pub mod rules;
pub mod tally;
pub mod terms;

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::facts::policy::Goal;
use rules::{Breach, RULES};
use tally::Tally;
use terms::TERMS;

/// Everything the judge has to say about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Every breach of a rule, in the order of the list of rules; empty for a plan that may be shown.
    pub breaches: Vec<Breach>,
    /// The value of every goal of the policy, in order.
    pub values: Vec<i64>,
}

/// Everything about a plan; a plan that is not [`Plan::whole`] is none, and has no findings.
pub fn findings(horizon: &Horizon, plan: &Plan) -> Option<Findings> {
    if !plan.whole() {
        return None;
    }
    let tally = Tally::new(horizon, plan);
    Some(Findings {
        breaches: RULES.iter().flat_map(|rule| (rule.judge)(horizon, plan, &tally)).collect(),
        values: horizon.policy.goals.iter().map(|goal| value(horizon, goal, plan, &tally)).collect(),
    })
}

/// Σ weight · term, of a goal.
fn value(horizon: &Horizon, goal: &Goal, plan: &Plan, tally: &Tally) -> i64 {
    let term = |code| TERMS.iter().find(|term| term.code == code).map_or(0, |term| (term.judge)(horizon, plan, tally));
    let sum: i128 = goal.weights.iter().map(|&(code, weight)| i128::from(weight) * term(code)).sum();
    // A file whose sums would not fit is refused; a plan that breaks rules has no value that matters.
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}
