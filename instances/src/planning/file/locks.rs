//! Reads decisions that were already taken.

use std::collections::HashSet;

use loket_solver::common::tables::Id;
use loket_solver::planning::facts::horizon::Lock;
use loket_solver::planning::facts::ids::{BoardId, KindId, WaveId};
use serde_json::Value;

use super::index::Listed;
use super::read::year;
use crate::strict::fields::{AMOUNT, At, Fields};
use crate::strict::json::Node;
use crate::strict::limits;

/// Keys of a lock.
pub(crate) const KEYS: &[&str] = &["lichting", "bestuur", "coachsoort", "jaar", "gestart", "aantal", "aanname"];

/// The four forms, by their keys in the order of [`KEYS`].
const FORMS: [&[&str]; 4] = [
    &["lichting", "gestart"],
    &["lichting", "bestuur", "gestart"],
    &["lichting", "coachsoort", "aantal"],
    &["coachsoort", "jaar", "aanname"],
];

/// Locks in the order of the file.
pub(crate) fn read(
    fields: &Fields<'_>,
    waves: &Listed<'_, WaveId>,
    boards: &Listed<'_, BoardId>,
    kinds: &Listed<'_, KindId>,
    years: &[String],
) -> Vec<Lock> {
    let mut seen = HashSet::new();
    let mut locks = Vec::new();
    let Some(at) = fields.get("vast") else { return locks };
    for row in at.no_more_than(limits::ROWS).and_then(|()| at.rows("")).unwrap_or_default() {
        let Some(fields) = row.fields(KEYS) else { continue };
        let given: Vec<&str> = KEYS.iter().copied().filter(|&key| fields.get(key).is_some()).collect();
        if !FORMS.contains(&given.as_slice()) {
            let what = "dit is geen van de vier soorten vaste keuzes";
            let forms: Vec<String> = FORMS.iter().map(|form| form.join(" + ")).collect();
            row.refuse("samen", what, format!("noem precies één van: {}", forms.join("; ")));
        }
        let number = |key: &'static str| fields.get(key).and_then(|at| at.integer(AMOUNT));
        let (started, guided, hired) = (number("gestart"), number("aantal"), number("aanname"));
        let wave = fields.get("lichting").and_then(|at| waves.named(at));
        let board = fields.get("bestuur").and_then(|at| boards.named(at));
        let kind = fields.get("coachsoort").and_then(|at| kinds.named(at));
        let year = fields.get("jaar").and_then(|at| year(at, years));
        let lock = match given.as_slice() {
            ["lichting", "gestart"] => wave.zip(started).map(|(wave, number)| Lock::Started(wave, number)),
            ["lichting", "bestuur", "gestart"] => {
                wave.zip(board).zip(started).map(|((wave, board), number)| Lock::Seated(wave, board, number))
            }
            ["lichting", "coachsoort", "aantal"] => {
                wave.zip(kind).zip(guided).map(|((wave, kind), number)| Lock::Guided(wave, kind, number))
            }
            ["coachsoort", "jaar", "aanname"] => kind.zip(year).zip(hired).map(|((kind, year), number)| Lock::Hired(kind, year, number)),
            _ => None,
        };
        let Some(lock) = lock else { continue };
        if !seen.insert(decision(lock)) {
            row.refuse("dubbel", "over deze keuze staat er al een vaste keuze", "laat er één staan");
        }
        locks.push(lock);
    }
    locks
}

/// What a lock is about, whatever its number.
fn decision(lock: Lock) -> (u8, usize, usize) {
    match lock {
        Lock::Started(wave, _) => (0, wave.position(), 0),
        Lock::Seated(wave, board, _) => (1, wave.position(), board.position()),
        Lock::Guided(wave, kind, _) => (2, wave.position(), kind.position()),
        Lock::Hired(kind, year, _) => (3, kind.position(), year.position()),
    }
}

/// The locks as they stand in the file, without remarks.
pub(crate) fn as_written(fields: &Fields<'_>) -> Vec<Value> {
    let Some(Node::List(items)) = fields.get("vast").map(|at: &At<'_>| at.node) else { return Vec::new() };
    let known = |item: &Node| match item.to_value() {
        Value::Object(entries) => {
            entries.into_iter().filter(|(key, value)| KEYS.contains(&key.as_str()) && !value.is_null()).collect::<Value>()
        }
        other => other,
    };
    items.iter().map(known).collect()
}
