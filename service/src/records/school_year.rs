//! School years as they are shown: which one, its days, and whether those are the usual ones.

use jiff::civil::Date;

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
    /// `2026-2027`.
    pub fn id(&self) -> String {
        name(self.year)
    }
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
