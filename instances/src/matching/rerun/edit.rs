//! Edits the wave file: who or what drops out leaves it, numbers change, people come, and the old placements become `vorig_plan`.

use std::collections::{HashMap, HashSet};

use loket_solver::matching::ask::rerun::{goals_that_gain, status_of};
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::{Status, Word};
use serde_json::{Map, Value, json};

use super::links;
use super::{Budget, Edited, Request};
use crate::matching::file::policy::table;
use crate::matching::outcome::{OutcomeFile, PlacementLine};
use crate::matching::read::Loaded;

/// The rows of a list of the file; none when it is absent or null.
pub(super) fn rows<'a>(wave: &'a Value, key: &str) -> &'a [Value] {
    wave[key].as_array().map_or(&[], Vec::as_slice)
}

/// The text of a key of a row.
pub(super) fn text<'a>(row: &'a Value, key: &str) -> Option<&'a str> {
    row.get(key).and_then(Value::as_str)
}

/// The id of a seat group: its own, else its bouw.
pub(super) fn seat_id(row: &Value) -> Option<&str> {
    text(row, "id").or_else(|| text(row, "bouw"))
}

pub(super) fn edited(mut wave: Value, loaded: &Loaded, outcome: &OutcomeFile, request: &Request) -> Edited {
    let gone = |list: &[String]| list.iter().cloned().collect::<HashSet<String>>();
    let (coaches, schools) = (gone(&request.without_coaches), gone(&request.without_schools));
    let candidates = gone(&request.without_candidates);
    for (list, gone) in [("coaches", &coaches), ("scholen", &schools), ("kandidaten", &candidates)] {
        keep(&mut wave, list, |row| !text(row, "id").is_some_and(|id| gone.contains(id)));
    }
    let left = |id: Option<&str>| id.is_some_and(|id| coaches.contains(id) || candidates.contains(id) || schools.contains(id));
    keep(&mut wave, "reistijden", |row| !left(text(row, "van")) && !left(text(row, "naar")));
    numbers(&mut wave, request);
    if !request.arrivals.is_empty() {
        let mut people = taken(&mut wave, "kandidaten");
        people.extend(request.arrivals.iter().cloned());
        wave["kandidaten"] = Value::Array(people);
    }
    let mut remarks = links::repair(&mut wave);
    previous(&mut wave, loaded, outcome, request.status.unwrap_or(Status::Akkoord));
    policy(&mut wave, loaded, request.budget);
    if request.keep_rest {
        remarks.extend(lock_rest(&mut wave, outcome, request));
    }
    Edited { wave, remarks }
}

/// A list of the file, taken out; empty when it is absent or null.
fn taken(wave: &mut Value, key: &str) -> Vec<Value> {
    match wave.get_mut(key).map(Value::take) {
        Some(Value::Array(rows)) => rows,
        _ => Vec::new(),
    }
}

fn keep(wave: &mut Value, key: &str, stays: impl Fn(&Value) -> bool) {
    if let Some(Value::Array(rows)) = wave.get_mut(key) {
        rows.retain(stays);
    }
}

fn numbers(wave: &mut Value, request: &Request) {
    for (list, key, given) in
        [("coaches", "uren", &request.hours), ("kandidaten", "uren", &request.hours), ("coaches", "maximum", &request.maxima)]
    {
        for (id, number) in given {
            for row in wave[list].as_array_mut().into_iter().flatten().filter(|row| text(row, "id") == Some(id)) {
                row[key] = json!(number);
            }
        }
    }
    for fewer in &request.fewer_seats {
        let schools = wave["scholen"].as_array_mut().into_iter().flatten();
        for school in schools.filter(|row| text(row, "id") == Some(&fewer.school)) {
            let groups = school["plekken"].as_array_mut().into_iter().flatten();
            for group in groups.filter(|row| seat_id(row) == Some(&fewer.seat)) {
                let left = group["aantal"].as_u64().unwrap_or(0).saturating_sub(fewer.count.into());
                group["aantal"] = json!(left);
            }
        }
    }
}

