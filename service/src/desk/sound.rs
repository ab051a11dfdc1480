//! A wave file as it was sent, read once: what it says, what is kept of it, and the names that are kept apart.

use loket_instances::matching::read::{Loaded, read_wave};
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Word;
use serde_json::Value;

use super::apart::apart;
use super::register::{Rows, rows};
use crate::records::person::Person;
use crate::store::{Error, ids};

/// A wave file without names, and what was taken out.
#[derive(Clone, Debug)]
pub struct Sound {
    /// What it says.
    pub loaded: Loaded,
    /// The file as it is kept.
    pub bytes: Vec<u8>,
    /// Its boards, schools, seats, coaches and candidates.
    pub rows: Rows,
    /// Names and free text.
    pub people: Vec<Person>,
}

impl Sound {
    /// Code of its phase.
    pub fn phase(&self) -> &'static str {
        self.loaded.wave.phase.code()
    }
}

/// Reads a wave file and takes the names out. It may be large: not on the runtime's own threads.
///
/// # Errors
/// Every problem of the file at once.
pub fn read(bytes: &[u8]) -> Result<Sound, Refusal> {
    // The file as it was sent is what is checked: JSON that was read once has lost its double keys.
    read_wave(bytes)?;
    let (file, people) = apart(serde_json::from_slice(bytes).unwrap_or_default());
    let bytes = file.to_string().into_bytes();
    let loaded = read_wave(&bytes)?;
    Ok(Sound { loaded, rows: rows(&file), bytes, people })
}

/// The seed of a wave file, and the file with that seed in it: drawn when it names none.
///
/// # Errors
/// When what was kept is no wave file.
pub async fn seeded(bytes: Vec<u8>) -> Result<(i64, Vec<u8>), Error> {
    let work = move || {
        let mut file: Value = serde_json::from_slice(&bytes)?;
        if let Some(seed) = file["beleid"]["seed"].as_i64() {
            return Ok((seed, file.to_string().into_bytes()));
        }
        let drawn = ids::random().iter().take(4).fold(0, |sum, &byte| sum << 8 | i64::from(byte));
        if !file["beleid"].is_object() {
            file["beleid"] = serde_json::json!({});
        }
        file["beleid"]["seed"] = drawn.into();
        Ok((drawn, file.to_string().into_bytes()))
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Other(error.to_string()))?
}
