//! What was done about people's own data.

use serde::Serialize;

use super::{Deed, What};
use crate::records::dossier::Who;
use crate::records::privacy::{Round, Wish};

/// A deed about somebody's own data: the person is the subject of its line. No values are in it.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Privacy<'a> {
    /// Somebody asked something about their own data.
    Asked {
        /// Who.
        #[serde(skip)]
        who: &'a Who,
        /// Which request.
        #[serde(rename = "verzoek")]
        request: &'a str,
        /// What.
        #[serde(rename = "soort")]
        wish: Wish,
        /// On which day.
        #[serde(rename = "gevraagd_op")]
        asked: &'a str,
    },
    /// That was done.
    Done {
        /// Who asked.
        #[serde(skip)]
        who: &'a Who,
        /// Which request.
        #[serde(rename = "verzoek")]
        request: &'a str,
        /// What.
        #[serde(rename = "soort")]
        wish: Wish,
    },
    /// Somebody's data were corrected on request.
    Corrected {
        /// Who.
        #[serde(skip)]
        who: &'a Who,
        /// Which fields.
        #[serde(rename = "velden")]
        fields: &'a [String],
        /// Open waves whose file follows.
        #[serde(rename = "lichtingen")]
        waves: &'a [String],
        /// Published waves whose plan was made with what stood there before.
        #[serde(rename = "vastgesteld")]
        published: &'a [String],
    },
    /// Somebody is left out of the matching.
    Restricted {
        /// Who.
        #[serde(skip)]
        who: &'a Who,
        /// The last day.
        #[serde(rename = "tot")]
        until: Option<&'a str>,
    },
    /// Somebody takes part in the matching again.
    Lifted {
        /// Who.
        #[serde(skip)]
        who: &'a Who,
    },
    /// A round of the retention job.
    Retained(Round),
}

impl Privacy<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Asked { .. } => What::PrivacyAsked,
            Self::Done { .. } => What::PrivacyDone,
            Self::Corrected { .. } => What::Corrected,
            Self::Restricted { .. } => What::Restricted,
            Self::Lifted { .. } => What::RestrictionLifted,
            Self::Retained(_) => What::Retained,
        }
    }

    /// Whom its line is about.
    pub fn about(&self) -> Vec<Who> {
        match self {
            Self::Asked { who, .. }
            | Self::Done { who, .. }
            | Self::Corrected { who, .. }
            | Self::Restricted { who, .. }
            | Self::Lifted { who } => vec![(*who).clone()],
            Self::Retained(_) => Vec::new(),
        }
    }
}

impl<'a> From<Privacy<'a>> for Deed<'a> {
    fn from(deed: Privacy<'a>) -> Self {
        Self::Privacy(deed)
    }
}
