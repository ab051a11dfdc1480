//! What a solve gives back: a checked plan, what is proven of each goal, and which locks cannot stand.

pub use crate::common::goals::GoalResult;
pub use crate::common::words::Verdict;
pub use crate::common::work::Work;
use crate::planning::facts::codes::RuleCode;
use crate::planning::facts::plan::Plan;

/// The whole result of one solve.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// Per goal, in order; empty unless there is a plan.
    pub goals: Vec<GoalResult>,
    /// The plan, when there is one. It has passed the judge.
    pub plan: Option<Plan>,
    /// The locked numbers, when locks fix every decision and no plan is possible.
    pub locked: Option<Plan>,
    /// The irreducible set of locks when it is impossible, in the order of the file; empty when no lock is to blame.
    pub conflict: Vec<Conflict>,
    /// What the engine did.
    pub work: Work,
}

/// A lock of an irreducible set, with the rules of which leaving out that one makes the set possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its position among the locks.
    pub lock: usize,
    /// The rules, in order; may be none.
    pub rules: Vec<RuleCode>,
}
