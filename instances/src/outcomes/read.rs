//! Reads what every outcome file has, and the fields that its rows are made of. What is missing or wrong is told and stands as nothing.

use serde_json::{Map, Value};

use super::lines::{GoalLine, NoticeLine, TechniqueLine};
use crate::strict::fields::{ANY, At, Fields, PERCENT};
use crate::strict::rows::each;

pub(crate) fn list<T>(fields: &Fields<'_>, key: &'static str, label: &str, read: impl Fn(&At<'_>) -> Option<T>) -> Vec<T> {
    fields.need(key).and_then(|at| each(at, label, read)).unwrap_or_default()
}

pub(crate) fn text(fields: &Fields<'_>, key: &'static str) -> String {
    fields.need(key).and_then(At::text).unwrap_or_default().to_owned()
}

pub(crate) fn optional(fields: &Fields<'_>, key: &'static str) -> Option<String> {
    fields.get(key).and_then(At::text).map(str::to_owned)
}

pub(crate) fn integer(fields: &Fields<'_>, key: &'static str) -> i64 {
    fields.need(key).and_then(|at| at.integer(ANY)).unwrap_or_default()
}

fn seconds(fields: &Fields<'_>) -> f64 {
    fields.need("seconden").and_then(|at| at.decimal(0.0..=1e12)).unwrap_or_default()
}

/// Keys beyond those that are known.
pub(crate) fn more(fields: &Fields<'_>) -> Map<String, Value> {
    fields.extra.iter().map(|(key, at)| ((*key).to_owned(), at.node.to_value())).collect()
}

/// Numbers of terms: each is one of these words.
pub(crate) fn points(fields: &Fields<'_>, key: &'static str, terms: &[&'static str]) -> Vec<(String, i64)> {
    let points = fields.need(key).and_then(|at| at.numbers(terms, ANY)).unwrap_or_default();
    points.into_iter().map(|(term, number)| (term.to_owned(), number)).collect()
}

/// Keys of a goal; the last one where there are certificates.
const KEYS: [&str; 10] =
    ["naam", "punten", "tolerantie_procent", "beste", "bovengrens", "bewezen", "ondergrens", "waarde", "seconden", "certificaat"];

/// A goal over these terms; `certified` files may have a certificate.
pub(crate) fn goal(row: &At<'_>, terms: &[&'static str], certified: bool) -> Option<GoalLine> {
    let fields = row.fields(&KEYS[..KEYS.len() - usize::from(!certified)])?;
    Some(GoalLine {
        name: text(&fields, "naam"),
        weights: points(&fields, "punten", terms),
        tolerance_percent: fields.need("tolerantie_procent").and_then(|at| at.integer(PERCENT)).unwrap_or_default(),
        best: integer(&fields, "beste"),
        bound: integer(&fields, "bovengrens"),
        proven: fields.need("bewezen").and_then(At::flag).unwrap_or_default(),
        floor: integer(&fields, "ondergrens"),
        value: integer(&fields, "waarde"),
        seconds: seconds(&fields),
        certificate: if certified { fields.get("certificaat").map(|at| at.node.to_value()) } else { None },
    })
}

pub(crate) fn notice(row: &At<'_>) -> Option<NoticeLine> {
    let fields = row.fields(&["code", "plaats", "tekst"])?;
    Some(NoticeLine { code: text(&fields, "code"), pointer: text(&fields, "plaats"), text: text(&fields, "tekst") })
}

/// Keys may be added.
pub(crate) fn technique(at: &At<'_>) -> Option<TechniqueLine> {
    let fields = at.open_fields(&["versie", "engine", "seed", "seconden"])?;
    let seed = fields.need("seed").and_then(|at| at.integer(0..=(1 << 53) - 1)).unwrap_or_default();
    Some(TechniqueLine {
        version: text(&fields, "versie"),
        engine: text(&fields, "engine"),
        seed: seed.unsigned_abs(),
        seconds: seconds(&fields),
        more: more(&fields),
    })
}
