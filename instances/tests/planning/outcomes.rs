//! Outcomes that are changed in one place are not believed, and what is written is read back the same.

use loket_instances::planning::examine::examine;
use loket_instances::planning::outcome::{Answered, read_outcome, to_json};
use loket_solver::common::control::Unhurried;
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::solve::solve;
use serde_json::{Value, json};

use crate::cases::written;
use crate::common::load;

fn file() -> Value {
    json!({
        "formaat": "loket-meerjarenplan/1", "id": "p", "start": "2026-09", "jaren": ["2026-2027", "2027-2028"],
        "trechter": { "diploma": 80 },
        "lichtingen": [{ "id": "L1", "maand": "2026-09", "doel": 4 }, { "id": "L2", "maand": "2027-02", "doel": 3 }],
        "besturen": [{ "id": "B1", "plekken": 2 }, { "id": "B2", "plekken": [2, 3] }],
        "coachsoorten": [
            { "id": "intern", "uren": 690, "aanname_max": 1 },
            { "id": "extern", "extern": true, "uren": 690, "aanname_max": 1, "diensttijd": 1, "fasen": ["opleiding"], "overdracht": "intern" },
        ],
        "posten": [{ "id": "a", "activiteit": "A", "soort": "overig", "per": "opleiding", "prijs_cent": 10000 },
            { "id": "c", "activiteit": "B", "soort": "overig", "per": "diploma", "groep": 2, "prijs_cent": 333 }],
        "inkomsten": [{ "id": "b", "soort": "rijk", "per": "opleiding", "prijs_cent": 12345 }],
        "vast": [{ "lichting": "L1", "gestart": 2 }],
        "scenarios": [{ "id": "s", "wijzig": [{ "pad": "/trechter/diploma", "waarde": 60 }] },
            { "id": "t", "wijzig": [{ "pad": "/vast/0/gestart", "waarde": 9 }] }],
        "beleid": { "per_coach": 2 },
    })
}

/// Every place of a value, but of what only tells how it was made.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            let told = entries.iter().filter(|(key, _)| *key != "techniek" && *key != "seconden");
            told.for_each(|(key, value)| places(value, &format!("{at}/{key}"), found));
        }
        Value::Array(items) => items.iter().enumerate().for_each(|(nth, value)| places(value, &format!("{at}/{nth}"), found)),
        _ => found.push(at.to_owned()),
    }
}

#[test]
fn an_outcome_that_is_changed_anywhere_is_refused() {
    let loaded = load(&file());
    let outcome = solve(&loaded.horizon, &Unhurried);
    let answered = Answered {
        scenarios: Some(loaded.scenarios.iter().map(|scenario| solve(&scenario.horizon, &Unhurried)).collect()),
        sensitivity: Some(sensitivity(&loaded.horizon, &outcome, &Unhurried)),
    };
    let told = written(&loaded, &outcome, &answered);
    let bytes = told.to_string();
    assert_eq!(examine(&loaded, bytes.as_bytes()), Vec::new());
    assert_eq!(to_json(&read_outcome(bytes.as_bytes()).expect("an outcome")), told);
    assert_eq!((&told["scenarios"][1]["status"], &told["scenarios"][1]["conflict"][0]["gestart"]), (&json!("onmogelijk"), &json!(9)));
    // What was asked beside the plan is solved again every time: of that, some places.
    let plain = written(&loaded, &outcome, &Answered::default());
    let mut all = Vec::new();
    places(&plain, "", &mut all);
    let mut beside = Vec::new();
    ["scenarios", "gevoeligheid"].iter().for_each(|key| places(&told[key], &format!("/{key}"), &mut beside));
    let beside: Vec<String> = beside.into_iter().step_by(23).collect();
    let mut believed = Vec::new();
    for (place, whole) in all.iter().map(|place| (place, &plain)).chain(beside.iter().map(|place| (place, &told))) {
        let mut changed = whole.clone();
        let value = changed.pointer_mut(place).expect("a place");
        *value = match &value {
            Value::Number(number) => json!(number.as_i64().unwrap_or(0) + 1),
            Value::Bool(flag) => json!(!*flag),
            Value::String(text) => json!(format!("{text}x")),
            _ => json!(1),
        };
        if examine(&loaded, changed.to_string().as_bytes()).is_empty() {
            believed.push(place.clone());
        }
    }
    println!("{} places changed one by one, and {} of what was asked beside the plan", all.len(), beside.len());
    assert!(all.len() > 100 && beside.len() > 5, "{} and {} places", all.len(), beside.len());
    assert_eq!(believed, Vec::<String>::new());
    for key in ["instroom", "begeleiding", "pool", "geld", "beleid", "doelen", "meldingen"] {
        let mut without = plain.clone();
        without.as_object_mut().expect("an outcome").shift_remove(key);
        assert!(!examine(&loaded, without.to_string().as_bytes()).is_empty(), "without {key}");
    }
}
