//! What a solve gives back: a checked plan, what is proven of each goal, and why people are left or locks cannot stand.

use std::time::Duration;

pub use crate::common::words::Verdict;
use crate::matching::facts::certificate::Certificate;
use crate::matching::facts::codes::{ReasonCode, RuleCode};
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Plan;

/// The whole result of one solve.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// Per goal, in order; empty unless there is a plan.
    pub goals: Vec<GoalResult>,
    /// The plan, when there is one. It has passed the judge.
    pub plan: Option<Plan>,
    /// Every unplaced candidate with reasons that are true of the plan, in the order of the file's rows.
    pub unplaced: Vec<(CandidateId, Vec<Reason>)>,
    /// The irreducible set of locks when it is impossible, in the order of their id's bytes.
    pub conflict: Vec<Conflict>,
    /// Least number of changes among plans that obey all other rules, when the policy limits changes.
    pub least_changes: Option<u32>,
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
    /// Dual prices that prove the bound, when asked for and when there are any.
    pub certificate: Option<Certificate>,
}

impl GoalResult {
    /// Whether the best value is proven.
    pub fn proven(&self) -> bool {
        self.best == self.bound
    }
}

/// Why a candidate is not placed: a code with its figures. Its Dutch sentence is made where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What stands in the way.
    pub code: ReasonCode,
    /// Named figures.
    pub data: Vec<(&'static str, i64)>,
}

/// A lock in an irreducible conflict, with the rules it meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The locked candidate.
    pub candidate: CandidateId,
    /// The rules, in the order of the list of rules.
    pub rules: Vec<RuleCode>,
}

/// What the engine did, for the outcome's `techniek` and for tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Name and version of the engine.
    pub engine: String,
    /// Placements that the pair rules allow.
    pub placements: u64,
    /// Largest number of columns in one linear program.
    pub columns: u64,
    /// Linear programs solved.
    pub programs: u64,
    /// Branch-and-bound nodes.
    pub nodes: u64,
    /// Engine answers that the product's own check refused and repaired.
    pub repairs: u64,
}
