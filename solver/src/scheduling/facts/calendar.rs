//! The calendar: days, half-days in order of time, those that are open, and who is available when.

use crate::common::words::{HalfDay, HalfDays, Word};

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of the Gregorian calendar (H. Hinnant, days_from_civil).
    pub fn of(year: i32, month: u32, day: u32) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = i32::try_from((month + 9) % 12).unwrap_or(0);
        let of_year = (153 * month + 2) / 5 + i32::try_from(day).unwrap_or(1) - 1;
        Day(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }
    /// Year, month and day of the month.
    pub fn civil(self) -> (i32, u32, u32) {
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i32::from(month <= 2);
        (year, month.unsigned_abs(), day.unsigned_abs())
    }
    /// 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        usize::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0)
    }
    /// The Monday of its week.
    pub fn monday(self) -> Day {
        Day(self.0 - (self.0 + 3).rem_euclid(7))
    }
}

/// As in files: 2026-09-07.
impl std::fmt::Display for Day {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.civil();
        write!(to, "{year:04}-{month:02}-{day:02}")
    }
}

/// One half-day: the morning or the afternoon of a day, in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Its day.
    pub day: Day,
    /// Whether it is the afternoon.
    pub afternoon: bool,
}

impl Moment {
    /// The half-day of the week that it is; none in a weekend.
    pub fn code(self) -> Option<HalfDay> {
        HalfDay::ALL.get(2 * self.day.weekday() + usize::from(self.afternoon)).copied()
    }
    /// The Monday of its week.
    pub fn week(self) -> Day {
        self.day.monday()
    }
}

/// As in files: 2026-09-07-o.
impl std::fmt::Display for Moment {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}-{}", self.day, if self.afternoon { "m" } else { "o" })
    }
}

/// A stretch of days, both ends included, or one half of each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Only the mornings (false) or the afternoons (true); `None` is the whole days.
    pub afternoon: Option<bool>,
}

impl Stretch {
    /// Whether it covers a half-day.
    pub fn covers(&self, moment: Moment) -> bool {
        (self.from..=self.to).contains(&moment.day) && self.afternoon.is_none_or(|half| half == moment.afternoon)
    }
}

/// The half-days on which anything can be: Monday to Friday between two days, without what is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    open: Vec<Moment>,
}

impl Calendar {
    /// The open half-days between two days, both included.
    pub fn new(from: Day, to: Day, closed: &[Stretch]) -> Self {
        let days = (from.0..=to.0).map(Day).filter(|day| day.weekday() < 5);
        let halves = days.flat_map(|day| [false, true].map(|afternoon| Moment { day, afternoon }));
        let open = halves.filter(|&moment| !closed.iter().any(|stretch| stretch.covers(moment))).collect();
        Self { from, to, open }
    }
    /// H, in order of time.
    pub fn open(&self) -> &[Moment] {
        &self.open
    }
    /// Whether a half-day is in H.
    pub fn has(&self, moment: Moment) -> bool {
        self.open.binary_search(&moment).is_ok()
    }
}

/// When somebody or something can be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// Half-days of the week; `None` is all ten.
    pub half_days: Option<HalfDays>,
    /// When not.
    pub absent: Vec<Stretch>,
}

impl Availability {
    /// Whether available at a half-day, which must be in H.
    pub fn at(&self, calendar: &Calendar, moment: Moment) -> bool {
        let weekly = || match self.half_days {
            None => true,
            Some(days) => moment.code().is_some_and(|code| days.has(code)),
        };
        calendar.has(moment) && weekly() && !self.absent.iter().any(|stretch| stretch.covers(moment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_forth_and_back_and_know_their_week() {
        assert_eq!(Day::of(1970, 1, 1), Day(0));
        for (year, month, day) in [(2026, 9, 7), (2024, 2, 29), (2000, 2, 29), (1900, 3, 1), (1, 1, 1), (9999, 12, 31), (1969, 12, 31)] {
            assert_eq!(Day::of(year, month, day).civil(), (year, month, day));
        }
        let monday = Day::of(2026, 9, 7);
        assert_eq!((monday.weekday(), Day(monday.0 + 6).weekday()), (0, 6));
        assert!((0..7).all(|later| Day(monday.0 + later).monday() == monday));
        assert_eq!(Moment { day: monday, afternoon: true }.code(), Some(HalfDay::MaM));
        assert_eq!(Moment { day: Day(monday.0 + 5), afternoon: false }.code(), None);
        assert_eq!(Moment { day: monday, afternoon: false }.to_string(), "2026-09-07-o");
    }

    #[test]
    fn closed_days_and_weekends_are_not_in_the_calendar() {
        let (from, to) = (Day::of(2026, 9, 4), Day::of(2026, 9, 8));
        let closed = Stretch { from: to, to, afternoon: Some(false) };
        let shown: Vec<_> = Calendar::new(from, to, &[closed]).open().iter().map(Moment::to_string).collect();
        assert_eq!(shown, ["2026-09-04-o", "2026-09-04-m", "2026-09-07-o", "2026-09-07-m", "2026-09-08-m"]);
    }

    #[test]
    fn no_half_days_named_is_all_and_an_empty_list_is_none() {
        let day = Day::of(2026, 9, 7);
        let calendar = Calendar::new(day, day, &[]);
        let morning = Moment { day, afternoon: false };
        assert!(Availability::default().at(&calendar, morning));
        let none = Availability { half_days: Some(HalfDays::default()), absent: Vec::new() };
        assert!(!none.at(&calendar, morning));
        let absent = Availability { half_days: None, absent: vec![Stretch { from: day, to: day, afternoon: Some(true) }] };
        assert!(absent.at(&calendar, morning) && !absent.at(&calendar, Moment { day, afternoon: true }));
        assert!(!Availability::default().at(&calendar, Moment { day: Day(day.0 + 1), afternoon: false }));
    }
}
