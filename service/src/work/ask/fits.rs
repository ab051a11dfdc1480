//! Who fits at a seat group or with a coach: `school`, `plek`, `coach`, and for how many (`aantal`) it is worked out.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::explain::change::Spot;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;

use super::{count_or, explained, spot, understood, viewer};
use crate::present::explain::answers::Question;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "school", "plek", "coach", "aantal"];

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
    let most = count_or(&fields, "aantal", 5);
    let spot = spot(wave, &fields)?;
    if spot == Spot::default() {
        at.refuse("leeg", "er staat geen school, plek of coach", "noem een school met een plek, een coach, of allebei");
    }
    Some((view?, Question::Fits { spot, most: most? }))
}
