//! The child at work on a multi-year plan: progress on the way, the outcome at the end.

use loket_instances::planning::outcome::{Answered, compose, to_json};
use loket_instances::planning::plan_file::Loaded;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use super::task::Task;
use crate::memory;
use crate::outcome::technique;

/// The keys of its question.
pub(super) const KEYS: &[&str] = &["scenarios", "gevoeligheid"];

/// Solves the plan of a request, and what is asked beside it. The answer is the last line to say.
///
/// # Errors
/// What is wrong with the question.
pub(super) fn compute(task: Task<'_, Loaded>) -> Result<Value, Refusal> {
    let (scenarios, differences) = task.question(|at| {
        let fields = at.object(KEYS)?;
        let flag = |key| fields.get(key).and_then(At::flag).unwrap_or_default();
        Some((flag("scenarios"), flag("gevoeligheid")))
    })?;
    let Task { loaded, mut desk, .. } = task;
    desk.tell_progress();
    let outcome = solve(&loaded.horizon, &desk);
    let others = || loaded.scenarios.iter().map(|it| solve(&it.horizon, &desk)).collect();
    let answered = Answered {
        scenarios: scenarios.then(others),
        sensitivity: (differences && outcome.plan.is_some()).then(|| sensitivity(&loaded.horizon, &outcome, &desk)),
    };
    let technique = technique(&outcome.work.engine, loaded.horizon.policy.seed, desk.elapsed(), memory::peak());
    Ok(json!({ "soort": "uitkomst", "uitkomst": to_json(&compose(loaded, &outcome, &answered, &technique)) }))
}
