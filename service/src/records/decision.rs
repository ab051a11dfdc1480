//! What was decided about a proposal, as it is kept.

use crate::desk::decision::{Decision, Spot};

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// About whom.
    pub candidate: String,
    /// What.
    pub decision: Decision,
    /// The run whose proposal was shown.
    pub run: Option<String>,
    /// From 1.
    pub version: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Who decided.
    pub who: String,
}

/// What somebody saw before deciding.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Shown {
    /// What was proposed; nothing for who had no proposal.
    #[serde(rename = "voorstel")]
    pub proposal: Option<Spot>,
}
