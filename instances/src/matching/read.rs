//! Reads a wave file (`loket-lichting/1`) into a wave that is known to be valid, or gives every problem at once.

use std::collections::BTreeMap;

use loket_solver::matching::facts::wave::Wave;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::matching::file::draft::WaveDraft;
use crate::matching::file::{build, draft, policy};
use crate::strict::fields::{At, Placed};
use crate::strict::json;
use crate::strict::problem::{Notice, Refusal};
use crate::strict::report::{Report, broken};
use crate::strict::spot::Spot;

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

/// Reads a wave file.
///
/// # Errors
/// Every problem of the file at once; nothing of it is used then.
pub fn read_wave(bytes: &[u8]) -> Result<Loaded, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    let report = Report::default();
    let root = At { node: &tree, spot: Spot::default(), report: &report };
    let made = draft::wave(&root).and_then(|draft| {
        let (names, title) = (names(&draft), draft.name.clone().unwrap_or_else(|| draft.id.clone()));
        build::wave(draft, &report).map(|wave| (wave, names, title))
    });
    let ((wave, names, title), notices) = report.close(made)?;
    Ok(Loaded { wave, notices, sha256: sha256(bytes), title, names })
}

/// The wave's full `beleid` in file format: defaults filled in, goals as used.
pub fn policy_json(wave: &Wave) -> Value {
    policy::write(&wave.policy)
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn names(draft: &WaveDraft) -> Names {
    fn of<'a>(rows: impl Iterator<Item = (&'a Placed, &'a Option<String>)>) -> BTreeMap<String, String> {
        rows.filter_map(|(id, name)| Some((id.text.clone(), name.clone()?))).collect()
    }
    Names {
        boards: of(draft.boards.rows.iter().map(|row| (&row.id, &row.name))),
        schools: of(draft.schools.rows.iter().map(|row| (&row.id, &row.name))),
        coaches: of(draft.coaches.rows.iter().map(|row| (&row.id, &row.name))),
        candidates: of(draft.candidates.rows.iter().map(|row| (&row.id, &row.name))),
    }
}
