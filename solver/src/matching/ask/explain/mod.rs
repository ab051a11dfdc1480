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
pub mod tryout;
pub mod why;

use crate::common::control::{Control, Share};
use crate::matching::facts::certificate::Certificate;
use crate::matching::facts::codes::TermCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::outcome::Outcome;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::terms::Kind;
use crate::matching::solve::tuning::Tuning;
use crate::matching::solve::{Memory, Options, solve_again, solve_near};

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
    /// A better plan, found when one that was not proven was looked at again: what moves in it moves whatever is asked.
    anyway: Option<Plan>,
    /// Goals that were not proven when the plan was shown, by position.
    unproven: Vec<usize>,
    /// What makes the next solve quicker; it never decides an answer.
    memory: Memory,
    tuning: Tuning,
}

impl<'a> Base<'a> {
    /// A plan that has passed the judge, with what is known of its goals.
    pub fn new(wave: &'a Wave, plan: Plan, goals: Vec<Known>) -> Self {
        let unproven = unproven(&goals);
        Self { wave, memory: Memory::of_plan(plan.clone()), plan, goals, anyway: None, unproven, tuning: Tuning::default() }
    }

    /// The base of a solve's outcome; `None` when it has no plan. With certificates, questions are answered sooner.
    pub fn of(wave: &'a Wave, outcome: &Outcome) -> Option<Self> {
        let goals: Vec<Known> = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
        let memory = Memory::of(outcome)?;
        let unproven = unproven(&goals);
        Some(Self { wave, plan: memory.plan.clone(), goals, anyway: None, unproven, memory, tuning: Tuning::default() })
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

    /// Solves the wave once more for its prices, which make every later question quicker; not when they are known already. A plan that was
    /// not proven is solved for again in any case: what is better anyway is not due to a question. Either takes half of the time that is left at most.
    pub fn learn(&mut self, control: &dyn Control) {
        let options = Options { certificate: true, ..Options::default() };
        let half = Share::of(control, 2);
        if !self.proven() {
            let (outcome, _) = solve_near(self.wave, &options, &self.memory, &half);
            self.found(outcome);
        } else if self.memory.certificates.iter().all(Option::is_none) {
            let outcome = solve_again(self.wave, &options, Some(&self.memory), &half);
            self.memory.certificates = outcome.goals.into_iter().map(|goal| goal.certificate).collect();
        }
    }

    /// Takes over what solving the wave again found out.
    fn found(&mut self, outcome: Outcome) {
        let Some(plan) = outcome.plan else { return };
        if !judge::judge(self.wave, &plan, outcome.least_changes).breaches.is_empty() {
            return;
        }
        let goals: Vec<Known> = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
        let (before, after) = (self.values(&self.plan), self.values(&plan));
        let settled = goals.iter().all(|goal| goal.proven());
        // With a goal that may give something up, a lower value can belong to a better plan: then only a proven one is.
        let better = if settled { before != after } else { after > before && !self.gives() };
        if !settled && !better {
            return;
        }
        self.goals = goals;
        self.memory.certificates = outcome.goals.into_iter().map(|goal| goal.certificate).collect();
        if better {
            self.memory.plan = plan.clone();
            self.anyway = Some(plan);
        }
    }

    fn gives(&self) -> bool {
        self.wave.policy.goals.iter().any(|goal| goal.tolerance_percent > 0)
    }

    fn values(&self, plan: &Plan) -> Vec<i64> {
        self.wave.policy.goals.iter().map(|goal| judge::value(self.wave, goal, plan)).collect()
    }

    /// Whether the plan shown is proven: every goal is, and nothing better was found since.
    pub fn proven(&self) -> bool {
        self.anyway.is_none() && self.goals.iter().all(|goal| goal.proven())
    }

    /// The plan that answers are compared with: the one shown, or a better one that was found without any question.
    pub fn reference(&self) -> &Plan {
        self.anyway.as_ref().unwrap_or(&self.plan)
    }

    /// How a plan stands that was not proven when it was shown; `None` for one that was.
    pub fn standing(&self) -> Option<Standing> {
        if self.unproven.is_empty() {
            return None;
        }
        let found = match &self.anyway {
            None if self.proven() => Found::Best,
            None => Found::Unknown,
            Some(plan) => {
                let gains = self.values(&self.plan).into_iter().zip(self.values(plan)).map(|(before, after)| after - before);
                Found::Better { gains: gains.collect(), moves: ask::movers(self.wave, &self.plan, plan) }
            }
        };
        Some(Standing { unproven: self.unproven.clone(), settled: self.goals.iter().all(|goal| goal.proven()), found })
    }

    /// Candidates without a placement, in the order of the file's rows.
    pub fn unplaced(&self) -> Vec<CandidateId> {
        self.wave.candidates_by_row().into_iter().filter(|&candidate| self.plan[candidate].is_none()).collect()
    }
}

/// How a plan stands that was not proven when it was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The goals that were not proven, by position.
    pub unproven: Vec<usize>,
    /// Whether every goal is proven now.
    pub settled: bool,
    /// What looking again found.
    pub found: Found,
}

/// What looking again at a plan that was not proven found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is the best there is.
    Best,
    /// There is a better one; answers are compared with that.
    Better {
        /// Per goal, how much more it is worth.
        gains: Vec<i64>,
        /// Who is placed otherwise there, whatever is asked.
        moves: Vec<ask::Move>,
    },
    /// Nothing yet: what an answer changes may also be due to the plan.
    Unknown,
}

fn unproven(goals: &[Known]) -> Vec<usize> {
    (0..goals.len()).filter(|&goal| !goals[goal].proven()).collect()
}

/// Whether to stop with what is confirmed: asked to, or out of time.
pub(crate) fn over(control: &dyn Control) -> bool {
    control.over()
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
