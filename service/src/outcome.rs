//! The outcome file of a solve by this program, and how it was made.

use std::time::Duration;

use loket_instances::matching::outcome::{Technique, compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::outcome::Outcome;
use serde_json::Value;

/// The outcome as its file has it; `memory_mib` is the most that was used, where that is of this solve alone.
pub fn outcome_json(loaded: &Loaded, outcome: &Outcome, took: Duration, memory_mib: Option<u64>) -> Value {
    let technique = technique(&outcome.work.engine, loaded.wave.policy.seed, took, memory_mib);
    to_json(&compose(loaded, outcome, &technique))
}

/// How an outcome was made: by this version, with this engine, in this time; `memory_mib` as above.
pub fn technique(engine: &str, seed: u64, took: Duration, memory_mib: Option<u64>) -> Technique {
    let version = env!("CARGO_PKG_VERSION").into();
    Technique { version, engine: engine.into(), seed, seconds: took.as_secs_f64(), memory_mib }
}
