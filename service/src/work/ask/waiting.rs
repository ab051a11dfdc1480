//! Who comes in first when somebody falls out; `uitval` says how many of a thousand people of a phase do.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::ask::waiting::waiting;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{Phase, Status, Word};
use serde_json::{Value, json};

use super::{last, plan, viewer};
use crate::present::waiting::waiting_list;
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "status", "uitval"];

/// The keys of `uitval`: every phase.
const PHASES: &[&str] = &["werkervaring", "opleiding", "opleiding_jaar2", "inductie"];

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, _: &Plan) -> Option<()> {
    read(at, wave).map(|_| ())
}

/// What is asked: how firm placements are, and of each phase how many of a thousand fall out.
struct Asked {
    status: Status,
    rates: Vec<(Phase, u32)>,
}

fn read(at: &At<'_>, wave: &Wave) -> Option<Asked> {
    let fields = at.object(KEYS)?;
    let view = viewer(wave, &fields);
    let status = fields.get("status").map_or(Some(Status::Akkoord), At::word);
    let rates = match fields.need("uitval") {
        None => None,
        Some(at) => at.object(PHASES).and_then(|rates| {
            let one = |phase: &Phase| rates.get(phase.code()).map(|at| Some((*phase, u32::try_from(at.integer(0..=1_000)?).ok()?)));
            Phase::ALL.iter().filter_map(one).collect::<Option<Vec<_>>>()
        }),
    };
    if view? != View::Intermediary {
        at.refuse("niet-te-zien", "De wachtlijst kan alleen de intermediair vragen.", "vraag iets over de eigen scholen of plaatsing");
    }
    Some(Asked { status: status?, rates: rates? })
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    let asked = task.question(|at| read(at, base.wave))?;
    let rate = |phase: Phase| asked.rates.iter().find(|it| it.0 == phase).map_or(0, |it| it.1);
    let told = |done: usize, all: usize| {
        task.speaker.progress(&json!({ "soort": "voortgang", "gedaan": done, "van": all }), done == all);
    };
    let found = waiting(base.wave, &base.plan, asked.status, &rate, &task.desk, &told);
    let list = waiting_list(base.wave, &task.loaded.sha256, &found);
    Ok(last(json!({ "wachtlijst": list }), found.complete))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_has_a_rate() {
        assert_eq!(Phase::ALL.iter().map(|it| it.code()).collect::<Vec<_>>(), PHASES);
    }
}
