//! How fair the plan is, in numbers.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::fairness::fairness;
use serde_json::Value;

use super::{last, plan, viewer};
use crate::present::report::sheet;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker"];

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, _: &Plan) -> Option<()> {
    read(at, wave).map(|_| ())
}

fn read(at: &At<'_>, wave: &Wave) -> Option<View> {
    viewer(wave, &at.object(KEYS)?)
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    let view = task.question(|at| read(at, base.wave))?;
    let page = sheet(task.loaded, &base.plan, &fairness(&task.loaded.wave, &base.plan), view);
    Ok(last(page.json(), true))
}
