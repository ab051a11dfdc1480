//! Writes what every outcome file has.

use serde_json::{Map, Value, json};

use super::lines::{GoalLine, NoticeLine, TechniqueLine};
use crate::strict::object::Object;

/// Numbers by key, in order.
pub(crate) fn numbers(rows: &[(String, i64)]) -> Value {
    rows.iter().map(|(key, number)| (key.clone(), Value::from(*number))).collect::<Map<_, _>>().into()
}

pub(crate) fn goal(line: &GoalLine) -> Map<String, Value> {
    Object::default()
        .put("naam", line.name.clone())
        .put("punten", numbers(&line.weights))
        .put("tolerantie_procent", line.tolerance_percent)
        .put("beste", line.best)
        .put("bovengrens", line.bound)
        .put("bewezen", line.proven)
        .put("ondergrens", line.floor)
        .put("waarde", line.value)
        .put("seconden", line.seconds)
        .put("certificaat", line.certificate.clone())
        .0
}

pub(crate) fn notice(line: &NoticeLine) -> Map<String, Value> {
    Object::default().put("code", line.code.clone()).put("plaats", line.pointer.clone()).put("tekst", line.text.clone()).0
}

pub(crate) fn technique(line: &TechniqueLine) -> Value {
    let mut written = json!({ "versie": line.version, "engine": line.engine, "seed": line.seed, "seconden": line.seconds });
    for (key, value) in &line.more {
        written[key] = value.clone();
    }
    written
}
