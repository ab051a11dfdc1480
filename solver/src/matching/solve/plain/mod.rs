//! The readable second opinion: one column per allowed placement, the goals in sequence, through good_lp and HiGHS.
//!
//! It shares with the engine only the wave and the `write` halves of rules and terms. It is meant to be read beside docs/model.md
//! and to agree with the engine on every V_i; it is not meant to be fast.

mod formulation;
mod program;
mod series;

use crate::common::control::{Control, Unhurried};
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;
use formulation::Formulation;
use program::Answer;

pub use formulation::{ColumnName, RowName};
pub use series::{Aim, Series, count};

/// How the second opinion ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlainStatus {
    /// Every goal is proven.
    Optimal,
    /// The locks cannot all be met.
    Impossible,
    /// The caller stopped it, or its time was up.
    Stopped,
    /// HiGHS gave no answer that stands when it is checked in integers; says what happened.
    Failed(String),
}

/// What the second opinion found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainResult {
    /// How it ended.
    pub status: PlainStatus,
    /// V_i of every goal proven so far, in the order of the policy; all of them when optimal, none when impossible.
    pub best: Vec<i64>,
    /// The last plan that obeys every row in integers; it attains the last value in `best`.
    pub plan: Option<Plan>,
    /// Least number of changes, when the policy limits changes and it is proven.
    pub least_changes: Option<u32>,
}

/// Every V_i of docs/model.md with a plan that attains the last one, unless the wave is impossible or `control` stops it.
///
/// The order of solving: the most people kept when the policy limits changes, then each goal with a row `value_j ≥ floor_j` for
/// every earlier goal. `control` is heard between two programs, and while a large one is solved.
pub fn solve_plain(wave: &Wave, control: &dyn Control) -> PlainResult {
    let mut result = PlainResult { status: PlainStatus::Optimal, best: Vec::new(), plan: None, least_changes: None };
    let mut formulation = Formulation::new(wave);
    if formulation.stuck() {
        result.status = PlainStatus::Impossible;
        return result;
    }
    let mut known = formulation.nobody();
    if let Some(max_changes) = wave.policy.max_changes {
        let kept = formulation.kept_points();
        match step(&formulation, &kept, &known, control) {
            Ok(found) => {
                let most = found.value;
                let least = i64::from(formulation.keepers()) - most;
                result.least_changes = u32::try_from(least).ok();
                result.plan = Some(formulation.plan(wave, &found.chosen));
                formulation.keep_at_least(RowName::Kept, &kept, most - i64::from(max_changes));
                known = found.chosen;
            }
            Err(status) => {
                result.status = status;
                return result;
            }
        }
    }
    for (number, goal) in wave.policy.goals.iter().enumerate() {
        let points = formulation.goal_points(wave, goal);
        match step(&formulation, &points, &known, control) {
            Ok(found) => {
                result.best.push(found.value);
                result.plan = Some(formulation.plan(wave, &found.chosen));
                formulation.keep_at_least(RowName::Goal(number), &points, goal.floor(found.value));
                known = found.chosen;
            }
            Err(status) => {
                result.status = status;
                return result;
            }
        }
    }
    result
}

/// The irreducible set of locks of an impossible wave, in the order of their id's bytes; `None` when the wave is possible or a
/// program failed. Locks are dropped in turn, from last to first by the bytes of the candidate's id, while still impossible.
pub fn conflict_plain(wave: &Wave) -> Option<Vec<CandidateId>> {
    if feasible(wave) != Some(false) {
        return None;
    }
    let mut wave = wave.clone();
    for candidate in wave.locked().into_iter().rev() {
        let lock = wave.candidates[candidate].lock.take();
        match feasible(&wave) {
            Some(false) => {}
            Some(true) => wave.candidates[candidate].lock = lock,
            None => return None,
        }
    }
    Some(wave.locked())
}

/// Whether some plan meets every lock; `None` when HiGHS gave no answer that stands.
fn feasible(wave: &Wave) -> Option<bool> {
    let formulation = Formulation::new(wave);
    if formulation.stuck() {
        return Some(false);
    }
    match step(&formulation, &formulation.no_points(), &formulation.nobody(), &Unhurried) {
        Ok(_) => Some(true),
        Err(PlainStatus::Impossible) => Some(false),
        Err(_) => None,
    }
}

/// One proven answer: the columns chosen and their value.
struct Found {
    chosen: Vec<bool>,
    value: i64,
}

fn step(formulation: &Formulation, points: &[i64], known: &[bool], control: &dyn Control) -> Result<Found, PlainStatus> {
    if control.stopped() {
        return Err(PlainStatus::Stopped);
    }
    match program::maximise(&formulation.program, points, known, control) {
        Answer::Best { chosen, value } => Ok(Found { chosen, value }),
        Answer::Infeasible => Err(PlainStatus::Impossible),
        Answer::OutOfTime => Err(PlainStatus::Stopped),
        Answer::Failed(what) => Err(PlainStatus::Failed(what)),
    }
}
