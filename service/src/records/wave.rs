//! A wave as it is kept: its file, its period and where it is in its life.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

use super::policy::Used;

words! {
    /// Where a wave is in its life.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Life {
        /// Being filled in.
        Concept = "concept",
        /// Submitted: the seed is drawn.
        Ingediend = "ingediend",
        /// There is a plan.
        Berekend = "berekend",
        /// Somebody decided about a proposal.
        InBeoordeling = "in-beoordeling",
        /// Published: placements count.
        Vastgesteld = "vastgesteld",
        /// Over.
        Gesloten = "gesloten",
    }
}

impl Life {
    /// Whether a plan is under review: proposals can be decided about and published.
    pub fn under_review(self) -> bool {
        matches!(self, Self::Berekend | Self::InBeoordeling)
    }
}

/// A wave as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its id, also in its file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// werkervaring, opleiding, …
    pub phase: String,
    /// First day, yyyy-mm-dd.
    pub from: String,
    /// Last day, yyyy-mm-dd.
    pub until: String,
    /// Where it is.
    pub life: Life,
    /// Drawn when it was submitted.
    pub seed: Option<i64>,
    /// Hash of its file.
    pub input: String,
    /// Grows with every decision.
    pub decisions: i64,
    /// The run whose plan is under review or published.
    pub current: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// UTC milliseconds.
    pub created: i64,
    /// The policy of its file; nothing for one of before policies were rows that nobody has published since.
    pub policy: Option<Used>,
}

impl Wave {
    /// A wave that is new: in concept, with nothing decided.
    pub fn concept(id: &str, name: &str, phase: &str, (from, until): (&str, &str), input: String, created: i64) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            phase: phase.into(),
            from: from.into(),
            until: until.into(),
            life: Life::Concept,
            seed: None,
            input,
            decisions: 0,
            current: None,
            version: 1,
            created,
            policy: None,
        }
    }
}
