//! Calendar entries of meetings (iCalendar): each known by an identity that does not change, so that a later plan changes or cancels what an
//! earlier one put there. What has a clock time has it; the rest is of a morning or an afternoon.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use loket_solver::scheduling::facts::calendar::Day;
use loket_solver::scheduling::facts::codes::Kind;
use sha2::{Digest, Sha256};

use super::calendar::one_line;
use crate::desk::roster::meetings::Appointment;
use crate::store::clock::{ZONE, zone};

/// How long an interview takes.
const INTERVIEW: i64 = 60;

/// What a meeting of this kind is called.
pub fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Interviews => "Intakegesprek",
        Kind::PeerGroups => "Intervisie",
        Kind::Visits => "Bezoek",
        Kind::Courses => "Cursus",
    }
}

/// The identity of an entry: made of pseudonyms, and telling none of them.
fn identity(person: &str, own: &Appointment) -> String {
    let mut hash = Sha256::new();
    for part in ["loket-afspraak/1", person, &own.roster, &own.meeting.key] {
        // The length keeps parts apart whatever stands in them.
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let told: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{told}@loket")
}

/// A day of a roster as a date.
pub fn date(day: Day) -> Date {
    let (year, month, day) = day.civil();
    let part = |it: u32| i8::try_from(it).unwrap_or(1);
    Date::new(i16::try_from(year).unwrap_or(i16::MAX), part(month), part(day)).unwrap_or(Date::MAX)
}

/// The file of somebody. `at` is when it is made, UTC milliseconds.
pub fn file(person: &str, all: &[Appointment], at: i64) -> String {
    let stamp = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Loket//Afspraken//NL"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name("Loket").timezone(ZONE);
    for own in all {
        calendar.push(event(person, own, &stamp));
    }
    calendar.to_string()
}

fn event(person: &str, own: &Appointment, stamp: &str) -> Event {
    let day = date(own.meeting.moment.day);
    let mut event = Event::with_uid(&identity(person, own));
    event.append_property(Property::new("DTSTAMP", stamp));
    event.append_property(Property::new("SEQUENCE", own.sequence.clamp(0, i64::from(i32::MAX)).to_string()));
    let half = if own.meeting.moment.afternoon { "middag" } else { "ochtend" };
    let title = match between(day, own.meeting.time.as_deref(), own.meeting.last.as_deref()) {
        Some((from, until)) => {
            event.append_property(Property::new("DTSTART", from));
            event.append_property(Property::new("DTEND", until));
            called(own.kind).to_owned()
        }
        None => {
            let whole = |key: &str, day: Date| Property::new(key, day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done();
            event.append_property(whole("DTSTART", day));
            event.append_property(whole("DTEND", day.saturating_add(1.day())));
            event.append_property(Property::new("TRANSP", "TRANSPARENT"));
            format!("{} ({half})", called(own.kind))
        }
    };
    event.append_property(Property::new("CLASS", "PRIVATE"));
    event.append_property(Property::new("STATUS", if own.cancelled { "CANCELLED" } else { "CONFIRMED" }));
    event.summary(&one_line(&own.offer.as_ref().map_or_else(|| title.clone(), |offer| format!("{offer} ({half})"))));
    event.description(&one_line(&own.roster_name));
    if let Some(place) = &own.location {
        event.location(&one_line(place));
    }
    event.done()
}

/// From the first to the end of the last interview of a day in Amsterdam; in UTC as calendars have it.
fn between(day: Date, first: Option<&str>, last: Option<&str>) -> Option<(String, String)> {
    let at = |time: &str| {
        let time: Time = format!("{time}:00").parse().ok()?;
        day.to_datetime(time).to_zoned(zone()).ok()
    };
    let told = |at: &jiff::Zoned| at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
    let until = at(last.or(first)?)?.saturating_add(INTERVIEW.minutes());
    Some((told(&at(first?)?), told(&until)))
}
