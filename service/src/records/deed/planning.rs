//! What was done with multi-year plans and with the funnel.

use serde::Serialize;

use super::{Deed, What};

/// A deed about a multi-year plan, a wave's counts, or a snapshot, which is the subject of its line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Planned<'a> {
    /// A plan was made.
    Made {
        /// Hash of its file.
        #[serde(rename = "invoer")]
        input: &'a str,
    },
    /// A plan got another version.
    Changed {
        /// Hash of the file before.
        was: &'a str,
        /// Hash of the file now.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// Its number.
        #[serde(rename = "versie")]
        version: i64,
    },
    /// A plan was taken away.
    Dropped {
        /// How many versions it had.
        #[serde(rename = "versies")]
        versions: i64,
        /// How many runs went with it.
        #[serde(rename = "berekeningen")]
        runs: i64,
    },
    /// A run was put in line.
    Asked {
        /// Its id.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// Hash of what is solved.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// The version it is made from.
        #[serde(rename = "versie")]
        version: i64,
    },
    /// Counts of a wave were completed.
    Completed {
        /// Which, each with its number; none is taken back.
        #[serde(rename = "aantallen")]
        numbers: &'a [(String, Option<i64>)],
    },
    /// A snapshot was laid down.
    Taken {
        /// The day that it is about.
        #[serde(rename = "peildatum")]
        day: &'a str,
        /// Hash of what it says.
        #[serde(rename = "sha256")]
        hash: &'a str,
        /// The snapshot that it corrects.
        #[serde(rename = "verbetert")]
        corrects: Option<&'a str>,
    },
    /// A snapshot was approved.
    Approved {
        /// Hash of what it says.
        #[serde(rename = "goedgekeurd")]
        hash: &'a str,
    },
}

impl Planned<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Made { .. } => What::PlanningMade,
            Self::Changed { .. } => What::PlanningChanged,
            Self::Dropped { .. } => What::PlanningDropped,
            Self::Asked { .. } => What::PlanningAsked,
            Self::Completed { .. } => What::FunnelCompleted,
            Self::Taken { .. } => What::FunnelTaken,
            Self::Approved { .. } => What::FunnelApproved,
        }
    }
}

impl<'a> From<Planned<'a>> for Deed<'a> {
    fn from(deed: Planned<'a>) -> Self {
        Self::Planned(deed)
    }
}
