//! What was asked about placements, what was said, and what became of it.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;

use super::{Deed, What};
use crate::desk::asking::Party;
use crate::records::dossier::Who;
use crate::records::register::Kind;

/// A deed about an answer: the subject of its line is the wave.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Answers<'a> {
    /// Parties were asked about a placement.
    Asked {
        /// About whose.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// Who.
        #[serde(rename = "partijen")]
        parties: Vec<&'static str>,
        /// The last day to answer.
        #[serde(rename = "voor")]
        by: &'a str,
    },
    /// A party was reminded.
    Reminded {
        /// About whose placement.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// Who.
        #[serde(rename = "partij")]
        party: &'static str,
        /// The last day to answer.
        #[serde(rename = "voor")]
        by: &'a str,
    },
    /// A party said yes or no, or that was noted for it.
    Given(Said<'a>),
    /// A personal link was made.
    LinkMade {
        /// About whose placement.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// For whom.
        #[serde(rename = "partij")]
        party: &'static str,
        /// Until when it counts (UTC, milliseconds).
        #[serde(rename = "tot")]
        until: i64,
    },
    /// A personal link to what was published was made.
    PlaceLinkMade {
        /// For a candidate or a coach.
        #[serde(rename = "partij")]
        party: &'static str,
        /// Which one.
        #[serde(rename = "wie")]
        who: &'a str,
        /// Until when it counts (UTC, milliseconds).
        #[serde(rename = "tot")]
        until: i64,
    },
    /// What a no forbade is allowed again.
    BanRevoked {
        /// Its id.
        #[serde(rename = "verbod")]
        ban: &'a str,
        /// About whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// Who had said no.
        #[serde(rename = "partij")]
        party: &'static str,
        /// Why.
        #[serde(rename = "reden")]
        why: &'static str,
    },
}

/// What a party said.
#[derive(Clone, Debug, Serialize)]
pub struct Said<'a> {
    /// About whose placement.
    #[serde(rename = "kandidaat")]
    pub candidate: &'a str,
    /// Who.
    #[serde(rename = "partij")]
    pub party: &'static str,
    /// ja or nee.
    #[serde(rename = "antwoord")]
    pub reply: &'static str,
    /// What was said before.
    pub was: Option<&'static str>,
    /// Where the placement is.
    pub school: &'a str,
    /// On which seats.
    #[serde(rename = "plek")]
    pub seat: &'a str,
    /// With whom.
    pub coach: &'a str,
    /// Why not.
    #[serde(rename = "reden", skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// How far that reaches.
    #[serde(rename = "reikwijdte", skip_serializing_if = "Option::is_none")]
    pub scope: Option<&'static str>,
    /// The last day that it counts.
    #[serde(rename = "tot", skip_serializing_if = "Option::is_none")]
    pub until: Option<&'a str>,
    /// How it came.
    #[serde(rename = "hoe")]
    pub how: &'static str,
}

impl Answers<'_> {
    /// Whom its line is about.
    pub fn about(&self) -> Vec<Who> {
        let candidate = match self {
            Self::Asked { candidate, .. }
            | Self::Reminded { candidate, .. }
            | Self::LinkMade { candidate, .. }
            | Self::BanRevoked { candidate, .. }
            | Self::Given(Said { candidate, .. }) => candidate,
            Self::PlaceLinkMade { party, who, .. } => {
                return vec![Who::new(if *party == Party::Coach.code() { Kind::Coach } else { Kind::Candidate }, who)];
            }
        };
        let mut about = vec![Who::new(Kind::Candidate, candidate)];
        if let Self::Given(said) = self
            && said.party == Party::Coach.code()
        {
            about.push(Who::new(Kind::Coach, said.coach));
        }
        about
    }

    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Asked { .. } => What::AnswerAsked,
            Self::Reminded { .. } => What::AnswerReminded,
            Self::Given(_) => What::AnswerGiven,
            Self::LinkMade { .. } => What::AnswerLinkMade,
            Self::PlaceLinkMade { .. } => What::PlaceLinkMade,
            Self::BanRevoked { .. } => What::BanRevoked,
        }
    }
}

impl<'a> From<Answers<'a>> for Deed<'a> {
    fn from(deed: Answers<'a>) -> Self {
        Self::Answers(deed)
    }
}
