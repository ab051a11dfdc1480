//! A multi-year plan's file (`loket-meerjarenplan/1`), read and built into a horizon, with what only the file knows.

use loket_solver::planning::facts::horizon::Horizon;
use serde_json::Value;

use crate::matching::read::sha256;
use crate::planning::file::{read, scenarios};
pub use crate::planning::parts::{FORMAT, Named, Names, Scenario};
use crate::strict::fields::At;
use crate::strict::json;
use crate::strict::problem::{Notice, Refusal};
use crate::strict::report::{Report, broken};
use crate::strict::spot::Spot;

/// A horizon with what only its file knows.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The horizon.
    pub horizon: Horizon,
    /// Its first month: months since the year 0.
    pub start: i64,
    /// What was read otherwise than somebody may expect.
    pub notices: Vec<Notice>,
    /// SHA-256 of the file's bytes, hexadecimal.
    pub sha256: String,
    /// The plan's name, or its id when it has none.
    pub title: String,
    /// Display names, where given.
    pub names: Names,
    /// Locks as they stand in the file.
    pub locks: Vec<Value>,
    /// Named sets of changes, each with the horizon that it makes.
    pub scenarios: Vec<Scenario>,
}

impl Loaded {
    /// Its first month, as files write it: "2026-09".
    pub fn first_month(&self) -> String {
        read::shown(self.start)
    }
}

/// Reads a multi-year plan's file, and every scenario in it.
///
/// # Errors
/// Every problem of the file at once, those of scenarios too; nothing of it is used then.
pub fn read_plan(bytes: &[u8]) -> Result<Loaded, Refusal> {
    let tree = json::parse(bytes).map_err(|error| broken(&error))?;
    let report = Report::default();
    let root = At { node: &tree, spot: Spot::default(), report: &report };
    let made = read::plan(&root);
    let clean = report.clean();
    let scenarios = scenarios::read(&root, clean);
    let (file, notices) = report.close(made)?;
    Ok(Loaded {
        title: file.name.clone().unwrap_or_else(|| file.horizon.id.clone()),
        horizon: file.horizon,
        start: file.start,
        notices,
        sha256: sha256(bytes),
        names: file.names,
        locks: file.locks,
        scenarios,
    })
}
