//! What people did about messages, and what they asked boards.

use serde::Serialize;

use super::{Deed, What};

/// A deed about a message, or about the round in which boards confirm their seats.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Mailing<'a> {
    /// Somebody saw to a message by hand: the subject of the line.
    Handled {
        /// What it was for.
        #[serde(rename = "soort")]
        kind: &'a str,
    },
    /// Somebody noted that a message came back.
    Bounced {
        /// Why: a code.
        #[serde(rename = "reden")]
        reason: &'a str,
    },
    /// Somebody wants a message to be sent after all.
    Again {
        /// How far it was.
        was: &'a str,
    },
    /// Boards are asked to confirm their seats for a wave: the subject of the line.
    RoundAsked {
        /// Until which day.
        #[serde(rename = "uiterlijk")]
        by: &'a str,
        /// How many boards.
        #[serde(rename = "besturen")]
        boards: usize,
    },
    /// Boards got another last day to confirm.
    RoundMoved {
        /// It was.
        was: &'a str,
        /// It is.
        #[serde(rename = "uiterlijk")]
        by: &'a str,
    },
    /// Boards that have not confirmed were reminded.
    RoundReminded {
        /// Which.
        #[serde(rename = "besturen")]
        boards: &'a [String],
    },
}

impl Mailing<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Handled { .. } => What::MailHandled,
            Self::Bounced { .. } => What::MailBounced,
            Self::Again { .. } => What::MailAgain,
            Self::RoundAsked { .. } => What::RoundAsked,
            Self::RoundMoved { .. } => What::RoundMoved,
            Self::RoundReminded { .. } => What::RoundReminded,
        }
    }
}

impl<'a> From<Mailing<'a>> for Deed<'a> {
    fn from(deed: Mailing<'a>) -> Self {
        Self::Mailing(deed)
    }
}
