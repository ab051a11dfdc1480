//! What one more of something would bring: how many changes (`aantal`), of which `bestuur`, and whether also what places the `rest`.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;

use super::{count_or, explained, known, understood, viewer};
use crate::present::explain::answers::Question;
use crate::present::explain::ids;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "aantal", "bestuur", "rest"];

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
    let most = count_or(&fields, "aantal", 20);
    let named = match fields.get("bestuur") {
        Some(at) => Some(known(at, |id| ids::board(wave, id), wave.boards.iter().map(|it| &it.id))?),
        None => None,
    };
    // A board asks about itself.
    let board = named.or(if let Some(View::Board(own)) = view { Some(own) } else { None });
    let usual = view == Some(View::Intermediary) && board.is_none();
    let rest = fields.get("rest").map_or(Some(usual), At::flag);
    Some((view?, Question::Scarcity { most: most?, board, rest: rest? }))
}
