//! What was done about policies: the subject of such a line is name and number.

use serde::Serialize;

use super::{Deed, What};

/// A deed about a policy.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum PolicyDeed<'a> {
    /// A policy was drafted.
    Drafted {
        /// Hash of what it says.
        #[serde(rename = "inhoud")]
        content: &'a str,
        /// The wave whose file brought it.
        #[serde(rename = "lichting")]
        wave: Option<&'a str>,
    },
    /// A draft was changed.
    Changed {
        /// Hash of what it said.
        was: &'a str,
        /// Hash of what it says.
        #[serde(rename = "inhoud")]
        content: &'a str,
    },
    /// A policy was approved.
    Approved {
        /// Hash of what it says.
        #[serde(rename = "inhoud")]
        content: &'a str,
        /// Who drafted it: an account.
        #[serde(rename = "opgesteld_door")]
        drafted_by: &'a str,
        /// Whether whoever approved it had drafted it, which a setting for teams of one person allows.
        #[serde(rename = "zelf_opgesteld")]
        own: bool,
    },
    /// A policy was put on trial.
    Tried {
        /// The trial's id.
        #[serde(rename = "proef")]
        trial: &'a str,
        /// Hash of what the policy says.
        #[serde(rename = "inhoud")]
        content: &'a str,
        /// Ids of the waves.
        #[serde(rename = "lichtingen")]
        waves: &'a [String],
    },
    /// A trial of a policy was asked to stop.
    TrialStopped {
        /// The trial's id.
        #[serde(rename = "proef")]
        trial: &'a str,
    },
    /// A policy was retired.
    Retired {},
}

impl PolicyDeed<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Drafted { .. } => What::PolicyDrafted,
            Self::Changed { .. } => What::PolicyChanged,
            Self::Approved { .. } => What::PolicyApproved,
            Self::Tried { .. } => What::PolicyTried,
            Self::TrialStopped { .. } => What::TrialStopped,
            Self::Retired {} => What::PolicyRetired,
        }
    }
}

impl<'a> From<PolicyDeed<'a>> for Deed<'a> {
    fn from(deed: PolicyDeed<'a>) -> Self {
        Self::Policy(deed)
    }
}
