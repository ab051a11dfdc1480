//! Periods of whole days, and how much of something offered is left in one when part of it is held.

use jiff::Span;
use jiff::civil::Date;

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day; [`Date::MAX`] for no end.
    pub until: Date,
}

impl Period {
    /// Reads yyyy-mm-dd dates; absent is without beginning or end.
    pub fn read(from: Option<&str>, until: Option<&str>) -> Option<Self> {
        let day = |text: Option<&str>, usual: Date| text.map_or(Some(usual), |text| text.parse().ok());
        Some(Self { from: day(from, Date::MIN)?, until: day(until, Date::MAX)? })
    }

    /// Whether a day lies in it.
    pub fn has(self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether both have a day.
    pub fn meets(self, other: Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// Whether every day of the other lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.from <= other.from && other.until <= self.until
    }

    /// Its first so many months: how long a seat is held while the duo colleague doubles. 0 stands for all of it.
    pub fn held(self, months: u32) -> Self {
        if months == 0 {
            return self;
        }
        let end = self.from.saturating_add(Span::new().months(i64::from(months.min(1_200))));
        Self { from: self.from, until: self.until.min(end.yesterday().unwrap_or(end)) }
    }
}

/// The day before a day, both as yyyy-mm-dd.
pub fn day_before(day: &str) -> Option<String> {
    Some(day.parse::<Date>().ok()?.yesterday().ok()?.to_string())
}

/// The day after a day, both as yyyy-mm-dd.
pub fn day_after(day: &str) -> Option<String> {
    Some(day.parse::<Date>().ok()?.tomorrow().ok()?.to_string())
}

/// How many are left on the fullest day of the window: what is offered less what is held. Negative when too many are held.
pub fn room(offers: &[(Period, i64)], holds: &[Period], window: Period) -> i64 {
    let left = |day: Date| {
        let offered: i64 = offers.iter().filter(|(period, _)| period.has(day)).map(|(_, count)| count).sum();
        let held = holds.iter().filter(|period| period.has(day)).count();
        offered - i64::try_from(held).unwrap_or(i64::MAX)
    };
    // It gets less only on the first day of the window, after the end of an offer and when something begins to be held.
    let ends = offers.iter().filter_map(|(period, _)| period.until.tomorrow().ok());
    let days = std::iter::once(window.from).chain(ends).chain(holds.iter().map(|period| period.from));
    days.filter(|day| window.has(*day)).map(left).min().unwrap_or(0)
}

/// How many are held on the fullest day of the window.
pub fn most_at_once(holds: &[Period], window: Period) -> i64 {
    -room(&[], holds, window)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        Period::read(Some(from), Some(until)).unwrap()
    }

    #[test]
    fn what_is_left_is_what_is_left_on_the_fullest_day() {
        let year = period("2026-08-01", "2027-07-31");
        let offers = [(year, 2)];
        assert_eq!(room(&offers, &[], year), 2);
        let (autumn, spring) = (period("2026-09-01", "2026-12-31"), period("2027-01-01", "2027-05-31"));
        assert_eq!(room(&offers, &[autumn, spring], year), 1, "one after the other");
        assert_eq!(room(&offers, &[autumn, autumn, spring], year), 0);
        assert_eq!(room(&offers, &[autumn, autumn], spring), 2, "over before it begins");
        assert_eq!(room(&offers, &[], period("2027-07-01", "2027-08-01")), 0, "the offer ends too early");
        assert_eq!(room(&[(autumn, 1), (spring, 1)], &[], period("2026-10-01", "2027-02-01")), 1, "one offer follows the other");
    }

    #[test]
    fn a_seat_is_held_for_its_first_months_only() {
        let year = period("2026-08-31", "2027-07-31");
        assert_eq!(year.held(5), period("2026-08-31", "2027-01-30"));
        assert_eq!(year.held(0), year);
        assert_eq!(period("2026-09-01", "2026-10-01").held(5), period("2026-09-01", "2026-10-01"));
    }
}
