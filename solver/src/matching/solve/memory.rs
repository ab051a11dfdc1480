//! What an earlier solve knew that makes the next one quicker.

use crate::matching::facts::certificate::Certificate;
use crate::matching::facts::outcome::Outcome;
use crate::matching::facts::plan::Plan;

/// What an earlier solve knew that makes the next one quicker. Its wave may differ from the next in locks, prohibitions, limits and
/// policy, and must have the same candidates, seat groups and coaches in the same order. It never decides an answer: a plan that is no
/// longer in play is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// A plan to start from.
    pub plan: Plan,
    /// Prices of each goal, where they are known, with plans that reach it.
    pub certificates: Vec<Option<Certificate>>,
}

impl Memory {
    /// A plan alone.
    pub fn of_plan(plan: Plan) -> Self {
        Self { plan, certificates: Vec::new() }
    }

    /// What an outcome tells; with certificates (see [`Options::certificate`](crate::matching::solve::Options::certificate)) it is worth
    /// most. `None` when it has no plan.
    pub fn of(outcome: &Outcome) -> Option<Self> {
        let certificates = outcome.goals.iter().map(|goal| goal.certificate.clone()).collect();
        Some(Self { plan: outcome.plan.clone()?, certificates })
    }
}
