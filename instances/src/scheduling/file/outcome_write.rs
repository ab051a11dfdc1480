//! Writes an outcome file of a roster as JSON.

use loket_solver::common::words::Verdict;
use loket_solver::scheduling::facts::calendar::Moment;
use serde_json::{Map, Value, json};

use super::write::claim;
use crate::outcomes::write::{goal, notice, numbers, technique};
use crate::scheduling::lines::{BlockLine, ConflictLine, FORMAT, MemberLine, OutcomeFile, UnplannedLine};
use crate::strict::object::{Object, list};

/// The whole file; `conflict` is there only when the status is `onmogelijk`.
pub fn to_json(outcome: &OutcomeFile) -> Value {
    let conflict = |line: &ConflictLine| -> Map<String, Value> {
        let mut written = claim(&line.lock, outcome.kind);
        written.insert("regels".into(), json!(line.rules));
        written
    };
    let impossible = outcome.status == Verdict::Impossible || !outcome.conflict.is_empty();
    let conflict = impossible.then(|| outcome.conflict.iter().map(|line| Value::Object(conflict(line))).collect::<Value>());
    let written = Object::default()
        .put("formaat", FORMAT)
        .put("rooster", outcome.roster.clone())
        .put("invoer_sha256", outcome.input_sha256.clone())
        .word("status", Some(outcome.status))
        .put("doelen", list(&outcome.goals, goal))
        .put("blokken", list(&outcome.blocks, block))
        .put("ongepland", list(&outcome.unplanned, unplanned))
        .put("punten_plan", numbers(&outcome.plan_points))
        .put("conflict", conflict)
        .put("meldingen", list(&outcome.notices, notice))
        .put("kerncijfers", Value::Object(outcome.figures.clone()))
        .put("beleid", outcome.policy.clone())
        .put("techniek", technique(&outcome.technique));
    Value::Object(written.0)
}

fn shown(moments: Option<&Vec<Moment>>) -> Option<Vec<String>> {
    moments.map(|moments| moments.iter().map(Moment::to_string).collect())
}

fn block(line: &BlockLine) -> Map<String, Value> {
    let staff: Vec<Value> = line.staff.iter().map(|(role, person)| json!({ "rol": role, "persoon": person })).collect();
    Object::default()
        .put("dagdeel", line.moment.map(|moment| moment.to_string()))
        .put("aanbod", line.offer.clone())
        .put("reeks", line.series.clone())
        .put("dagdelen", shown(line.moments.as_ref()))
        .put("locatie", line.location.clone())
        .put("vervolg_van", line.follows.clone())
        .put("bezetting", staff)
        .put("leden", list(&line.members, member))
        .put("punten", numbers(&line.points))
        .0
}

fn member(line: &MemberLine) -> Map<String, Value> {
    Object::default()
        .put("id", line.id.clone())
        .put("tijd", line.time.clone())
        .put("afwezig", shown(line.absent.as_ref()))
        .put("punten", numbers(&line.points))
        .0
}

fn unplanned(line: &UnplannedLine) -> Map<String, Value> {
    let reasons: Vec<Value> =
        line.reasons.iter().map(|reason| json!({ "code": reason.code, "gegevens": reason.data, "tekst": reason.text })).collect();
    Object::default().put("id", line.id.clone()).put("aantal", line.missing).put("redenen", reasons).0
}
