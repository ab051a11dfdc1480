//! Days and moments as a page says them, in its language. What is no day is said as it is.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::messages::Messages;
use crate::store::clock::ZONE;

fn nth(list: &'static str, at: i8) -> &'static str {
    list.split(' ').nth(usize::try_from(at).unwrap_or_default().saturating_sub(1)).unwrap_or_default()
}

fn read(day: &str) -> Option<Date> {
    day.parse().ok()
}

/// "1 februari 2027".
pub fn day(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {} {}", it.day(), nth(m.kit.months(), it.month()), it.year()))
}

/// "1 februari".
pub fn within(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {}", it.day(), nth(m.kit.months(), it.month())))
}

/// "23 nov".
pub fn short(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {}", it.day(), nth(m.kit.months_short(), it.month())))
}

/// "woensdag 9 december".
pub fn weekday(m: Messages, day: &str) -> String {
    let told = |it: Date| {
        let weekday = nth(m.kit.weekdays(), it.weekday().to_monday_one_offset());
        format!("{weekday} {} {}", it.day(), nth(m.kit.months(), it.month()))
    };
    read(day).map_or_else(|| day.to_owned(), told)
}

/// "woensdag 9 december 2026".
pub fn whole(m: Messages, day: &str) -> String {
    read(day).map_or_else(|| day.to_owned(), |it| format!("{} {}", weekday(m, day), it.year()))
}

/// "wo 9 dec".
pub fn near(m: Messages, day: &str) -> String {
    let told = |it: Date| {
        let letters: String = nth(m.kit.weekdays(), it.weekday().to_monday_one_offset()).chars().take(2).collect();
        format!("{letters} {}", short(m, day))
    };
    read(day).map_or_else(|| day.to_owned(), told)
}

/// "16.02", of UTC milliseconds.
pub fn hour(at: i64) -> String {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    let told = |it: Timestamp| {
        let it = it.to_zoned(zone.clone());
        format!("{:02}.{:02}", it.hour(), it.minute())
    };
    Timestamp::from_millisecond(at).map_or_else(|_| String::new(), told)
}

/// "24 november, 16.02", of UTC milliseconds.
pub fn moment(m: Messages, at: i64) -> String {
    let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
    match Timestamp::from_millisecond(at) {
        Ok(it) => {
            let it = it.to_zoned(zone);
            format!("{} {}, {:02}.{:02}", it.day(), nth(m.kit.months(), it.month()), it.hour(), it.minute())
        }
        Err(_) => String::new(),
    }
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
