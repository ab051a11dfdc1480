//! What was done with try-outs.

use serde::Serialize;

use super::{Deed, What};

/// A deed about a try-out; its wave is the subject of its line. What was tried is no part of it: that becomes decisions, each with a line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Tried<'a> {
    /// A try-out was made.
    Made {
        /// Its id.
        #[serde(rename = "proef")]
        id: &'a str,
        /// The run whose plan it is about.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// How many candidates it is about.
        #[serde(rename = "veranderingen")]
        changes: usize,
    },
    /// Something else is tried in it.
    Changed {
        /// Its id.
        #[serde(rename = "proef")]
        id: &'a str,
        /// How many candidates it is about.
        #[serde(rename = "veranderingen")]
        changes: usize,
    },
    /// A try-out was thrown away.
    Thrown {
        /// Its id.
        #[serde(rename = "proef")]
        id: &'a str,
    },
    /// A try-out was kept: each of its decisions has a line of its own.
    Kept {
        /// Its id.
        #[serde(rename = "proef")]
        id: &'a str,
        /// The run whose plan it is about.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// How many decisions it became.
        #[serde(rename = "besluiten")]
        decisions: usize,
    },
}

impl Tried<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Made { .. } => What::TryOutMade,
            Self::Changed { .. } => What::TryOutChanged,
            Self::Thrown { .. } => What::TryOutThrown,
            Self::Kept { .. } => What::TryOutKept,
        }
    }
}

impl<'a> From<Tried<'a>> for Deed<'a> {
    fn from(deed: Tried<'a>) -> Self {
        Self::Tried(deed)
    }
}
