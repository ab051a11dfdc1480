//! Calendar entries (iCalendar, RFC 5545): whole days, each known by an identity that does not change, so that a later file changes or cancels
//! what an earlier one put there. No people are named in them.

use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use loket_solver::matching::facts::words::Word;
use sha2::{Digest, Sha256};

use super::letter::words::day;
use crate::desk::asking::Party;
use crate::records::agenda::{Moment, Reader, What};

/// The identity of an entry: of the placement and the reader, never of a name. It is made of pseudonyms and tells none of them.
pub fn identity(reader: &Reader, wave: &str, candidate: &str, what: What) -> String {
    let (kind, id) = match reader {
        Reader::Candidate => ("kandidaat", ""),
        Reader::Coach(id) => ("coach", id.as_str()),
        Reader::Board(id) => ("bestuur", id.as_str()),
        Reader::Intermediary => ("intermediair", ""),
    };
    let what = match what {
        What::Begins => "begin".to_owned(),
        What::ReplyBy(party) => format!("antwoord {}", party.code()),
    };
    let mut hash = Sha256::new();
    for part in ["loket-agenda/1", kind, id, wave, candidate, &what] {
        // The length keeps parts apart whatever stands in them.
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let told: String = hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{told}@loket")
}

/// One whole day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is known by.
    pub identity: String,
    /// Grows with every change of it.
    pub sequence: i64,
    /// The day, in Amsterdam.
    pub day: Date,
    /// What it is, in a few words.
    pub title: String,
    /// More about it.
    pub text: String,
    /// Where.
    pub place: Option<String>,
    /// Whether it is off.
    pub cancelled: bool,
}

/// The entries of days for their reader.
pub fn entries(reader: &Reader, moments: &[Moment]) -> Vec<Entry> {
    moments.iter().map(|it| entry(reader, it)).collect()
}

fn entry(reader: &Reader, it: &Moment) -> Entry {
    let own = matches!(reader, Reader::Candidate);
    let (title, text) = match it.what {
        What::Begins => {
            let title = if own { format!("Eerste dag op {}", it.school) } else { format!("Eerste dag van een kandidaat op {}", it.school) };
            let until = it.until.map(|until| format!(", tot en met {}", day(until))).unwrap_or_default();
            (title, format!("Plaatsing in de {}{until}.\nLichting: {}", it.bouw, it.wave_name))
        }
        What::ReplyBy(party) => {
            let whose = match (reader, party) {
                (Reader::Intermediary, Party::Candidate) => "antwoord van een kandidaat",
                (Reader::Intermediary, Party::Board) => "antwoord van een bestuur",
                (Reader::Intermediary, Party::Coach) => "antwoord van een coach",
                _ => "uw antwoord",
            };
            let title = format!("Laatste dag voor {whose} over een plek op {}", it.school);
            (title, format!("Een plek in de {}.\nLichting: {}", it.bouw, it.wave_name))
        }
    };
    Entry {
        identity: identity(reader, &it.wave, &it.candidate, it.what),
        sequence: it.sequence,
        day: it.day,
        title,
        text,
        place: (it.what == What::Begins).then(|| it.school.clone()),
        cancelled: it.cancelled,
    }
}

/// The file. `at` is when it is made, UTC milliseconds.
pub fn file(name: &str, entries: &[Entry], at: i64) -> String {
    let stamp = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Loket//Plaatsingen//NL"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&one_line(name)).timezone(crate::store::clock::ZONE);
    for entry in entries {
        calendar.push(event(entry, &stamp));
    }
    calendar.to_string()
}

