//! Outcome files: written and read back the same, found true by the examination, and refused when anything in them is changed.

use loket_instances::scheduling::examine::{examine, examine_changes};
use loket_instances::scheduling::outcome::{Technique, compose, read_outcome, to_json};
use loket_instances::scheduling::roster_file::{Loaded, read_roster};
use loket_solver::common::control::Unhurried;
use loket_solver::scheduling::solve::solve;
use serde_json::{Value, json};

use crate::random::{number, seed};
use crate::wild::{self, Draw};

fn solved(loaded: &Loaded) -> Value {
    let outcome = solve(&loaded.roster, &Unhurried);
    let technique = Technique { version: "0".into(), engine: outcome.work.engine.clone(), seed: 1, seconds: 0.5, memory_mib: None };
    to_json(&compose(loaded, &outcome, &technique))
}

/// Every place in a value below a key that the examination looks at.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found)),
        Value::Array(items) => {
            if !items.is_empty() {
                found.push(at.to_owned());
            }
            items.iter().enumerate().for_each(|(nth, value)| places(value, &format!("{at}/{nth}"), found));
        }
        _ => found.push(at.to_owned()),
    }
}

/// One change at a place: another number or text, or a row less.
fn change(draw: &mut Draw, value: &mut Value) {
    match value {
        Value::Number(number) => *value = json!(number.as_i64().unwrap_or(0) + if draw.chance(50) { 1 } else { -1 }),
        Value::String(text) => *value = json!(if draw.chance(50) { format!("{text}x") } else { String::new() }),
        Value::Bool(flag) => *value = json!(!*flag),
        Value::Array(items) => {
            items.remove(draw.below(items.len()));
        }
        Value::Null => *value = json!(1),
        Value::Object(_) => {}
    }
}

fn outcomes_of(kind: &str) {
    let (seed, count) = (seed(), number("LOKET_ROSTERS", 40));
    println!("{kind}: LOKET_SEED={seed} LOKET_ROSTERS={count}");
    let (mut changes, mut limited, mut through) = (0, 0, Vec::new());
    for nth in 0..count {
        let file = wild::roster(kind, seed * 1_000_000 + nth);
        let loaded = read_roster(&serde_json::to_vec(&file).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
        let outcome = solved(&loaded);
        let bytes = serde_json::to_vec(&outcome).expect("JSON");
        assert_eq!(examine(&loaded, &bytes), Vec::new(), "{file}\n{outcome}");
        assert_eq!(examine_changes(&loaded, &bytes, &Unhurried), Vec::new(), "{file}\n{outcome}");
        if let Some(least) = outcome["kerncijfers"]["minste_wijzigingen"].as_array().filter(|all| !all.is_empty()) {
            let mut other = outcome.clone();
            let last = least.len() - 1;
            other["kerncijfers"]["minste_wijzigingen"][last] = json!(least[last].as_u64().expect("a number") + 1);
            let told = examine_changes(&loaded, &serde_json::to_vec(&other).expect("JSON"), &Unhurried);
            assert_eq!(told.iter().map(|it| it.place.as_str()).collect::<Vec<_>>(), ["/kerncijfers/minste_wijzigingen"], "{other}");
            limited += 1;
        }
        let again = read_outcome(&bytes, loaded.roster.kind()).unwrap_or_else(|refusal| panic!("{refusal}"));
        assert_eq!(to_json(&again), outcome);
        let mut all = Vec::new();
        places(&outcome, "", &mut all);
        // What a run took, and what is only its version, is not computed again. The fewest changes cannot be without solving, nor, of visits,
        // a floor that is a sum of those of coaches.
        let free = |place: &String| {
            place.starts_with("/techniek")
                || place.ends_with("/seconden")
                || place.starts_with("/kerncijfers/minste_wijzigingen")
                || kind == "bezoeken" && place.ends_with("/ondergrens")
        };
        all.retain(|place| !free(place));
        let draw = &mut Draw::new(nth);
        for _ in 0..12 {
            let place = draw.one(&all).clone();
            let mut mutated = outcome.clone();
            change(draw, mutated.pointer_mut(&place).expect("a place"));
            if mutated == outcome {
                continue;
            }
            changes += 1;
            if examine(&loaded, &serde_json::to_vec(&mutated).expect("JSON")).is_empty() {
                through.push(format!("{place} of {}", outcome["rooster"]));
            }
        }
    }
    println!("{kind}: {changes} changed outcomes, {} not refused", through.len());
    assert!(through.is_empty(), "{}", through.join("\n"));
    assert!(limited > 0, "no roster had a limit on changes");
}

#[test]
fn an_outcome_of_another_kind_of_roster_is_told_in_one_sentence() {
    let loaded =
        |kind| read_roster(&serde_json::to_vec(&wild::roster(kind, 1)).expect("JSON")).unwrap_or_else(|refusal| panic!("{refusal}"));
    let outcome = serde_json::to_vec(&solved(&loaded("intervisie"))).expect("JSON");
    let told = examine(&loaded("gesprekken"), &outcome);
    let [one] = told.as_slice() else { panic!("{told:?}") };
    assert!(one.what.contains("is van een rooster van soort intervisie, en dit rooster is van soort gesprekken"), "{one:?}");
}

#[test]
fn outcomes_of_interviews_are_true_and_changed_ones_are_refused() {
    outcomes_of("gesprekken");
}

#[test]
fn outcomes_of_peer_groups_are_true_and_changed_ones_are_refused() {
    outcomes_of("intervisie");
}

#[test]
fn outcomes_of_visits_are_true_and_changed_ones_are_refused() {
    outcomes_of("bezoeken");
}

#[test]
fn outcomes_of_courses_are_true_and_changed_ones_are_refused() {
    outcomes_of("aanbod");
}
