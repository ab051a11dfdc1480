//! Who could exchange placements, so that nobody gets worse and some get better.

use loket_instances::matching::outcome::read_outcome;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::solve::swaps::swaps;
use serde_json::{Value, json};

use super::{last, plan, viewer};
use crate::present::exchange::exchange;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker"];

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, _: &Plan) -> Option<()> {
    let fields = at.object(KEYS)?;
    if viewer(wave, &fields)? != View::Intermediary {
        at.refuse("niet-te-zien", "Wie kan ruilen, kan alleen de intermediair vragen.", "vraag iets over de eigen scholen of plaatsing");
    }
    Some(())
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    task.question(|at| check(at, base.wave, &base.plan))?;
    let least = task.given.part("uitkomst").and_then(|bytes| read_outcome(bytes).ok()).and_then(|it| it.figures.least_changes());
    let found = swaps(base.wave, &base.plan, least, &task.desk);
    let told = found.as_ref().map(|it| exchange(task.loaded, it));
    Ok(last(json!({ "ruil": told }), told.is_some()))
}
