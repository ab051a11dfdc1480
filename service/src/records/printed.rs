//! What a printed list holds: placements as its reader may see them, and what they are of.

use jiff::civil::Date;
use loket_solver::matching::facts::words::HalfDay;

/// How far an answer is, as a list tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nobody asked.
    NotAsked,
    /// Asked, with the last day to answer.
    Asked(Date),
    /// That day is over.
    Late,
    /// Yes, with the day where it is known.
    Yes(Option<Date>),
    /// No, with the day where it is known.
    No(Option<Date>),
}

/// One placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The candidate's name; nothing where the reader may not have it yet.
    pub candidate: Option<String>,
    /// The school, by id: two schools may have one name.
    pub school_id: String,
    /// The school, by name.
    pub school: String,
    /// Its board, by name.
    pub board: String,
    /// The seat group, by id.
    pub seat: String,
    /// Its bouw.
    pub bouw: String,
    /// How many seats the group has, where that is known.
    pub seats: Option<i64>,
    /// The coach's name; nothing where the reader may not have it yet.
    pub coach: Option<String>,
    /// Half-days on the school.
    pub half_days: Vec<HalfDay>,
    /// First and last day.
    pub period: (Date, Date),
    /// The answers that the reader may see, each under its heading.
    pub answers: Vec<(&'static str, Said)>,
}

/// Whose list it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The intermediary's: everybody.
    Everybody,
    /// A board's, by name.
    Board(String),
    /// Of one school, by name.
    School(String),
    /// A coach's, by name.
    Coach(String),
}

/// What a list is of: it stands on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// The wave, or what all waves are called.
    pub wave: String,
    /// Its phase, by code.
    pub phase: Option<String>,
    /// Its first day.
    pub from: Option<Date>,
    /// Whether it is published; nothing where that is not known.
    pub published: Option<bool>,
    /// When it was printed, as people read it.
    pub on: String,
    /// Version of the wave.
    pub version: Option<i64>,
    /// Number of the run.
    pub run: Option<i64>,
    /// The policy.
    pub policy: Option<String>,
    /// The head of the log.
    pub head: Option<String>,
}
