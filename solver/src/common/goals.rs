//! Goals in order: each is maximised among the plans that keep what the goals before it reached.

use std::time::Duration;

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

/// What later goals must keep of a best value, when so many percent of it may be given up: V − floor(|V| · tolerance / 100).
pub(crate) fn floor(best: i64, tolerance_percent: u32) -> i64 {
    let slack = i128::from(best.unsigned_abs()) * i128::from(tolerance_percent) / 100;
    best - i64::try_from(slack).expect("a tolerance is at most 100 %")
}
