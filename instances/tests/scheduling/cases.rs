//! The sample rosters of ../shared/cases/planning have the stored status, V_i and conflict.

use std::path::{Path, PathBuf};

use loket_instances::scheduling::roster_file::{Loaded, read_roster};
use loket_solver::common::control::Unhurried;
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::outcome::Outcome;
use loket_solver::scheduling::judge::Judge;
use loket_solver::scheduling::solve::solve;
use serde_json::{Map, Value};

/// The files of one kind with what is stored of them; none when the folder is not there.
pub fn samples(kind: &str) -> Vec<(PathBuf, Value)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    let folder = std::env::var_os("LOKET_CASES").map_or(beside, PathBuf::from).join("planning");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("{} is not there: its rosters are NOT compared (LOKET_CASES names another folder)", folder.display());
        return Vec::new();
    };
    let is = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(&format!("{kind}-")) && name.ends_with(".json") && !name.ends_with(".optimum.json")
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).filter(is).collect();
    files.sort();
    let stored = |path: PathBuf| {
        let stored = std::fs::read(path.with_extension("optimum.json")).expect("an optimum");
        (path, serde_json::from_slice(&stored).expect("an optimum is JSON"))
    };
    files.into_iter().map(stored).collect()
}

/// What of an outcome differs from what is stored.
fn differences(loaded: &Loaded, outcome: &Outcome, stored: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if outcome.verdict.code() != stored["status"] {
        found.push(format!("status {}, stored {}", outcome.verdict.code(), stored["status"]));
    }
    let policy = &loaded.roster.policy;
    let ours: Vec<_> = policy.goals.iter().zip(&outcome.goals).map(|(goal, known)| (goal.name.clone(), known.best)).collect();
    let goals = stored["doelen"].as_array().expect("goals");
    let theirs: Vec<_> =
        goals.iter().map(|goal| (goal["naam"].as_str().expect("a name").to_owned(), goal["beste"].as_i64().expect("a value"))).collect();
    if ours != theirs {
        found.push(format!("goals\n  {ours:?}, stored\n  {theirs:?}"));
    }
    if outcome.goals.iter().any(|goal| !goal.proven()) {
        found.push("a goal is not proven".into());
    }
    if let Some(plan) = &outcome.plan {
        let findings = Judge::new(&loaded.roster).findings(plan, outcome.least_changes.as_deref());
        let values: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
        if !findings.breaches.is_empty() || findings.values != values {
            found.push(format!("the judge: {:?} {:?}, told {values:?}", findings.breaches, findings.values));
        }
    }
    let conflict: Vec<Value> = outcome
        .conflict
        .iter()
        .map(|lock| {
            let row = &loaded.roster.units[lock.unit];
            let mut shown = Map::new();
            let unit = if loaded.roster.visits().is_some() { "plaatsing" } else { "deelnemer" };
            shown.insert(unit.into(), row.id.clone().into());
            if let Some(moment) = row.locks[lock.lock].moment {
                shown.insert("dagdeel".into(), moment.to_string().into());
            }
            if let Some(offer) = row.locks[lock.lock].offer.known() {
                shown.insert("aanbod".into(), loaded.roster.courses().expect("courses").offers[offer].id.clone().into());
            }
            Value::Object(shown)
        })
        .collect();
    if conflict != *stored["conflict"].as_array().unwrap_or(&Vec::new()) {
        found.push(format!("conflict {conflict:?}, stored {}", stored["conflict"]));
    }
    found
}

fn compare(kind: &str, expected: usize) {
    let samples = samples(kind);
    let mut wrong = Vec::new();
    for (path, stored) in &samples {
        let bytes = std::fs::read(path).expect("a roster");
        let loaded = read_roster(&bytes).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        let outcome = solve(&loaded.roster, &Unhurried);
        let found = differences(&loaded, &outcome, stored);
        if !found.is_empty() {
            wrong.push(format!("{}: {}", path.display(), found.join("\n")));
        }
    }
    println!("{kind}: {} of {} rosters agree", samples.len() - wrong.len(), samples.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(samples.is_empty() || samples.len() == expected, "{} rosters of {kind}", samples.len());
}

#[test]
fn sample_interviews_have_their_stored_optimum() {
    compare("gesprekken", 12);
}

#[test]
fn sample_peer_groups_have_their_stored_optimum() {
    compare("intervisie", 11);
}

#[test]
fn sample_visits_have_their_stored_optimum() {
    compare("bezoeken", 10);
}

#[test]
fn sample_courses_have_their_stored_optimum() {
    compare("aanbod", 13);
}
