//! What more moves would bring: a rerun of which at most so many (`aantal`) may move beyond those who must.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::rerun::tradeoff::trade_off;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use serde_json::{Value, json};

use super::{count_or, last, plan, viewer};
use crate::present::rerun::machine::traded;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "aantal"];

/// How many more are looked at when nobody says.
const USUAL: usize = 3;

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, _: &Plan) -> Option<()> {
    read(at, wave).map(|_| ())
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    let most = task.question(|at| read(at, base.wave))?;
    let told = |done: u32| {
        task.speaker.progress(&json!({ "soort": "voortgang", "gedaan": done, "van": most }), done == most);
    };
    let found = trade_off(&task.loaded.wave, &base.plan, most, &task.desk, &told);
    let whole = found.as_ref().is_some_and(|it| !it.stopped);
    Ok(last(json!({ "afruil": found.as_ref().map(traded) }), whole))
}

fn read(at: &At<'_>, wave: &Wave) -> Option<u32> {
    let fields = at.object(KEYS)?;
    let view = viewer(wave, &fields);
    let most = count_or(&fields, "aantal", USUAL);
    if view? != View::Intermediary {
        at.refuse(
            "niet-te-zien",
            "Wat meer schuiven oplevert, kan alleen de intermediair vragen.",
            "vraag iets over de eigen scholen of plaatsing",
        );
    }
    if wave.candidates.iter().all(|it| it.previous.is_none()) {
        at.refuse("geen-vorig-plan", "Dit is geen berekening vanaf een eerder plan.", "vraag het over een herberekening");
        return None;
    }
    u32::try_from(most?).ok()
}