fn event(entry: &Entry, stamp: &str) -> Event {
    let date = |day: Date| day.strftime("%Y%m%d").to_string();
    let whole = |key: &str, day: Date| Property::new(key, date(day)).add_parameter("VALUE", "DATE").done();
    let mut event = Event::with_uid(&entry.identity);
    event.append_property(Property::new("DTSTAMP", stamp));
    event.append_property(Property::new("SEQUENCE", entry.sequence.clamp(0, i64::from(i32::MAX)).to_string()));
    event.append_property(whole("DTSTART", entry.day));
    // A whole day ends where the next one begins.
    event.append_property(whole("DTEND", entry.day.saturating_add(1.day())));
    event.append_property(Property::new("TRANSP", "TRANSPARENT"));
    event.append_property(Property::new("CLASS", "PRIVATE"));
    event.append_property(Property::new("STATUS", if entry.cancelled { "CANCELLED" } else { "CONFIRMED" }));
    event.summary(&one_line(&entry.title));
    event.description(&entry.text.split('\n').map(one_line).collect::<Vec<_>>().join("\n"));
    if let Some(place) = &entry.place {
        event.location(&one_line(place));
    }
    event.done()
}

/// No letter of others ends a line of the file.
pub(super) fn one_line(text: &str) -> String {
    text.split(|it: char| it.is_control() || it.is_whitespace()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_identity_is_of_the_placement_and_the_reader_and_tells_neither() {
        let of = |reader: Reader, wave: &str, what| identity(&reader, wave, "Z1", what);
        let one = of(Reader::Candidate, "w", What::Begins);
        assert_eq!(one, of(Reader::Candidate, "w", What::Begins));
        let others = [
            of(Reader::Intermediary, "w", What::Begins),
            of(Reader::Coach("K1".into()), "w", What::Begins),
            of(Reader::Coach("K2".into()), "w", What::Begins),
            of(Reader::Board("K1".into()), "w", What::Begins),
            of(Reader::Candidate, "w2", What::Begins),
            of(Reader::Candidate, "w", What::ReplyBy(Party::Candidate)),
            of(Reader::Candidate, "w", What::ReplyBy(Party::Coach)),
        ];
        for (at, other) in others.iter().enumerate() {
            assert!(*other != one && !others[..at].contains(other) && !other.contains("K1"), "{other}");
        }
    }

    #[test]
    fn a_whole_day_ends_at_the_next_and_no_text_begins_a_line_of_its_own() {
        let entry = Entry {
            identity: "x@loket".into(),
            sequence: 7,
            day: date(2026, 12, 31),
            title: "Eerste dag; op, De Klaver\r\nSTATUS:CANCELLED".into(),
            text: "regel een\nregel twee\\ en een heel lange zin die over de vijfenzeventig letters van een regel heen gaat, met é en ü"
                .into(),
            place: Some("Brede school \"De Klaver\"".into()),
            cancelled: false,
        };
        let told = file("Agenda", &[entry.clone(), Entry { cancelled: true, ..entry }], 1_795_331_671_000);
        assert!(told.split("\r\n").all(|line| line.len() <= 75), "{told}");
        assert!(!told.replace("\r\n", "").contains(['\r', '\n']), "{told}");
        let whole = told.replace("\r\n ", "");
        let times = |line: &str| whole.matches(&format!("\r\n{line}\r\n")).count();
        for line in [
            "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101",
            "DTSTAMP:20261122T071431Z",
            "SEQUENCE:7",
            "SUMMARY:Eerste dag\\; op\\, De Klaver STATUS:CANCELLED",
        ] {
            assert_eq!(times(line), 2, "{line}: {told}");
        }
        assert_eq!((times("X-WR-TIMEZONE:Europe/Amsterdam"), times("METHOD:PUBLISH")), (1, 1), "{told}");
        assert!(whole.contains("regel een\\nregel twee\\\\ en"), "{told}");
        assert_eq!((whole.matches("\r\nSTATUS:CONFIRMED").count(), whole.matches("\r\nSTATUS:CANCELLED").count()), (1, 1));
        assert_eq!((whole.matches("BEGIN:VEVENT").count(), whole.matches("UID:x@loket").count()), (2, 2));
    }
}
