//! Solves a multi-year plan: every goal in order, proven where the time allows, and judged before anyone sees the plan.

mod conflict;
mod model;
mod run;
mod writer;

use crate::common::control::Control;
use crate::engine;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::locked::locked;
use crate::planning::facts::outcome::{Conflict, GoalResult, Outcome, Verdict, Work};
use crate::planning::facts::plan::Plan;
use run::{Ended, run};

/// The best plan, or why there is none.
pub fn solve(horizon: &Horizon, control: &dyn Control) -> Outcome {
    let mut outcome = solve_from(horizon, None, control);
    if outcome.verdict == Verdict::Impossible {
        outcome.conflict = conflict_of(horizon, control);
        outcome.locked = locked(horizon);
    }
    outcome
}

/// [`solve`] from a plan that may obey the rules, and without looking for what is to blame when there is no plan.
pub fn solve_from(horizon: &Horizon, start: Option<&Plan>, control: &dyn Control) -> Outcome {
    let mut work = Work { engine: engine::name(), ..Work::default() };
    let ended = run(horizon, start, control, &mut work);
    let without = |verdict, work| Outcome { verdict, goals: Vec::new(), plan: None, locked: None, conflict: Vec::new(), work };
    match ended {
        Ended::Solved(plan, goals) => {
            let verdict = if goals.iter().all(GoalResult::proven) { Verdict::Optimal } else { Verdict::Feasible };
            Outcome { goals, plan: Some(plan), ..without(verdict, work) }
        }
        Ended::Impossible => without(Verdict::Impossible, work),
        Ended::Stopped => without(Verdict::Stopped, work),
    }
}

/// The locks that cannot stand together, in the order of the file; empty when no lock is to blame, or when that is not known.
pub fn conflict_of(horizon: &Horizon, control: &dyn Control) -> Vec<Conflict> {
    conflict::irreducible(horizon, control)
}

/// Whether no plan obeys every rule and lock; `None` when that is not known.
pub fn impossible(horizon: &Horizon, control: &dyn Control) -> Option<bool> {
    run::possible(horizon, &horizon.locks, &[], control).map(|possible| !possible)
}
