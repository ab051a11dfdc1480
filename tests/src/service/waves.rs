//! Waves for the service: small ones, long ones, and two that share their schools and coaches.

use loket_instances::generate::{Options, PhaseMix, Preset, generate};
use serde_json::Value;

/// A wave of a few candidates in Amsterdam, solved in no time. Every id in it begins with `prefix`, which begins with a letter.
pub fn small(prefix: &str, candidates: usize, seed: u64) -> Value {
    let options = Options { candidates: Some(candidates), coaches: Some(4), schools: Some(40), seed, ..Options::new(Preset::Amsterdam) };
    own(generate(&options), prefix)
}

/// A wave that takes seconds.
pub fn long(prefix: &str, seed: u64) -> Value {
    let options = Options { candidates: Some(200), coaches: Some(40), phases: PhaseMix::Mixed, seed, ..Options::new(Preset::Amsterdam) };
    own(generate(&options), prefix)
}

/// A wave that takes minutes: it is stopped before its last goal is proven.
pub fn endless(prefix: &str) -> Value {
    let long = Options { candidates: Some(200), coaches: Some(40), phases: PhaseMix::Mixed, seed: 2, ..Options::new(Preset::Amsterdam) };
    own(generate(&Options { tightness: 75, ..long }), prefix)
}

/// A second wave with the same schools and coaches, and other people.
pub fn sister(of: &Value) -> Value {
    let mut wave = of.clone();
    wave["id"] = format!("{}-zus", of["id"].as_str().expect("a wave has an id")).into();
    for person in wave["kandidaten"].as_array_mut().into_iter().flatten() {
        person["id"] = format!("{}-zus", person["id"].as_str().expect("a candidate has an id")).into();
    }
    wave
}

/// The id of a wave.
pub fn id(wave: &Value) -> String {
    wave["id"].as_str().expect("a wave has an id").to_owned()
}

fn own(mut wave: Value, prefix: &str) -> Value {
    rename(&mut wave, prefix);
    wave["id"] = prefix.into();
    wave
}

/// Puts the prefix before everything that is an id of the generator: a letter and digits.
fn rename(value: &mut Value, prefix: &str) {
    match value {
        Value::String(text) => {
            let mut letters = text.chars();
            let first = letters.next().is_some_and(|letter| "BSKZ".contains(letter));
            if first && text.len() > 1 && letters.all(|letter| letter.is_ascii_digit()) {
                *text = format!("{prefix}-{text}");
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|it| rename(it, prefix)),
        Value::Object(keys) => keys.values_mut().for_each(|it| rename(it, prefix)),
        _ => {}
    }
}
