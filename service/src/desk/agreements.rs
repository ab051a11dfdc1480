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
    let schools: BTreeSet<String> = file.schools.iter().map(|it| it.id.clone()).collect();
    let named = |id: &str| these.is_none_or(|these| these.contains(id));
    let candidates: Vec<String> = file.candidates.iter().map(|it| it.id.clone()).filter(|id| named(id)).collect();
    let coaches = file.coaches.iter().map(|it| it.id.clone()).filter(|id| named(id));
    let travellers = candidates.iter().cloned().map(|id| (Kind::Candidate, id)).chain(coaches.map(|id| (Kind::Coach, id)));
    let (mut travel, mut locks, mut bans) = (Vec::new(), Vec::new(), Vec::new());
    for who in travellers {
        let Some(own) = from.kept.get(&who).map(|kept| &kept.own) else { continue };
        for row in rows(own, "reistijden").filter(|row| text(row, "naar").is_some_and(|to| schools.contains(&to))) {
            let minutes = row["minuten"].as_u64().and_then(|it| u32::try_from(it).ok());
            let to = text(row, "naar").unwrap_or_default();
            travel.push(TravelRow { from: who.1.clone(), to, minutes: minutes.unwrap_or_default(), note: None });
        }
    }
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
    more(&mut file.travel, travel);
    more(&mut file.locks, locks);
    more(&mut file.bans, bans);
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
