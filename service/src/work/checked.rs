//! An outcome that has been checked: the only kind that may be kept or shown, and there is one way to make it.

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::outcome::Verdict;

use crate::verify::{Finding, examine};

/// The bytes of an outcome file in which `loket verify` finds nothing that does not agree with its wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedOutcome {
    json: Vec<u8>,
    status: Verdict,
    proven: usize,
}

impl CheckedOutcome {
    /// Checks an outcome file against its wave.
    ///
    /// # Errors
    /// Everything that does not agree.
    pub fn new(loaded: &Loaded, json: Vec<u8>) -> Result<Self, Vec<Finding>> {
        let findings = examine(loaded, &json).findings;
        if !findings.is_empty() {
            return Err(findings);
        }
        let unreadable = |what: &str| vec![Finding { place: "/status".into(), what: what.into() }];
        let outcome = read_outcome(&json).map_err(|_| unreadable("Dit is geen uitkomst."))?;
        let proven = outcome.goals.iter().filter(|goal| goal.proven).count();
        Ok(Self { json, status: outcome.status, proven })
    }

    /// The file, byte for byte as it was checked.
    pub fn json(&self) -> &[u8] {
        &self.json
    }

    /// The same, for keeping.
    pub fn into_json(self) -> Vec<u8> {
        self.json
    }

    /// How the solve ended.
    pub fn status(&self) -> Verdict {
        self.status
    }

    /// How many goals it proves.
    pub fn proven(&self) -> usize {
        self.proven
    }
}
