//! Answers why, what else and what if about a plan: each statement is confirmed by solving the changed wave and by the judge.
//!
//! A question is a list of [`change::Change`]s to the wave; [`ask::ask`] solves the changed wave with the same policy and gives the price
//! per goal and who is placed otherwise. The other files ask such questions: see docs/explanations.md.

pub mod alternatives;
pub mod ask;
pub mod change;
pub mod fits;
pub mod grow;
pub mod limits;
pub mod none;
pub mod own;
pub mod rest;
pub mod scarcity;
pub mod why;

use crate::ids::CandidateId;
use crate::judge;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::terms::{Kind, TermCode};
use crate::wave::Wave;

/// What is known of one goal's V_i.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// V_i as found.
    pub best: i64,
    /// Largest integer not excluded.
    pub bound: i64,
}

impl Known {
    /// Whether V_i is proven.
    pub fn proven(self) -> bool {
        self.best == self.bound
    }
}

/// A plan that was shown, with what is known of its goals: what every explanation is about.
#[derive(Clone, Debug)]
pub struct Base<'a> {
    /// The wave.
    pub wave: &'a Wave,
    /// The plan shown; it has passed the judge.
    pub plan: Plan,
    /// What is known of each goal, in the order of the policy.
    pub goals: Vec<Known>,
}

impl<'a> Base<'a> {
    /// The base of a solve's outcome; `None` when it has no plan.
    pub fn of(wave: &'a Wave, outcome: &Outcome) -> Option<Self> {
        let goals = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
        Some(Self { wave, plan: outcome.plan.clone()?, goals })
    }

    /// Whether every goal is proven.
    pub fn proven(&self) -> bool {
        self.goals.iter().all(|goal| goal.proven())
    }

    /// Candidates without a placement, in the order of the file's rows.
    pub fn unplaced(&self) -> Vec<CandidateId> {
        self.wave.candidates_by_row().into_iter().filter(|&candidate| self.plan[candidate].is_none()).collect()
    }
}

/// How many people a plan places.
pub fn placed(plan: &Plan) -> usize {
    plan.iter().flatten().count()
}

/// Goal 1 for the others: its value without the points of one candidate's own placement.
pub(crate) fn for_others(wave: &Wave, candidate: CandidateId, plan: &Plan) -> i64 {
    let Some(goal) = wave.policy.goals.first() else { return 0 };
    let own = plan[candidate].map_or(0, |placement| {
        let of = |&(code, weight): &(TermCode, i64)| match code.term().kind {
            Kind::Placement { judge, .. } => weight * judge(wave, candidate, placement),
            Kind::Load { .. } => 0,
        };
        goal.weights.iter().map(of).sum()
    });
    judge::value(wave, goal, plan) - own
}
