//! The sample waves of ../shared/cases have the stored status, V_i and conflict, for the engine and the second opinion.

use std::path::PathBuf;

use loket_solver::common::control::Unhurried;
use loket_solver::matching::solve::plain::solve_plain;
use loket_solver::matching::solve::{Options, solve};
use serde_json::Value;

use crate::brute::{self, Answer};
use crate::compare::{against_engine, against_plain};
use crate::support::{load_bytes, root};

/// The waves of a folder of samples with what is stored of them; none when the folder is not there.
fn samples(folder: &str) -> Vec<(PathBuf, Value)> {
    let folder = root().join("../shared/cases").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("{} is not there: its waves are NOT compared", folder.display());
        return Vec::new();
    };
    let mut waves: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json") && !name.ends_with(".optimum.json")
        })
        .collect();
    waves.sort();
    waves
        .into_iter()
        .map(|path| {
            let stored = std::fs::read(path.with_extension("optimum.json")).expect("an optimum");
            let stored = serde_json::from_slice(&stored).expect("an optimum is JSON");
            (path, stored)
        })
        .collect()
}

/// What is stored of a wave, as brute force would have said it. Least changes are not stored, they are taken from `least_changes`.
fn stored_answer(stored: &Value, least_changes: Option<u32>) -> Answer {
    let strings = |value: &Value| -> Vec<String> {
        let list = value.as_array().expect("a list");
        list.iter().map(|it| it.as_str().expect("text").to_owned()).collect()
    };
    match stored["status"].as_str().expect("a status") {
        "onmogelijk" => {
            let mut conflict = strings(&stored["conflict"]);
            conflict.sort();
            Answer::Impossible { conflict }
        }
        "optimaal" => Answer::Best {
            values: stored["doelen"].as_array().expect("goals").iter().map(|goal| goal["beste"].as_i64().expect("a value")).collect(),
            least_changes,
        },
        other => panic!("unknown status {other}"),
    }
}

fn compare(folder: &str) {
    let mut differences = Vec::new();
    let samples = samples(folder);
    for (path, stored) in &samples {
        let bytes = std::fs::read(path).expect("a wave");
        let loaded = load_bytes(&bytes);
        let wave = &loaded.wave;
        let plain = solve_plain(wave, &Unhurried);
        let outcome = solve(wave, &Options::default(), &Unhurried);
        let goals: Vec<&str> = wave.policy.goals.iter().map(|goal| &*goal.name).collect();
        let stored_goals: Vec<&str> =
            stored["doelen"].as_array().expect("goals").iter().map(|goal| goal["naam"].as_str().expect("a name")).collect();
        let answer = stored_answer(stored, plain.least_changes);
        let mut found = against_plain(wave, &answer, &plain);
        found.extend(against_engine(wave, &answer, &outcome));
        if matches!(answer, Answer::Best { .. }) && goals != stored_goals {
            found.push(format!("goals {goals:?}, stored {stored_goals:?}"));
        }
        if let Some(truth) = brute::answer(wave)
            && truth != answer
        {
            found.push(format!("brute force: {truth:?}"));
        }
        if !found.is_empty() {
            differences.push(format!("{}: stored {answer:?}\n{}", path.display(), found.join("\n")));
        }
    }
    println!("{} {folder} waves compared", samples.len());
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn tiny_sample_waves_have_their_stored_optimum() {
    compare("tiny");
}

#[test]
fn small_sample_waves_have_their_stored_optimum() {
    compare("small");
}
