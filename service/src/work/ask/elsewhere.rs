//! What else is possible for somebody in a roster, and what that costs: `deelnemer`, and `hoogstens` how many.

use loket_instances::scheduling::outcome::read_outcome;
use loket_instances::scheduling::plan::plan_of;
use loket_instances::scheduling::roster_file::Loaded;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::scheduling::facts::ids::UnitId;
use loket_solver::scheduling::facts::roster::Roster;
use serde_json::Value;

use super::{count_or, known, last};
use crate::present::elsewhere::{found, written};
use crate::work::task::{Task, part};

/// The keys of the question.
pub(crate) const KEYS: &[&str] = &["deelnemer", "hoogstens"];
/// How many other places are worked out when nobody says.
const USUAL: usize = 12;

/// Reads the question and answers it.
pub(crate) fn compute(task: Task<'_, Loaded>) -> Result<Value, Refusal> {
    let roster = &task.loaded.roster;
    let (unit, most) = task.question(|at| read(at, roster))?;
    let file = read_outcome(task.given.part("uitkomst").unwrap_or_default(), roster.kind())?;
    let plan = plan_of(roster, &file).map_err(|wrong| {
        let remedy = "stuur een uitkomst met een plan dat bij dit rooster hoort";
        Refusal::one("uitkomst", &part("uitkomst"), wrong.join("; "), remedy)
    })?;
    let found = found(roster, (&plan, &file), unit, most, &task.desk);
    let answer = serde_json::to_value(written(roster, &file, unit, &found)).unwrap_or_default();
    Ok(last(answer, !task.desk.over()))
}

fn read(at: &At<'_>, roster: &Roster) -> Option<(UnitId, usize)> {
    let fields = at.object(KEYS)?;
    let find = |id: &str| {
        let found = roster.units.ids().find(|&unit| roster.units[unit].id == id);
        found.ok_or_else(|| format!("\"{id}\" staat niet in dit rooster"))
    };
    let all = || roster.units.pairs().map(|(_, row)| &row.id);
    let unit = fields.need("deelnemer").and_then(|at| known(at, find, all()));
    let most = count_or(&fields, "hoogstens", USUAL);
    Some((unit?, most?))
}
