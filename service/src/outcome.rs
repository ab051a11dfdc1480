//! The outcome file of a solve by this program.

use std::time::Duration;

use loket_instances::matching::outcome::{Technique, compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::outcome::Outcome;
use serde_json::Value;

/// The outcome as its file has it; `memory_mib` is the most that was used, where that is of this solve alone.
pub fn outcome_json(loaded: &Loaded, outcome: &Outcome, took: Duration, memory_mib: Option<u64>) -> Value {
    let technique = Technique {
        version: env!("CARGO_PKG_VERSION").into(),
        engine: outcome.work.engine.clone(),
        seed: loaded.wave.policy.seed,
        seconds: took.as_secs_f64(),
        memory_mib,
    };
    to_json(&compose(loaded, outcome, &technique))
}
