//! Books coaching hours per school year by whole months: the hours of one coach in one wave are spread evenly over the calendar
//! months that the period touches, and each school year gets its months' share, rounded up. Whole years are whole years: when the last
//! month is the first one again, it was counted already. A school year is August to July, unless it was set otherwise.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::room::Period;

/// A calendar month, counted from the year 0.
fn month(day: Date) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month()) - 1
}

/// When school years begin. A school year is known by the calendar year in which it begins, and lasts until the next one begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// First months of school years that do not begin in August.
    begins: BTreeMap<i64, i64>,
}

impl Calendar {
    /// The usual one, but for school years that begin on these days. A year that begins outside June to October is as usual.
    pub fn of(begins: impl IntoIterator<Item = (i64, Date)>) -> Self {
        let near = |(year, day): (i64, Date)| {
            let first = month(day);
            (5..=9).contains(&(first - year * 12)).then_some((year, first))
        };
        Self { begins: begins.into_iter().filter_map(near).collect() }
    }

    /// The first month of a school year.
    fn begins(&self, year: i64) -> i64 {
        self.begins.get(&year).copied().unwrap_or(year * 12 + 7)
    }

    /// The school year of a month.
    fn of_month(&self, month: i64) -> i64 {
        let year = month.div_euclid(12);
        if month < self.begins(year) { year - 1 } else { year }
    }

    /// The school year of a day: the calendar year in which it begins.
    pub fn school_year(&self, day: Date) -> i64 {
        self.of_month(month(day))
    }

    /// The first day of a school year; nothing outside the years of the calendar.
    pub fn first_day(&self, year: i64) -> Option<Date> {
        let first = self.begins(year);
        let (year, month) = (i16::try_from(first.div_euclid(12)).ok()?, i8::try_from(first.rem_euclid(12) + 1).ok()?);
        Date::new(year, month, 1).ok()
    }

    /// The last day of a school year.
    pub fn last_day(&self, year: i64) -> Option<Date> {
        self.first_day(year + 1)?.yesterday().ok()
    }

    /// The school years in which a period books hours.
    pub fn school_years(&self, period: Period) -> std::ops::RangeInclusive<i64> {
        self.school_year(period.from)..=self.of_month(last_month(period))
    }

    /// The months that a part of a period books in a school year, first and last.
    pub fn months(&self, part: Period, whole: Period, year: i64) -> Option<(i64, i64)> {
        let (begins, ends) = (self.begins(year), self.begins(year + 1) - 1);
        let (first, last) = (month(part.from).max(begins), month(part.until).min(last_month(whole)).min(ends));
        (first <= last).then_some((first, last))
    }

    /// What a school year gets of the hours of a period.
    pub fn booked(&self, hours: i64, period: Period, year: i64) -> i64 {
        let here = self.months(period, period, year).map_or(0, |(first, last)| last - first + 1);
        share(hours * here, period)
    }
}

/// The last month that a period books. 15 August to 14 August a year later touches August twice, and so did the periods of a year and a
/// day that waves had before; both are twelve months and not thirteen.
fn last_month(period: Period) -> i64 {
    let (first, last) = (month(period.from), month(period.until));
    let again = last > first && (last - first) % 12 == 0 && period.until.day() <= period.from.day();
    if again { last - 1 } else { last }
}

/// How many months a period books.
pub fn length(period: Period) -> i64 {
    (last_month(period) - month(period.from) + 1).max(1)
}

/// Hours times months, spread over the months of a period, rounded up.
pub fn share(hours_months: i64, period: Period) -> i64 {
    let all = length(period);
    (hours_months + all - 1) / all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school_years(period: Period) -> std::ops::RangeInclusive<i64> {
        Calendar::default().school_years(period)
    }

    fn booked(hours: i64, period: Period, year: i64) -> i64 {
        Calendar::default().booked(hours, period, year)
    }

    fn months(part: Period, whole: Period, year: i64) -> Option<(i64, i64)> {
        Calendar::default().months(part, whole, year)
    }

    #[test]
    fn hours_go_to_school_years_by_whole_months_and_are_never_lost() {
        let period = |from: &str, until: &str| Period::read(Some(from), Some(until)).unwrap();
        let year = period("2026-08-01", "2027-07-31");
        assert_eq!(school_years(year), 2026..=2026);
        assert_eq!(booked(540, year, 2026), 540);
        // February to September: six months before August, two from August on.
        let across = period("2027-02-15", "2027-09-01");
        assert_eq!(school_years(across), 2026..=2027);
        assert_eq!((booked(80, across, 2026), booked(80, across, 2027), booked(80, across, 2028)), (60, 20, 0));
        assert_eq!((booked(81, across, 2026), booked(81, across, 2027)), (61, 21), "rounded up, so never too few");
        let half = period("2026-08-15", "2027-08-14");
        assert_eq!((length(half), school_years(half)), (12, 2026..=2026), "the two halves of August are one month");
        assert_eq!((booked(540, half, 2026), booked(540, half, 2027)), (540, 0));
        let year_and_a_day = period("2026-08-01", "2027-08-01");
        assert_eq!((length(year_and_a_day), booked(540, year_and_a_day, 2026), booked(540, year_and_a_day, 2027)), (12, 540, 0));
        let more = period("2026-08-15", "2027-08-20");
        assert_eq!((length(more), booked(130, more, 2026), booked(130, more, 2027)), (13, 120, 10), "more than a year is more than a year");
        assert_eq!(length(period("2026-08-15", "2028-08-14")), 24);
        assert_eq!(months(period("2027-08-03", "2027-08-14"), half, 2027), None, "a part of it books no month that the whole does not");
        let one_day = period("2026-07-31", "2026-07-31");
        assert_eq!((booked(15, one_day, 2025), booked(15, one_day, 2026)), (15, 0));
    }

    #[test]
    fn a_school_year_that_begins_later_gets_fewer_months_and_the_one_before_more() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let later = Calendar::of([(2027, day("2027-09-01")), (2031, day("2031-02-01"))]);
        assert_eq!((later.first_day(2027), later.last_day(2026)), (Some(day("2027-09-01")), Some(day("2027-08-31"))));
        assert_eq!(
            (later.first_day(2026), later.first_day(2031)),
            (Some(day("2026-08-01")), Some(day("2031-08-01"))),
            "far off is as usual"
        );
        assert_eq!((later.school_year(day("2027-08-31")), later.school_year(day("2027-09-01"))), (2026, 2027));
        let period = |from: &str, until: &str| Period::read(Some(from), Some(until)).unwrap();
        let across = period("2027-02-15", "2027-09-01");
        assert_eq!((later.booked(80, across, 2026), later.booked(80, across, 2027)), (70, 10));
        assert_eq!(later.school_years(period("2027-08-01", "2027-08-31")), 2026..=2026);
    }
}
