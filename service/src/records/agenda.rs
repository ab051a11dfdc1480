//! Days that people put in their calendar: of a placement, for one reader, without people.

use jiff::civil::Date;

use crate::desk::asking::Party;

/// For whom days are: the same day is another one for another reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The candidate.
    Candidate,
    /// A coach, by id.
    Coach(String),
    /// A board, by id.
    Board(String),
    /// The intermediary.
    Intermediary,
}

/// What kind of day it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The first day of a placement.
    Begins,
    /// The last day to answer, for a party.
    ReplyBy(Party),
}

/// One day of one placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The wave, by id.
    pub wave: String,
    /// Its name.
    pub wave_name: String,
    /// The candidate, by id: part of the identity, and told nowhere.
    pub candidate: String,
    /// What it is.
    pub what: What,
    /// The day, in Amsterdam.
    pub day: Date,
    /// Until when the placement lasts, for its first day.
    pub until: Option<Date>,
    /// The school's name.
    pub school: String,
    /// The bouw, by code.
    pub bouw: String,
    /// Grows with every change.
    pub sequence: i64,
    /// Whether it is off.
    pub cancelled: bool,
}
