//! What if each coach drops out in turn, and each school where `scholen` asks for it, from a plan with this `status`.

use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::stress::stress;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Status;
use serde_json::{Value, json};

use super::{last, plan, viewer};
use crate::present::stress::{Looked, machine};
use crate::view::View;
use crate::work::task::Task;

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["kijker", "scholen", "status"];

/// Reads the question only.
pub(crate) fn check(at: &At<'_>, wave: &Wave, _: &Plan) -> Option<()> {
    read(at, wave).map(|_| ())
}

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    let base = plan(&task)?;
    let (schools, status) = task.question(|at| read(at, base.wave))?;
    let told = |done: usize, all: usize| {
        task.speaker.progress(&json!({ "soort": "voortgang", "gedaan": done, "van": all }), done == all);
    };
    let found = stress(&task.loaded.wave, &base.plan, schools, status, &task.desk, &told);
    let looked = Looked { loaded: task.loaded, stress: &found, took: task.desk.elapsed() };
    Ok(last(serde_json::to_value(machine::value(&looked)).unwrap_or_default(), found.complete))
}

fn read(at: &At<'_>, wave: &Wave) -> Option<(bool, Status)> {
    let fields = at.object(KEYS)?;
    let view = viewer(wave, &fields);
    let schools = fields.get("scholen").map_or(Some(false), At::flag);
    let status = fields.get("status").map_or(Some(Status::Akkoord), At::word);
    if view? != View::Intermediary {
        at.refuse("niet-te-zien", "Wie er uitvalt, kan alleen de intermediair vragen.", "vraag iets over de eigen scholen of plaatsing");
    }
    Some((schools?, status?))
}
