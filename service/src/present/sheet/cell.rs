//! One figure or word in a table, with its unit.

use crate::present::dutch::{euros, number};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A figure.
    Figure(i64, Unit),
    /// How much more or less than something else.
    Change(i64, Unit),
    /// So much of so much.
    Of(i64, i64, Unit),
    /// So much of so much, to be drawn.
    Bar(usize, usize),
    /// A count of people that is too small to show, or that would give such a count away.
    Hidden,
    /// Words.
    Text(String),
    /// Somebody or something by name, and what is said of it.
    Named(String, String),
}

/// What a figure counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// People, seats or points.
    One,
    /// Percent.
    Percent,
    /// Tenths of a percent.
    Tenths,
    /// Whole minutes.
    Minutes,
    /// Whole hours.
    Hours,
    /// Cents.
    Cents,
}

impl Unit {
    /// So much of it, in Dutch.
    pub fn of(self, value: i64) -> String {
        match self {
            Unit::One => number(value),
            Unit::Percent => format!("{value} %"),
            Unit::Tenths => format!("{},{} %", value / 10, value % 10),
            Unit::Minutes => format!("{} min", number(value)),
            Unit::Hours => format!("{} u", number(value)),
            Unit::Cents => euros(value),
        }
    }
}

impl Cell {
    /// People, seats or points.
    pub fn number(value: i64) -> Cell {
        Cell::Figure(value, Unit::One)
    }

    /// A count.
    pub fn count(value: usize) -> Cell {
        Cell::number(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// So much of a unit.
    pub fn figure(value: impl Into<u64>, unit: Unit) -> Cell {
        Cell::Figure(i64::try_from(value.into()).unwrap_or(i64::MAX), unit)
    }

    /// `part` of `whole` in percent, rounded half up; 0 of nothing.
    pub fn share(part: usize, whole: usize) -> Cell {
        Cell::Figure(percent(part, whole), Unit::Percent)
    }

    /// Of counts that may be suppressed.
    pub fn maybe(value: Option<usize>) -> Cell {
        value.map_or(Cell::Hidden, Cell::count)
    }
}

/// `part` of `whole` in percent, rounded half up; 0 of nothing.
pub fn percent(part: usize, whole: usize) -> i64 {
    let (part, whole) = (part as u64, whole as u64);
    i64::try_from((200 * part + whole).checked_div(2 * whole).unwrap_or(0)).unwrap_or(i64::MAX)
}

/// A change with its sign; "=" for none.
pub fn changed(value: i64, unit: Unit) -> String {
    match value {
        0 => "=".into(),
        value if value > 0 => format!("+{}", unit.of(value)),
        value => format!("−{}", unit.of(value.saturating_neg())),
    }
}
