//! Makes the file of a rerun after somebody or something dropped out or came: the wave as it stands now, with its decisions, without it.

use std::collections::BTreeMap;

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::matching::rerun::{Request, rerun_file};
use loket_instances::strict::problem::{Problem, Refusal};
use serde_json::Value;

use super::decision::Decision;
use super::prepare::{Changes, next_file};

/// The file of a rerun.
#[derive(Clone, Debug, PartialEq)]
pub struct Rerun {
    /// Its bytes.
    pub file: Vec<u8>,
    /// The wave's own file once this is accepted: the same with the wave's own policy, which knows no rerun.
    pub own: Vec<u8>,
    /// What was taken out besides what was asked for, in Dutch sentences.
    pub remarks: Vec<String>,
}

/// The file of a rerun of one wave: its own file, its plan and its decisions with `request` written in. `None` when the request is about
/// nothing in this wave.
///
/// # Errors
/// What does not fit, by the format's own reader.
pub fn rerun(own: &[u8], outcome: &[u8], decisions: &BTreeMap<String, Decision>, request: &Request) -> Result<Option<Rerun>, Refusal> {
    let own_loaded = read_wave(own)?;
    let asked = request.about(&own_loaded);
    if asked.changes_nothing() {
        return Ok(None);
    }
    let parsed = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).map_err(|error| unreadable(&error.to_string()));
    let file = next_file(parsed(own)?, Some(&parsed(outcome)?), decisions, Changes::AsWave).to_string().into_bytes();
    let loaded: Loaded = read_wave(&file)?;
    let edited = rerun_file(&file, &loaded, &read_outcome(outcome)?, &asked)?;
    let mut own_after = edited.wave.clone();
    if let Some(keys) = own_after.as_object_mut() {
        match parsed(own)?.get("beleid") {
            Some(policy) => drop(keys.insert("beleid".into(), policy.clone())),
            None => drop(keys.shift_remove("beleid")),
        }
        // Locks on the old placements were for this rerun only.
        if asked.keep_rest {
            match parsed(own)?.get("vast") {
                Some(locks) => drop(keys.insert("vast".into(), locks.clone())),
                None => drop(keys.shift_remove("vast")),
            }
        }
    }
    let own = own_after.to_string().into_bytes();
    read_wave(&own)?;
    let file = edited.wave.to_string().into_bytes();
    // What is asked for must itself be a file that can be solved.
    read_wave(&file)?;
    Ok(Some(Rerun { file, own, remarks: edited.remarks }))
}

fn unreadable(what: &str) -> Refusal {
    let problem = Problem {
        code: "json",
        pointer: String::new(),
        place: "het hele bestand".into(),
        what: what.into(),
        remedy: "kijk of het bestand volledig is".into(),
    };
    Refusal { problems: vec![problem], notices: Vec::new() }
}
