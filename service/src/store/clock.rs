//! The clock of the store: UTC in milliseconds, and today's date in Amsterdam; a test can set it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

/// Where people read their calendars.
pub const ZONE: &str = "Europe/Amsterdam";
/// The same in the rules that hold there since 1996, for a machine that has no time zones.
const CARRIED: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The zone of this machine's list, which follows the law; else the one that this program carries along.
pub fn zone() -> TimeZone {
    TimeZone::get(ZONE).or_else(|_| TimeZone::posix(CARRIED)).unwrap_or(TimeZone::UTC)
}

fn day(at: i64, zone: TimeZone) -> Option<Date> {
    Timestamp::from_millisecond(at).ok().map(|at| at.to_zoned(zone).date())
}

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl fmt::Debug for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Clock({})", self.now())
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(|| Timestamp::now().as_millisecond()))
    }
}

impl Clock {
    /// A clock that stands where `at` (UTC milliseconds) says.
    pub fn set(at: Arc<AtomicI64>) -> Self {
        Self(Arc::new(move || at.load(Ordering::SeqCst)))
    }

    /// A clock that goes on as always, so many milliseconds beside the time there is: a demo lives through the weeks before today.
    pub fn beside(by: Arc<AtomicI64>) -> Self {
        Self(Arc::new(move || Timestamp::now().as_millisecond().saturating_add(by.load(Ordering::SeqCst))))
    }

    /// UTC, milliseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.0)()
    }

    /// Today in Amsterdam.
    pub fn today(&self) -> Date {
        self.day(self.now()).unwrap_or_default()
    }

    /// The day in Amsterdam of a time (UTC milliseconds).
    pub fn day(&self, at: i64) -> Option<Date> {
        day(at, zone())
    }
}

/// A stored time as people and machines exchange it (RFC 3339, UTC), always with milliseconds:
/// so the order of the texts is the order of the times.
pub fn written(at: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// A stored time as people read it: day and time in Amsterdam.
pub fn read_by_people(at: i64) -> String {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The last moment of a day in Amsterdam (UTC, milliseconds); nothing for days at the end of the calendar.
pub fn end_of_day(day: Date) -> Option<i64> {
    let next = day.tomorrow().ok()?.to_zoned(zone()).ok()?;
    Some(next.timestamp().as_millisecond() - 1)
}

/// The first millisecond of a day in Amsterdam.
pub fn start_of_day(day: Date) -> Option<i64> {
    Some(day.to_zoned(zone()).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;

    use jiff::tz::TimeZone;

    use super::{CARRIED, Clock, day, read_by_people, written};

    #[test]
    fn people_read_the_clock_of_amsterdam_in_summer_and_in_winter() {
        let times = [1_795_331_671_000, 1_782_900_000_000].map(read_by_people);
        assert_eq!(times, ["2026-11-22 08:14", "2026-07-01 12:00"]);
    }

    #[test]
    fn today_is_that_of_amsterdam_also_where_no_time_zones_are_installed() {
        // UTC: half past ten in the evening in summer and in winter, and around both changes of the clock of 2026.
        let days = [
            ("2026-06-30T22:30:00Z", "2026-07-01"),
            ("2026-06-30T21:59:59Z", "2026-06-30"),
            ("2026-12-31T22:30:00Z", "2026-12-31"),
            ("2026-12-31T23:00:00Z", "2027-01-01"),
            ("2026-03-28T23:00:00Z", "2026-03-29"),
            ("2026-03-29T22:00:00Z", "2026-03-30"),
            ("2026-10-24T22:00:00Z", "2026-10-25"),
            ("2026-10-25T22:59:59Z", "2026-10-25"),
            ("2026-10-25T23:00:00Z", "2026-10-26"),
        ];
        for (at, wanted) in days {
            let at: jiff::Timestamp = at.parse().unwrap();
            let carried = day(at.as_millisecond(), TimeZone::posix(CARRIED).unwrap()).unwrap();
            let told = Clock::set(Arc::new(AtomicI64::new(at.as_millisecond()))).today();
            assert_eq!((carried.to_string(), told.to_string()), (wanted.to_owned(), wanted.to_owned()), "{at}");
        }
    }

    #[test]
    fn times_that_are_sorted_as_text_are_sorted_in_time() {
        let times = [1_795_331_671_000, 1_795_331_671_001, 1_795_331_671_900, 1_795_331_672_000].map(written);
        assert_eq!(times[0], "2026-11-22T07:14:31.000Z");
        assert!(times.is_sorted(), "{times:?}");
    }
}
