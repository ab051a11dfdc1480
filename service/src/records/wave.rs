//! A wave as it is kept: its file, its period and where it is in its life.

use serde::{Deserialize, Serialize};

use loket_solver::matching::facts::words::Word;

/// Where a wave is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Life {
    /// Being filled in.
    Concept,
    /// Submitted: the seed is drawn.
    Ingediend,
    /// There is a plan.
    Berekend,
    /// Somebody decided about a proposal.
    InBeoordeling,
    /// Published: placements count.
    Vastgesteld,
    /// Over.
    Gesloten,
}

impl Life {
    /// Whether a plan is under review: proposals can be decided about and published.
    pub fn under_review(self) -> bool {
        matches!(self, Self::Berekend | Self::InBeoordeling)
    }
}

impl Word for Life {
    const ALL: &'static [Self] = &[Self::Concept, Self::Ingediend, Self::Berekend, Self::InBeoordeling, Self::Vastgesteld, Self::Gesloten];

    fn code(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Ingediend => "ingediend",
            Self::Berekend => "berekend",
            Self::InBeoordeling => "in-beoordeling",
            Self::Vastgesteld => "vastgesteld",
            Self::Gesloten => "gesloten",
        }
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
}
