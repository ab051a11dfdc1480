//! What a solve gives back: a checked plan, what is proven of each goal, and why units are left or locks cannot stand.

pub use crate::common::goals::GoalResult;
pub use crate::common::words::Verdict;
pub use crate::common::work::Work;
use crate::scheduling::facts::codes::{ReasonCode, RuleCode};
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Plan;

/// The whole result of one solve.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub verdict: Verdict,
    /// Per goal, in order; empty unless there is a plan.
    pub goals: Vec<GoalResult>,
    /// The plan, when there is one. It has passed the judge.
    pub plan: Option<Plan>,
    /// Every unit that is not, or not wholly, planned, in the order of the file's rows.
    pub unplanned: Vec<Unplanned>,
    /// The irreducible set of locks when it is impossible, in the order of (unit id, half-day).
    pub conflict: Vec<Conflict>,
    /// Least number of changes among plans that obey all other rules, when the policy limits changes: by part, in order (of visits one for
    /// each coach with placements).
    pub least_changes: Option<Vec<u32>>,
    /// What the engine did.
    pub work: Work,
}

/// A unit that is not planned, or visits that are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplanned {
    /// Who.
    pub unit: UnitId,
    /// Missing visits, else 1.
    pub missing: u32,
    /// Why; each is true of the plan.
    pub reasons: Vec<Reason>,
}

/// Why a unit is not planned: a code with its figures. Its Dutch sentence is made where it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What stands in the way.
    pub code: ReasonCode,
    /// Named figures: counts, never a person.
    pub data: Vec<(&'static str, i64)>,
    /// The role that is short, with no staff.
    pub role: Option<String>,
}

/// A lock in an irreducible conflict, with the rules it meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Whose lock.
    pub unit: UnitId,
    /// Which of the unit's locks.
    pub lock: usize,
    /// The rules, in the order of the list of rules.
    pub rules: Vec<RuleCode>,
}