/// The old placements of everybody who is still there, with their statuses.
fn previous(wave: &mut Value, loaded: &Loaded, outcome: &OutcomeFile, usual: Status) {
    let people: HashSet<&str> = rows(wave, "kandidaten").iter().filter_map(|row| text(row, "id")).collect();
    let known: HashMap<&str, _> = loaded.wave.candidates.pairs().map(|(id, it)| (it.id.as_str(), id)).collect();
    let entries: Vec<Value> = outcome
        .placements
        .iter()
        .filter(|line| people.contains(line.candidate.as_str()))
        .map(|line| {
            let status = known.get(line.candidate.as_str()).map_or(usual, |&candidate| {
                let at = seat(&loaded.wave, line);
                let coach = loaded.wave.coaches.pairs().find(|(_, it)| it.id == line.coach).map(|(id, _)| id);
                status_of(&loaded.wave, candidate, at, coach, usual)
            });
            json!({
                "kandidaat": line.candidate, "school": line.school, "plek": line.seat, "coach": line.coach, "status": status.code(),
            })
        })
        .collect();
    wave["vorig_plan"] = Value::Array(entries);
}

fn seat(wave: &Wave, line: &PlacementLine) -> Option<loket_solver::matching::facts::ids::SeatId> {
    let school = wave.schools.iter().find(|it| it.id == line.school)?;
    school.seats.iter().copied().find(|&seat| wave.seats[seat].id == line.seat)
}

/// How many changes there may be, and when they may be chosen: what they are for.
fn policy(wave: &mut Value, loaded: &Loaded, budget: Budget) {
    if !wave["beleid"].is_object() {
        wave["beleid"] = json!({});
    }
    let policy = &mut wave["beleid"];
    match budget {
        Budget::AsWave => {
            if policy["max_wijzigingen"].is_null() {
                policy["max_wijzigingen"] = json!(0);
            }
        }
        Budget::Free => {
            if let Value::Object(keys) = policy {
                keys.shift_remove("max_wijzigingen");
            }
        }
        Budget::AtMost(most) => {
            policy["max_wijzigingen"] = json!(most);
            if most > 0 {
                policy["doelen"] = goals_that_gain(&loaded.wave).iter().map(goal_json).collect();
            }
        }
    }
}

fn goal_json(goal: &Goal) -> Value {
    let mut row = Map::new();
    row.insert("naam".into(), json!(goal.name));
    row.insert("punten".into(), table(goal.weights.iter().map(|&(term, weight)| (term.code(), weight))));
    if goal.tolerance_percent > 0 {
        row.insert("tolerantie_procent".into(), json!(goal.tolerance_percent));
    }
    Value::Object(row)
}

/// Locks everybody on the old placement whom the request does not touch.
fn lock_rest(wave: &mut Value, outcome: &OutcomeFile, request: &Request) -> Vec<String> {
    let touched = |line: &PlacementLine| {
        let seat = |it: &&super::FewerSeats| it.school == line.school && it.seat == line.seat;
        let number = |(id, _): &(String, u32)| *id == line.coach || *id == line.candidate;
        request.without_coaches.contains(&line.coach)
            || request.without_schools.contains(&line.school)
            || request.without_candidates.contains(&line.candidate)
            || request.fewer_seats.iter().any(|it| seat(&it))
            || request.hours.iter().any(number)
            || request.maxima.iter().any(number)
    };
    let kept: Vec<&PlacementLine> = outcome.placements.iter().filter(|line| !touched(line)).collect();
    let mut locks = taken(wave, "vast");
    for line in &kept {
        let earlier = locks.iter().position(|row| text(row, "kandidaat") == Some(&line.candidate));
        let mut lock = json!({ "kandidaat": line.candidate, "school": line.school, "plek": line.seat, "coach": line.coach });
        match earlier {
            Some(at) => {
                if let Some(despite) = locks[at].get("ondanks").filter(|it| !it.is_null()) {
                    lock["ondanks"] = despite.clone();
                }
                locks[at] = lock;
            }
            None => locks.push(lock),
        }
    }
    wave["vast"] = Value::Array(locks);
    match kept.len() {
        0 => Vec::new(),
        1 => vec!["1 kandidaat is vastgezet op de oude plaatsing.".into()],
        many => vec![format!("{many} kandidaten zijn vastgezet op hun oude plaatsing.")],
    }
}
