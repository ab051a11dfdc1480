//! What coaches noted about their work, and what was reported to fall out.

use serde::Serialize;

use super::{Deed, What};
use crate::records::coaching::Off;
use crate::records::dossier::Who;
use crate::records::register::Kind;
use crate::records::report::{Falling, Settled};

/// A deed of a coach's desk, or about somebody who falls out.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Coaching<'a> {
    /// Days off of a coach were put.
    DaysOffPut {
        /// Whose: the subject of the line.
        #[serde(skip)]
        coach: &'a str,
        /// What they were.
        was: &'a [Off],
        /// What they are.
        #[serde(rename = "wordt")]
        now: &'a [Off],
    },
    /// Hours that a coach gave to a candidate were put.
    HoursPut {
        /// Whose: the subject of the line.
        #[serde(skip)]
        coach: &'a str,
        /// To whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// Per month that changed: quarters of an hour before and after.
        #[serde(rename = "maanden")]
        months: Vec<Month<'a>>,
    },
    /// Somebody reported that somebody or something falls out.
    DropoutReported {
        /// What falls out.
        #[serde(flatten)]
        falling: &'a Falling,
    },
    /// A report was settled.
    DropoutSettled {
        /// The person that it is about.
        #[serde(skip)]
        who: Option<Who>,
        /// What was done with it.
        #[serde(flatten)]
        settled: &'a Settled,
    },
}

/// What changed in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month<'a> {
    /// yyyy-mm.
    #[serde(rename = "maand")]
    pub month: &'a str,
    /// Quarters of an hour before.
    pub was: i64,
    /// Quarters of an hour now.
    #[serde(rename = "kwartieren")]
    pub now: i64,
}

impl Coaching<'_> {
    /// Everybody whom its line is about.
    pub fn about(&self) -> Vec<Who> {
        match self {
            Self::DaysOffPut { coach, .. } => vec![Who::new(Kind::Coach, coach)],
            Self::HoursPut { coach, candidate, .. } => vec![Who::new(Kind::Coach, coach), Who::new(Kind::Candidate, candidate)],
            Self::DropoutReported { falling } => falling.who().into_iter().collect(),
            Self::DropoutSettled { who, .. } => who.clone().into_iter().collect(),
        }
    }

    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::DaysOffPut { .. } => What::DaysOffPut,
            Self::HoursPut { .. } => What::HoursPut,
            Self::DropoutReported { .. } => What::DropoutReported,
            Self::DropoutSettled { .. } => What::DropoutSettled,
        }
    }
}

impl<'a> From<Coaching<'a>> for Deed<'a> {
    fn from(deed: Coaching<'a>) -> Self {
        Self::Coaching(deed)
    }
}
