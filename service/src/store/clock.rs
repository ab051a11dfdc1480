//! The clock of the store: UTC in milliseconds, and today's date in Amsterdam; a test can set it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

/// Where people read their calendars.
pub const ZONE: &str = "Europe/Amsterdam";

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

    /// UTC, milliseconds since 1970.
    pub fn now(&self) -> i64 {
        (self.0)()
    }

    /// Today in Amsterdam.
    pub fn today(&self) -> Date {
        let zone = TimeZone::get(ZONE).unwrap_or(TimeZone::UTC);
        Timestamp::from_millisecond(self.now()).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone).date()
    }
}

/// A stored time as people and machines exchange it (RFC 3339, UTC).
pub fn written(at: i64) -> String {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}
