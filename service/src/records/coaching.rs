//! What a coach notes: days off, and hours given to candidates.

use serde::{Deserialize, Serialize};

use crate::desk::hours::Calendar;
use crate::desk::room::Period;

/// Days off, the first and the last both included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Off {
    /// First day, yyyy-mm-dd.
    #[serde(rename = "van")]
    pub from: String,
    /// Last day, yyyy-mm-dd.
    #[serde(rename = "tot")]
    pub until: String,
}

/// The days off of a coach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysOff {
    /// In order, apart from one another.
    pub periods: Vec<Off>,
    /// 0 while none were ever put.
    pub version: i64,
}

/// Hours given to a candidate in a month.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// To whom.
    pub candidate: String,
    /// yyyy-mm.
    pub month: String,
    /// Quarters of an hour.
    pub quarters: i64,
}

impl Given {
    /// The school year that its month is in: the calendar year in which that begins.
    pub fn school_year(&self, calendar: &Calendar) -> Option<i64> {
        format!("{}-01", self.month).parse().ok().map(|day| calendar.school_year(day))
    }
}

/// All hours that a coach gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hours {
    /// By candidate and month.
    pub rows: Vec<Given>,
    /// 0 while none were ever put.
    pub version: i64,
}

/// How the hours of a coach stand in a school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Year {
    /// The calendar year in which it begins.
    pub year: i64,
    /// Hours that the coach has.
    pub hours: i64,
    /// Hours that published placements book.
    pub booked: i64,
    /// Quarters of an hour that were given.
    pub quarters: i64,
}

/// A placement with what its parties may see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// The wave.
    pub wave: String,
    /// Its phase.
    pub phase: String,
    /// Who.
    pub candidate: String,
    /// Where.
    pub school: String,
    /// On which seats.
    pub seat: String,
    /// Their bouw.
    pub bouw: String,
    /// With whom.
    pub coach: String,
    /// Coaching hours.
    pub hours: i64,
    /// When.
    pub period: Period,
    /// Whether it was published, and who said yes.
    pub told: crate::desk::named::Told,
}
