//! Reads a wave file (`loket-lichting/1`) into a wave that is known to be valid, or gives every problem at once.

use std::collections::BTreeMap;

use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::matching::file::write;
use crate::matching::wave_file::WaveFile;
use crate::strict::problem::{Notice, Refusal};

/// A wave with what only its file knows.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The wave.
    pub wave: Wave,
    /// What was read otherwise than somebody may expect, by section and row.
    pub notices: Vec<Notice>,
    /// SHA-256 of the file's bytes, hexadecimal.
    pub sha256: String,
    /// The wave's name, or its id when it has none.
    pub title: String,
    /// Display names, where given.
    pub names: Names,
}

/// Display names by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of boards.
    pub boards: BTreeMap<String, String>,
    /// Of schools.
    pub schools: BTreeMap<String, String>,
    /// Of coaches.
    pub coaches: BTreeMap<String, String>,
    /// Of candidates.
    pub candidates: BTreeMap<String, String>,
}

/// Reads a wave file and builds its wave.
///
/// # Errors
/// Every problem of the file at once; nothing of it is used then.
pub fn read_wave(bytes: &[u8]) -> Result<Loaded, Refusal> {
    WaveFile::read(bytes)?.build(bytes)
}

/// The wave's full `beleid` in file format: defaults filled in, goals as used.
pub fn policy_json(wave: &Wave) -> Value {
    write::policy_as_used(&wave.policy)
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
