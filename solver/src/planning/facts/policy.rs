//! What is decided once for all years: how many people a coach may have, how long a seat is held, which budget, the goals in order.

use crate::common::goals;
use crate::common::words::Word;
use crate::planning::facts::codes::{Budget, TermCode};

/// The policy with defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// People per coach in phases that count for it.
    pub per_coach: u32,
    /// Largest share of a wave with external coaches, percent.
    pub max_external_percent: Option<u32>,
    /// Months that a seat is held by whoever started.
    pub seat_months: u32,
    /// Which years together must be paid by what comes in.
    pub budget: Budget,
    /// What may be spent before it comes in, cents.
    pub advance: i64,
    /// Goals in order.
    pub goals: Vec<Goal>,
    /// Seed of the order that decides between equal plans.
    pub seed: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            per_coach: 9,
            max_external_percent: None,
            seat_months: 5,
            budget: Budget::Cumulative,
            advance: 0,
            goals: default_goals(),
            seed: 1,
        }
    }
}

/// One goal: a weighted sum of terms, to be maximised after the goals before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Name in the outcome.
    pub name: String,
    /// Weights by term, in the order given; 0 is allowed, less is not.
    pub weights: Vec<(TermCode, i64)>,
    /// How many percent of the best value later goals may give up.
    pub tolerance_percent: u32,
}

impl Goal {
    /// What later goals must keep of a best value (see `common::goals::floor`).
    pub fn floor(&self, best: i64) -> i64 {
        goals::floor(best, self.tolerance_percent)
    }
}

/// The goals of a file that names none: one term each, no tolerance.
pub fn default_goals() -> Vec<Goal> {
    use TermCode::*;
    let one = |term: TermCode| Goal { name: term.code().into(), weights: vec![(term, 1)], tolerance_percent: 0 };
    [Gestart, Afgestudeerd, Intern, Aanname, Kosten, Spreiding].into_iter().map(one).collect()
}
