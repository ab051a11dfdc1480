//! School years as they are shown: which one, its days, and whether those are the usual ones.

use jiff::civil::Date;
use serde::Serialize;

/// A school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolYear {
    /// The calendar year in which it begins.
    pub year: i64,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}

impl SchoolYear {
    /// What the log says of it.
    pub fn logged(&self) -> LoggedYear {
        LoggedYear { van: self.from.to_string(), tot: self.until.to_string() }
    }

    /// `2026-2027`.
    pub fn id(&self) -> String {
        name(self.year)
    }
}

/// What the log says of a school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoggedYear {
    van: String,
    tot: String,
}

/// The id of a school year by the calendar year in which it begins.
pub fn name(year: i64) -> String {
    format!("{year}-{}", year + 1)
}

/// The year of an id; nothing when it is none.
pub fn year_of(id: &str) -> Option<i64> {
    let (first, _) = id.split_once('-')?;
    let year = first.parse().ok()?;
    (name(year) == id && (1900..=2200).contains(&year)).then_some(year)
}
