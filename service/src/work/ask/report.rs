//! How fair the plan is, in numbers.

use loket_instances::strict::problem::Refusal;
use loket_solver::matching::judge::fairness::fairness;
use serde_json::Value;

use super::{last, plan, viewer};
use crate::present::report::sheet;
use crate::work::task::Task;

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    let view = task.question(|at| viewer(base.wave, &at.object(&["kijker"])?))?;
    let page = sheet(task.loaded, &base.plan, &fairness(&task.loaded.wave, &base.plan), view);
    Ok(last(page.json(), true))
}
