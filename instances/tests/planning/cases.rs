//! The sample plans of ../shared/cases/planning have the stored status, V_i and conflict.

use loket_instances::planning::examine::examine;
use loket_instances::planning::outcome::{Answered, Technique, compose, to_json};
use loket_instances::planning::plan_file::Loaded;
use loket_solver::common::control::Unhurried;
use loket_solver::common::words::Word;
use loket_solver::planning::facts::outcome::Outcome;
use loket_solver::planning::judge;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use crate::common::{folder, json as read, load};

pub fn written(loaded: &Loaded, outcome: &Outcome, answered: &Answered) -> Value {
    let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
    to_json(&compose(loaded, outcome, answered, &technique))
}

/// What of an outcome differs from what is stored.
fn differences(loaded: &Loaded, outcome: &Outcome, stored: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if outcome.verdict.code() != stored["status"] {
        found.push(format!("status {}, stored {}", outcome.verdict.code(), stored["status"]));
    }
    let goals = loaded.horizon.policy.goals.iter().zip(&outcome.goals);
    let ours: Vec<Value> = goals.map(|(goal, known)| json!({ "naam": goal.name, "beste": known.best })).collect();
    if Value::from(ours.clone()) != stored["doelen"] {
        found.push(format!("goals\n  {ours:?}, stored\n  {}", stored["doelen"]));
    }
    if outcome.goals.iter().any(|goal| !goal.proven()) {
        found.push("a goal is not proven".into());
    }
    if let Some(plan) = &outcome.plan {
        let findings = judge::findings(&loaded.horizon, plan).expect("a whole plan");
        let values: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
        if !findings.breaches.is_empty() || findings.values != values {
            found.push(format!("the judge: {findings:?}, told {values:?}"));
        }
    }
    let conflict: Vec<Value> = outcome.conflict.iter().map(|lock| loaded.locks[lock.lock].clone()).collect();
    let none = Value::Array(Vec::new());
    if Value::Array(conflict.clone()) != *stored.get("conflict").unwrap_or(&none) {
        found.push(format!("conflict {conflict:?}, stored {}", stored["conflict"]));
    }
    let told = written(loaded, outcome, &Answered::default());
    let wrong = examine(loaded, told.to_string().as_bytes());
    if !wrong.is_empty() {
        found.push(format!("verify: {wrong:?}"));
    }
    found
}

#[test]
fn sample_plans_have_their_stored_optimum() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let mut seen = 0;
    let mut paths: Vec<_> = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let optimum = path.with_extension("optimum.json");
        if !(name.starts_with("meerjaren") || name.starts_with("amsterdam")) || name.matches('.').count() != 1 || !optimum.exists() {
            continue;
        }
        seen += 1;
        let loaded = load(&read(&path));
        let found = differences(&loaded, &solve(&loaded.horizon, &Unhurried), &read(&optimum));
        if !found.is_empty() {
            wrong.push(format!("{name}: {}", found.join("\n")));
        }
    }
    println!("{} of {seen} plans agree", seen - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(seen, 21, "plans with a stored optimum");
}
