//! Whatever the bytes, reading gives a value or problems, never a panic.

mod common;

use common::{bytes, wave};
use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::read_wave;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Reads as both formats; a refusal must say something.
fn survives(bytes: &[u8]) {
    for problems in [read_wave(bytes).err(), read_outcome(bytes).err()].into_iter().flatten() {
        assert!(!problems.problems.is_empty());
        assert!(problems.problems.iter().all(|problem| !problem.place.is_empty() && !problem.what.is_empty()));
    }
}

/// Pointers to every value in the tree.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.into());
    match value {
        Value::Object(object) => object.iter().for_each(|(key, below)| pointers(below, &format!("{here}/{key}"), found)),
        Value::Array(list) => list.iter().enumerate().for_each(|(at, below)| pointers(below, &format!("{here}/{at}"), found)),
        _ => {}
    }
}

fn odd_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([{ "id": "S1" }, null, "S1", "S1"])),
        Just(json!({ "id": "Z1", "kandidaat": "Z1", "naam": "afspraken" })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        survives(&bytes);
    }

    #[test]
    fn random_text_that_looks_like_json_is_survived(text in "[\\[\\]{}:,\"\\\\a0-9.eEu+ -]{0,60}") {
        survives(text.as_bytes());
        // What a lenient reader accepts and holds no double keys, floats or depth is never called broken JSON by ours, and the other way round.
        if read_wave(text.as_bytes()).is_err_and(|refusal| refusal.problems[0].code != "json") {
            prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{text}");
        } else {
            prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_wave_with_bytes_changed_is_survived(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = bytes(&wave());
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(&bytes);
    }

    #[test]
    fn a_wave_with_values_changed_is_survived(changes in proptest::collection::vec((any::<prop::sample::Index>(), odd_value()), 1..5)) {
        let mut wave = wave();
        for (at, value) in changes {
            let mut all = Vec::new();
            pointers(&wave, "", &mut all);
            let pointer: &String = at.get(&all);
            if let Some(place) = wave.pointer_mut(pointer) {
                *place = value;
            }
        }
        survives(&bytes(&wave));
    }
}
