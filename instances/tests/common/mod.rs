//! A small valid wave and ways to change it, shared by the tests of the file formats.
#![allow(dead_code, reason = "each test binary uses its own part")]

use serde_json::{Value, json};

/// A wave that uses every section once and is read without problems or notices.
pub fn wave() -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": "proef", "naam": "Proeflichting", "fase": "opleiding", "toelichting": "verzonnen",
        "beleid": { "doelen": [{ "naam": "geplaatst", "punten": { "geplaatst": 1 } }, { "naam": "rust", "punten": { "ongewijzigd": 2 } }] },
        "besturen": [{ "id": "B1", "naam": "Bestuur Een" }, { "id": "B2", "noodplan": false, "maximum": 4 }],
        "scholen": [
            { "id": "S1", "bestuur": "B1", "lat": 52.37, "lon": 4.89,
              "plekken": [{ "bouw": "onderbouw", "aantal": 1 }, { "id": "groep 6", "bouw": "bovenbouw", "aantal": 2, "dagdelen": ["ma-o", "vr-m"] }] },
            { "id": "S2", "naam": "De Brug", "bestuur": "B2", "lat": 52.35, "lon": 4.95, "plekken": [] }
        ],
        "coaches": [
            { "id": "K1", "lat": 52.36, "lon": 4.9, "maximum": 9, "uren": 540 },
            { "id": "K2", "naam": "Coach Twee", "soort": "extern", "lat": 52.3, "lon": 4.8, "maximum": 2, "uren": 60, "eigen_school": "S2" }
        ],
        "kandidaten": [
            { "id": "Z1", "lat": 52.4, "lon": 4.8, "bouwen": ["bovenbouw", "onderbouw"] },
            { "id": "Z2", "naam": "Kandidaat Twee", "lat": 52.4, "lon": 5, "bouwen": ["onderbouw"], "uitgesloten": { "coaches": ["K2"] } }
        ],
        "reistijden": [{ "van": "Z1", "naar": "S1", "minuten": 31 }],
        "vast": [{ "kandidaat": "Z1", "school": "S1", "plek": "groep 6", "ondanks": ["reistijd"] }],
        "verboden": [{ "kandidaat": "Z2", "coach": "K2", "reden": "familie" }],
        "vorig_plan": [{ "kandidaat": "Z1", "school": "S1", "plek": "groep 6", "coach": "K1", "status": "akkoord" }],
        "paren": [{ "kandidaten": ["Z1", "Z2"], "soort": "samen", "reden": "zelfde gezin" }]
    })
}

/// Puts a value at a JSON pointer whose parent exists; a list grows by `/-`.
pub fn set(wave: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer below the root");
    match wave.pointer_mut(parent).expect("the parent exists") {
        Value::Object(object) => {
            object.insert(key.into(), value);
        }
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => list[key.parse::<usize>().expect("an index")] = value,
        _ => panic!("{parent} holds nothing"),
    }
}

/// Takes a key away.
pub fn unset(wave: &mut Value, pointer: &str) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer below the root");
    let parent = wave.pointer_mut(parent).and_then(Value::as_object_mut).expect("the parent is an object");
    parent.shift_remove(key).expect("the key exists");
}

/// The bytes of a wave.
pub fn bytes(wave: &Value) -> Vec<u8> {
    serde_json::to_vec(wave).expect("a value can be written")
}
