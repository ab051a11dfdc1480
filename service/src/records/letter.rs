//! What a letter to a candidate is about: the own place, or that there is none.

use jiff::civil::Date;
use loket_solver::matching::facts::words::{HalfDay, words};

use crate::desk::letters::{NoPlace, Why};
use crate::records::mail::MailKind;

/// A place as a letter tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The school's name.
    pub school: String,
    /// The name of its board; empty where that is not known.
    pub board: String,
    /// The bouw, by code.
    pub bouw: String,
    /// Half-days that the candidate and the duo colleague are both there.
    pub half_days: Vec<HalfDay>,
    /// The coach's name, where it is kept.
    pub coach: Option<String>,
    /// Hours of coaching.
    pub hours: i64,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Minutes of travel, where known.
    pub travel: Option<i64>,
    /// Why it suits.
    pub why: Vec<Why>,
}

words! {
    /// What kind of letter it is.
    pub enum Kind {
        /// Placed.
        Placed = "geplaatst",
        /// A proposal.
        Proposed = "voorstel",
        /// Not placed.
        None = "niet-geplaatst",
    }
}

/// What a letter brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The placement is published.
    Placed(Place),
    /// A place is proposed, and the candidate is asked about it.
    Proposed(Place),
    /// There is no place.
    None(NoPlace),
}

impl News {
    /// What kind of letter it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Placed(_) => Kind::Placed,
            Self::Proposed(_) => Kind::Proposed,
            Self::None(_) => Kind::None,
        }
    }

    /// What a message that brings it is about: of a proposal nothing is published.
    pub fn message(&self) -> MailKind {
        match self {
            Self::Proposed(_) => MailKind::Vraag,
            Self::Placed(_) | Self::None(_) => MailKind::Vastgesteld,
        }
    }
}

/// How far the candidate's own answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Nobody asked, or nobody knows.
    NotAsked,
    /// Asked, with the last day to answer.
    Asked(Date),
    /// Asked, and that day is over.
    Late(Date),
    /// Yes.
    Yes,
    /// No.
    No,
}

/// Who decided, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Somebody looked at this placement and agreed.
    Reviewed,
    /// Somebody published the whole wave.
    Published,
    /// It is not known here: the letter is signed by whoever sends it.
    Sender,
}

/// One letter.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The candidate's name, where it is kept.
    pub to: Option<String>,
    /// What it brings.
    pub news: News,
    /// How far the own answer is.
    pub answer: Answered,
    /// Who decided.
    pub decided: Decided,
}

/// What all letters of a wave have.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The wave's name.
    pub wave: String,
    /// Its phase, by code.
    pub phase: String,
    /// The day of the letter.
    pub on: Date,
    /// Whom to ask: an address or a telephone number.
    pub contact: Option<String>,
    /// The first day of the next wave, when there is one.
    pub next: Option<Date>,
}
