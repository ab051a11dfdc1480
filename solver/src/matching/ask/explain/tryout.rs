//! A try-out: the wave of a plan with other things fixed and forbidden, solved as one question that ends as near to the plan as it can.

use crate::common::control::Control;
use crate::matching::facts::outcome::{Conflict, Verdict};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::solve::{Options, conflict, solve_near};

use super::ask::{Move, fewest, movers};
use super::{Base, Known};

/// What a try-out comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Per goal, its value in the plan shown.
    pub before: Vec<i64>,
    /// Per goal, its value in the plan of the try-out.
    pub after: Vec<i64>,
    /// Per goal, what is known of V_i with these changes.
    pub goals: Vec<Known>,
    /// Everybody placed otherwise than in the plan shown, each after the one whose place they take where there is one.
    pub movers: Vec<Move>,
    /// No plan with these goal values has fewer movers than this.
    pub least_movers: usize,
    /// The plan; it has passed the judge.
    pub plan: Plan,
}

impl Tried {
    /// Whether the plan is proven to be the best with these changes, and to move as few people as such a plan can.
    pub fn proven(&self) -> bool {
        self.goals.iter().all(|goal| goal.proven()) && self.movers.len() == self.least_movers
    }
}

/// How a try-out ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TryOut {
    /// There is a plan. Cut short, it is the best checked one so far, and what is not proven of it is open.
    Possible(Box<Tried>),
    /// No plan obeys what is fixed: irreducible sets of locks that have nobody in common. `complete` when there is no other such set.
    Impossible {
        /// Each set apart.
        conflicts: Vec<Vec<Conflict>>,
        /// Whether these are all.
        complete: bool,
    },
    /// Stopped before a plan was known.
    Stopped,
}

/// Solves `wave`, which is the base's with other locks and prohibitions, with the same policy. Of all plans that are best, one with the
/// fewest differences from the plan shown.
pub fn try_out(base: &Base<'_>, wave: &Wave, control: &dyn Control) -> TryOut {
    let options = Options { tuning: base.tuning, ..Options::default() };
    let (outcome, nearest) = solve_near(wave, &options, &base.memory, control);
    if outcome.verdict == Verdict::Impossible {
        let found = conflict::apart(wave, &wave.locked(), control);
        // The first was found already, also when there was no time to look for it again.
        let conflicts = if found.conflicts.is_empty() { vec![outcome.conflict] } else { found.conflicts };
        return TryOut::Impossible { conflicts, complete: found.complete };
    }
    let Some(plan) = outcome.plan else { return TryOut::Stopped };
    let findings = judge::judge(wave, &plan, outcome.least_changes);
    if !findings.breaches.is_empty() {
        return TryOut::Stopped;
    }
    let goals: Vec<Known> = outcome.goals.iter().map(|goal| Known { best: goal.best, bound: goal.bound }).collect();
    let movers = movers(base.wave, &base.plan, &plan);
    let settled = goals.iter().all(|goal| goal.proven());
    let least_movers = match nearest {
        Some((_, bound)) if settled => fewest(&base.plan, bound).min(movers.len()),
        _ => 0,
    };
    TryOut::Possible(Box::new(Tried { before: base.values(&base.plan), after: findings.values, goals, movers, least_movers, plan }))
}
