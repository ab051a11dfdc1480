//! What publishing a plan came to.

use serde::{Deserialize, Serialize};

use super::wave::Wave;

/// A published plan, as its answer needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The run whose plan was published.
    pub run: String,
    /// How many are placed.
    pub placed: usize,
    /// How many are not; they waited one round more.
    pub unplaced: usize,
    /// What could not be checked, or is worth knowing.
    pub notes: Vec<String>,
    /// Hash of the log's last line, which tells of this deed and of all before it.
    pub head: String,
}

/// A wave with what publishing it came to.
#[derive(Clone, Debug)]
pub struct Published {
    /// The wave as it is now.
    pub wave: Wave,
    /// What publishing came to.
    pub publication: Publication,
}
