//! The child at work on a roster: progress on the way, the outcome at the end.

use loket_instances::scheduling::outcome::{compose, to_json};
use loket_instances::scheduling::roster_file::Loaded;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::scheduling::solve::solve;
use serde_json::{Value, json};

use super::task::Task;
use crate::memory;
use crate::outcome::technique;

/// Makes the roster of a request. The answer is the last line to say.
///
/// # Errors
/// What is wrong with the question.
pub(super) fn compute(task: Task<'_, Loaded>) -> Result<Value, Refusal> {
    task.question(|at| at.object(&[]).map(|_| ()))?;
    let Task { loaded, mut desk, .. } = task;
    desk.tell_progress();
    let outcome = solve(&loaded.roster, &desk);
    let technique = technique(&outcome.work.engine, loaded.roster.policy.seed, desk.elapsed(), memory::peak());
    Ok(json!({ "soort": "uitkomst", "uitkomst": to_json(&compose(loaded, &outcome, &technique)) }))
}
