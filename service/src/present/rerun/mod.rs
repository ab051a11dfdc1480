//! What a rerun changed, or what differs between two outcomes; and many reruns at once.

use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::rerun::difference::Difference;
use loket_solver::matching::ask::rerun::tradeoff::TradeOff;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::Plan;

pub mod between;
pub mod machine;
pub mod many;
pub mod page;
pub mod people;
pub mod told;
mod why;

/// Two plans with everything that is known of their difference.
pub struct Compared<'a> {
    /// The wave before.
    pub before: &'a Loaded,
    /// Its plan.
    pub old: &'a Plan,
    /// The wave after.
    pub after: &'a Loaded,
    /// The new plan.
    pub new: &'a Plan,
    /// How the new plan was found; of an outcome that was not just solved for, what its file says.
    pub outcome: &'a Outcome,
    /// Whether the new plan comes of a rerun; else both plans were there.
    pub rerun: bool,
    /// What differs.
    pub difference: &'a Difference,
    /// What was taken out of the file besides what was asked for.
    pub remarks: &'a [String],
    /// What more changes would bring, when asked for.
    pub trade_off: Option<TradeOff>,
    /// Time of the solve.
    pub took: Duration,
}

/// How many people are placed.
pub fn placed(plan: &Plan) -> usize {
    plan.iter().flatten().count()
}
