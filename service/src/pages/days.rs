//! Days and moments as a page says them, in its language. What is no day is said as it is.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::messages::Messages;
use crate::store::clock::ZONE;

/// The word at this place of a list, from one.
fn nth(list: &'static str, at: i8) -> &'static str {
    list.split(' ').nth(usize::try_from(at).unwrap_or_default().saturating_sub(1)).unwrap_or_default()
}

fn read(day: &str) -> Option<Date> {
    day.parse().ok()
}

/// The name of the month of a day: "februari".
pub fn month(m: Messages, date: Date) -> &'static str {
    nth(m.kit.months(), date.month())
}

/// "feb".
pub fn month_short(m: Messages, date: Date) -> &'static str {
    nth(m.kit.months_short(), date.month())
}

/// "woensdag".
pub fn weekday_name(m: Messages, date: Date) -> &'static str {
    nth(m.kit.weekdays(), date.weekday().to_monday_one_offset())
}

/// "1 februari 2027".
pub fn day(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {} {}", it.day(), month(m, it), it.year()))
}

/// "1 februari".
pub fn within(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {}", it.day(), month(m, it)))
}

/// "23 nov".
pub fn short(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {}", it.day(), month_short(m, it)))
}

/// "woensdag 9 december".
pub fn weekday(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {} {}", weekday_name(m, it), it.day(), month(m, it)))
}

/// "woensdag 9 december 2026".
pub fn whole(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {}", weekday(m, day), it.year()))
}

/// "wo 9 dec".
pub fn near(m: Messages, day: &str) -> String {
    let told = |it: Date| {
        let letters: String = weekday_name(m, it).chars().take(2).collect();
        format!("{letters} {}", short(m, day))
    };
    read(day).map_or_else(|| day.to_owned(), told)
}

/// A moment (UTC, milliseconds) on the clock of Amsterdam.
fn zoned(at: i64) -> Option<Zoned> {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).ok().map(|it| it.to_zoned(zone))
}

/// The day of a moment.
pub fn date_of(at: i64) -> Option<Date> {
    zoned(at).map(|it| it.date())
}

/// The hour of the day of a moment, 0 to 23.
pub fn hour_of(at: i64) -> Option<i8> {
    zoned(at).map(|it| it.hour())
}

/// "16.02", of UTC milliseconds.
pub fn hour(at: i64) -> String {
    zoned(at).map_or_else(String::new, |it| format!("{:02}.{:02}", it.hour(), it.minute()))
}

/// "24 november, 16.02", of UTC milliseconds.
pub fn moment(m: Messages, at: i64) -> String {
    date_of(at).map_or_else(String::new, |it| format!("{} {}, {}", it.day(), month(m, it), hour(at)))
}

/// A month that is counted from the year 0: "september 2027".
pub fn month_name(m: Messages, month: i64) -> String {
    let (year, month_of) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let date = i16::try_from(year).ok().zip(i8::try_from(month_of).ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
    date.map_or_else(String::new, |date| format!("{} {year}", self::month(m, date)))
}

#[cfg(test)]
mod tests {
    use super::super::messages::Language;
    use super::*;

    #[test]
    fn a_day_is_said_in_the_language_of_the_page() {
        let (nl, en) = (Messages::of(Language::Nl), Messages::of(Language::En));
        assert_eq!((day(nl, "2027-02-01"), day(en, "2027-02-01")), ("1 februari 2027".into(), "1 February 2027".into()));
        assert_eq!((weekday(nl, "2026-12-09"), short(nl, "2026-11-23")), ("woensdag 9 december".into(), "23 nov".into()));
        assert_eq!((within(nl, "2026-12-31"), day(nl, "ooit")), ("31 december".into(), "ooit".into()));
    }

    #[test]
    fn a_moment_is_told_on_the_clock_of_amsterdam() {
        assert_eq!(moment(Messages::of(Language::Nl), 1_795_532_520_000), "24 november, 16.02");
    }
}
