//! Published placements: what uses up seats and coach hours until it ends.

use jiff::civil::Date;

use crate::desk::room::Period;

/// A published placement as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// Of which wave.
    pub wave: String,
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
    /// First day, yyyy-mm-dd.
    pub from: String,
    /// Last day, yyyy-mm-dd.
    pub until: String,
    /// Why it ended before its time.
    pub ended: Option<String>,
}

/// A published placement with what else its seat and hours depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Of which wave.
    pub wave: String,
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
    /// The first day of this candidate on these seats: with another coach the seat is not taken anew.
    pub since: Date,
    /// The period of its wave, over which the hours are spread.
    pub whole: Period,
    /// Why it ended before its time, or was withdrawn before it began.
    pub ended: Option<String>,
    /// When it was withdrawn, UTC milliseconds: it never began, and uses nothing up.
    pub withdrawn: Option<i64>,
}

impl Placed {
    /// When it holds its seat, so many months from the first day there (0: all the time); `None` when it no longer does.
    pub fn hold(&self, months: u32) -> Option<Period> {
        let first = Period { from: self.since, until: self.period.until }.held(months);
        let hold = Period { from: self.period.from, until: first.until };
        (hold.from <= hold.until).then_some(hold)
    }
}
