//! School years: August to July, unless somebody sets one otherwise.

use jiff::civil::Date;

use super::{Asked, Refused, problem};
use crate::desk::days::Doubts;
use crate::desk::hours::Calendar;
use crate::records::deed::RegisterDeed;
use crate::records::school_year::{SchoolYear, name};
use crate::store::{Error, Session, Store};

/// How many school years are told: those of so long ago, and of so far ahead.
const AROUND: (i64, i64) = (6, 12);

/// School years around today, the first one first, and the version of all of them.
#[derive(Clone, Debug)]
pub struct Years {
    /// Each.
    pub years: Vec<SchoolYear>,
    /// Grows with every change of any.
    pub version: i64,
}

/// School years around today.
pub async fn all(reading: &mut Session, today: Date) -> Result<Years, Error> {
    let calendar = reading.calendar().await?;
    let now = calendar.school_year(today);
    let years = (now - AROUND.0..=now + AROUND.1).filter_map(|year| of(&calendar, year)).collect();
    Ok(Years { years, version: reading.calendar_version().await? })
}

/// A school year by the calendar year in which it begins.
pub fn of(calendar: &Calendar, year: i64) -> Option<SchoolYear> {
    Some(SchoolYear { year, from: calendar.first_day(year)?, until: calendar.last_day(year)? })
}

/// Sets the days of a school year: the one before ends the day before, and the next one begins the day after. The same again changes
/// nothing.
pub async fn put(
    store: &Store,
    asked: &Asked,
    (year, version): (i64, i64),
    (from, until): (&str, &str),
    confirmed: bool,
) -> Result<(SchoolYear, i64), Refused<Years>> {
    let mut change = store.change().await?;
    let today = store.clock().today();
    let now = change.calendar_version().await?;
    if now != version {
        return Err(Refused::stale(all(&mut change, today).await?));
    }
    let calendar = change.calendar().await?;
    let was = of(&calendar, year).ok_or(Refused::Unknown)?;
    let day = |text: &str| text.parse::<Date>().map_err(|_| Error::Corrupt("een dag".into()));
    let (first, last) = (day(from)?, day(until)?);
    let next = last.tomorrow().map_err(|_| Error::Corrupt("een dag".into()))?;
    let mut wrong = Vec::new();
    for (pointer, day, at, what) in [("/van", first, year, "de eerste dag"), ("/tot", next, year + 1, "de laatste dag")] {
        if day.day() != 1 || i64::from(day.year()) != at || !(6..=10).contains(&day.month()) {
            let edge = if pointer == "/van" {
                "de eerste van een maand, juni tot en met oktober"
            } else {
                "de laatste van een maand, mei tot en met september"
            };
            wrong.push(problem("grens", pointer, format!("dit is geen {what} van schooljaar {}", name(year)), format!("kies {edge}")));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let new = SchoolYear { year, from: first, until: last };
    if new == was {
        return Ok((was, now));
    }
    let edges = [(was.from.min(first), was.from.max(first)), (was.until.min(last), was.until.max(last))];
    let mut doubts = Doubts::default();
    for ((from, until), pointer) in edges.into_iter().zip(["/van", "/tot"]).filter(|((from, until), _)| from != until) {
        let placed = change.placements_between(&from.to_string(), &until.to_string()).await?;
        if placed > 0 {
            let what = format!("uren van {placed} vastgestelde plaatsingen gaan dan deels naar een ander schooljaar");
            doubts.ask(pointer, what, "laat de dag zoals hij was");
        }
    }
    Refused::doubted(doubts, confirmed)?;
    change.begin_school_year(year, &first.to_string()).await?;
    change.begin_school_year(year + 1, &next.to_string()).await?;
    let deed = RegisterDeed::SchoolYearPut { was: was.logged(), now: new.logged() };
    change.log(&asked.caller, &new.id(), &deed.into()).await?;
    let version = change.calendar_version().await?;
    change.commit().await?;
    Ok((new, version))
}
