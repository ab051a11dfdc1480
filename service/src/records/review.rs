//! What is kept of people's review: every decision that was ever made, who opened what, and notes.

use loket_solver::matching::facts::words::words;

use super::decision::{Decided, Shown};
use crate::access::Role;

words! {
    /// What was done with the decision about a candidate.
    pub enum Step {
        /// It was made, or made anew.
        Decided = "besluit",
        /// It was taken back.
        Withdrawn = "intrekking",
        /// Whoever did the step before took that back: what stood then stands again.
        Undone = "ongedaan",
        /// What it was about is gone.
        Lapsed = "vervallen",
    }
}

words! {
    /// What of a proposal somebody opened.
    pub enum Part {
        /// The proposal itself.
        Proposal = "voorstel",
        /// Why it is this one.
        Reasons = "redenen",
        /// What else there would be.
        Alternatives = "alternatieven",
    }
}

/// One step in the history of the decision about a candidate.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// About whom.
    pub candidate: String,
    /// The wave's count of decisions with it.
    pub number: i64,
    /// What was done.
    pub step: Step,
    /// The decision that stands after it, by whoever made that.
    pub stands: Option<Decided>,
    /// The number of the step before, when a decision stood.
    pub before: Option<i64>,
    /// Which number it undoes.
    pub undoes: Option<i64>,
    /// The group it was part of.
    pub group: Option<String>,
    /// What was seen before it.
    pub shown: Shown,
    /// How long it was looked at, seconds; nothing when nobody said so.
    pub seconds: Option<i64>,
    /// Who did it: an account.
    pub who: String,
    /// In which role.
    pub role: Role,
    /// UTC milliseconds.
    pub at: i64,
}

/// That somebody has, or had, the proposal for a candidate open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// About whom.
    pub candidate: String,
    /// The run whose proposal it is.
    pub run: String,
    /// Who.
    pub who: String,
    /// What of it, each once.
    pub parts: Vec<Part>,
    /// Since when it is being looked at, UTC milliseconds; nothing once it was decided about.
    pub began: Option<i64>,
    /// When that was last told, UTC milliseconds.
    pub seen: i64,
}

/// Free text about a candidate in a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: String,
    /// The wave.
    pub wave: String,
    /// About whom.
    pub candidate: String,
    /// What it says.
    pub text: String,
    /// Who wrote it last: an account.
    pub who: String,
    /// When it was made, UTC milliseconds.
    pub made: i64,
    /// When it was last written, UTC milliseconds.
    pub at: i64,
    /// From 1.
    pub version: i64,
}
