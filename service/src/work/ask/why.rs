//! Why this placement or none, and what else: `kandidaat`, and how many `alternatieven`.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;

use super::{candidate, count_or, explained, understood, viewer};
use crate::present::explain::answers::Question;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "kandidaat", "alternatieven"];

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, plan: &Plan) -> Option<()> {
    understood(at, wave, plan, read).map(|_| ())
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    explained(&task, read)
}

fn read(at: &At<'_>, wave: &Wave) -> Option<(View, Question)> {
    let fields = at.object(KEYS)?;
    let view = viewer(wave, &fields);
    let candidate = fields.need("kandidaat").and_then(|at| candidate(wave, at));
    let alternatives = count_or(&fields, "alternatieven", 5);
    Some((view?, Question::Why { candidate: candidate?, alternatives: alternatives? }))
}
