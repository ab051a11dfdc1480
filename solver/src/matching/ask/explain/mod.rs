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

use crate::common::control::Control;
use crate::matching::facts::certificate::Certificate;
use crate::matching::facts::codes::TermCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::Outcome;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::terms::Kind;
use crate::matching::solve::tuning::Tuning;
use crate::matching::solve::{Memory, Options, solve_again};

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
    /// What makes the next solve quicker; it never decides an answer.
    memory: Memory,
    tuning: Tuning,
}

impl<'a> Base<'a> {
    /// A plan that has passed the judge, with what is known of its goals.
    pub fn new(wave: &'a Wave, plan: Plan, goals: Vec<Known>) -> Self {
        Self { wave, memory: Memory::of_plan(plan.clone()), plan, goals, tuning: Tuning::default() }
    }

    /// The base of a solve's outcome; `None` when it has no plan. With certificates, questions are answered sooner.
    pub fn of(wave: &'a Wave, outcome: &Outcome) -> Option<Self> {
        let goals = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
        let memory = Memory::of(outcome)?;
        Some(Self { wave, plan: memory.plan.clone(), goals, memory, tuning: Tuning::default() })
    }

    /// The same with the certificates of its goals, where they are known.
    pub fn with(mut self, certificates: Vec<Option<Certificate>>) -> Self {
        self.memory.certificates = certificates;
        self
    }

    /// The same, answered by an engine that works otherwise; for tests.
    pub fn tuned(mut self, tuning: Tuning) -> Self {
        self.tuning = tuning;
        self
    }

    /// Solves the wave once more for its prices, which make every later question quicker; not when they are known already.
    pub fn learn(&mut self, control: &dyn Control) {
        if self.memory.certificates.iter().any(Option::is_some) {
            return;
        }
        let options = Options { certificate: true, ..Options::default() };
        let outcome = solve_again(self.wave, &options, Some(&self.memory), control);
        self.memory.certificates = outcome.goals.into_iter().map(|goal| goal.certificate).collect();
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

/// Whether to stop with what is confirmed: asked to, or out of time.
pub(crate) fn over(control: &dyn Control) -> bool {
    control.stopped() || control.left().is_some_and(|left| left.is_zero())
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
