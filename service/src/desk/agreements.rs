//! What the register keeps of people for every wave, put into the file of a wave: travel times, what is fixed, and what is forbidden.

use std::collections::BTreeSet;

use loket_instances::matching::apart::OWN_REASON;
use loket_instances::matching::rows::{BanRow, LockRow, TravelRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::words::{Bouw, Word};
use serde_json::{Map, Value};

use super::prefill::Sources;
use crate::records::register::Kind;

/// Adds what is kept of these people of a file to it; of everybody in it when none are named.
pub fn add(file: &mut WaveFile, from: &Sources, these: Option<&BTreeSet<String>>) {
    let named = |id: &str| these.is_none_or(|these| these.contains(id));
    travel(file, from, |who, _| named(who));
    let candidates: Vec<String> = file.candidates.iter().map(|it| it.id.clone()).filter(|id| named(id)).collect();
    let (mut locks, mut bans) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let Some(own) = from.kept.get(&(Kind::Candidate, candidate.clone())).map(|kept| &kept.own) else { continue };
        if let Some(it) = own.get("vast") {
            locks.push(LockRow {
                candidate: candidate.clone(),
                school: text(it, "school"),
                seat: text(it, "plek"),
                bouw: word(it),
                coach: text(it, "coach"),
                despite: it["ondanks"].as_array().map(|codes| codes.iter().filter_map(|it| RuleCode::parse(it.as_str()?)).collect()),
                note: None,
            });
        }
        for it in rows(own, "verboden") {
            bans.push(BanRow {
                candidate: candidate.clone(),
                school: text(it, "school"),
                seat: text(it, "plek"),
                bouw: word(it),
                board: text(it, "bestuur"),
                coach: text(it, "coach"),
                reason: OWN_REASON.to_owned(),
                note: None,
            });
        }
    }
    more(&mut file.locks, locks);
    more(&mut file.bans, bans);
}

/// Adds the travel times that are kept of people of a file to schools of it, where both are meant.
pub fn travel(file: &mut WaveFile, from: &Sources, meant: impl Fn(&str, &str) -> bool) {
    let schools: BTreeSet<&str> = file.schools.iter().map(|it| it.id.as_str()).collect();
    let candidates = file.candidates.iter().map(|it| (Kind::Candidate, it.id.clone()));
    let mut travel = Vec::new();
    for who in candidates.chain(file.coaches.iter().map(|it| (Kind::Coach, it.id.clone()))) {
        let Some(own) = from.kept.get(&who).map(|kept| &kept.own) else { continue };
        for row in rows(own, "reistijden") {
            let Some(to) = text(row, "naar").filter(|to| schools.contains(to.as_str()) && meant(&who.1, to)) else { continue };
            let minutes = row["minuten"].as_u64().and_then(|it| u32::try_from(it).ok());
            travel.push(TravelRow { from: who.1.clone(), to, minutes: minutes.unwrap_or_default(), note: None });
        }
    }
    more(&mut file.travel, travel);
}

/// What is kept of a candidate of a file that the file does not say: each key with the rows that are missing.
pub fn unsaid(file: &WaveFile, candidate: &str, own: &Map<String, Value>) -> Vec<(&'static str, Value)> {
    let mut missing = Vec::new();
    if let Some(lock) = own.get("vast")
        && file.locks.iter().flatten().all(|it| it.candidate != candidate)
    {
        missing.push(("vast", bare(lock)));
    }
    let bans: Vec<&BanRow> = file.bans.iter().flatten().filter(|it| it.candidate == candidate).collect();
    let says = |ban: &BanRow, row: &Value| {
        let texts = [("school", &ban.school), ("plek", &ban.seat), ("bestuur", &ban.board), ("coach", &ban.coach)];
        texts.into_iter().all(|(key, said)| text(row, key) == *said) && word(row) == ban.bouw
    };
    let there = |row: &Value| text(row, "school").is_none_or(|id| file.schools.iter().any(|it| it.id == id));
    let left: Vec<Value> = rows(own, "verboden").filter(|row| there(row) && !bans.iter().any(|ban| says(ban, row))).map(bare).collect();
    if !left.is_empty() {
        missing.push(("verboden", Value::Array(left)));
    }
    let told = |to: &str| file.travel.iter().flatten().any(|it| it.from == candidate && it.to == to);
    let left =
        rows(own, "reistijden").filter(|row| text(row, "naar").is_some_and(|to| file.schools.iter().any(|it| it.id == to) && !told(&to)));
    let left: Vec<Value> = left.map(bare).collect();
    if !left.is_empty() {
        missing.push(("reistijden", Value::Array(left)));
    }
    missing
}

/// A row without the words of a person: why something is so may tell of their health.
fn bare(row: &Value) -> Value {
    let keys = row.as_object().into_iter().flatten().filter(|(key, _)| !matches!(key.as_str(), "reden" | "toelichting"));
    Value::Object(keys.map(|(key, value)| (key.clone(), value.clone())).collect())
}

/// A list of a file with these rows as well; one that is absent stays so when there are none.
fn more<T>(list: &mut Option<Vec<T>>, rows: Vec<T>) {
    if !rows.is_empty() {
        list.get_or_insert_default().extend(rows);
    }
}

fn rows<'a>(own: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Value> {
    own.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text(row: &Value, key: &str) -> Option<String> {
    row[key].as_str().map(str::to_owned)
}

fn word(row: &Value) -> Option<Bouw> {
    row["bouw"].as_str().and_then(Bouw::parse)
}
