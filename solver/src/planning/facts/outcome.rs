//! What a solve gives back: a checked plan, what is proven of each goal, and which locks cannot stand.

use std::time::Duration;

pub use crate::common::words::Verdict;
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

/// What is known of one goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalResult {
    /// V_i as found (the incumbent when not proven).
    pub best: i64,
    /// Largest integer not excluded.
    pub bound: i64,
    /// What later goals must keep.
    pub floor: i64,
    /// Value in the plan shown.
    pub value: i64,
    /// Time spent on it.
    pub time: Duration,
}

impl GoalResult {
    /// Whether the best value is proven.
    pub fn proven(&self) -> bool {
        self.best == self.bound
    }
}

/// A lock of an irreducible set, with the rules of which leaving out that one makes the set possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its position among the locks.
    pub lock: usize,
    /// The rules, in order; may be none.
    pub rules: Vec<RuleCode>,
}

/// What the engine did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Name and version of the engine.
    pub engine: String,
    /// Largest number of columns in one program.
    pub columns: u64,
    /// Programs solved.
    pub programs: u64,
}
