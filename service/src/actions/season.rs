//! Seats of a whole school year at once: last year's as the start, and many groups put together.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::capacity::{Putting, put_in};
use super::{Asked, Clash, Refused, capacity, problem};
use crate::access::Scope;
use crate::desk::fits;
use crate::desk::hours::Calendar;
use crate::desk::offer::Use;
use crate::desk::room::Period;
use crate::desk::whole::Said;
use crate::records::seats::Seats;
use crate::store::{Change, Store};
use loket_instances::strict::problem::Problem;

/// The school year after the one that a day is in: its first and last day.
pub fn next_year(calendar: &Calendar, today: Date) -> Period {
    let year = calendar.school_year(today) + 1;
    let from = calendar.first_day(year).unwrap_or(Date::MAX);
    Period { from, until: calendar.last_day(year).unwrap_or(Date::MAX) }
}

/// Last year's seats as the start of a period: of each group of the board that has none in it, the seats it had last in the year before,
/// with the days of the period; and the version of the board's seats.
pub async fn last_year(store: &Store, asked: &Asked, board: &str, period: Period) -> Result<(Vec<(Seats, Seats)>, i64), Refused> {
    let scope = capacity::board(store, asked, board).await?;
    let back = |day: Date| day.saturating_sub(Span::new().years(1));
    let before = Period { from: back(period.from), until: back(period.until).max(back(period.from)) };
    let mut reading = store.read();
    let version = reading.seats_version(&scope).await?;
    let mut groups: BTreeMap<(String, String), Vec<Seats>> = BTreeMap::new();
    for row in reading.seats_from(&scope, &before.from.to_string()).await? {
        groups.entry((row.school.clone(), row.id.clone())).or_default().push(row);
    }
    let mut start = Vec::new();
    for rows in groups.into_values() {
        let mut last = None;
        let mut there = false;
        for row in rows {
            let own = row.period()?;
            there |= own.meets(period);
            if own.meets(before) {
                last = Some(row);
            }
        }
        if let Some(was) = last.filter(|_| !there) {
            let new = Seats {
                from: period.from.to_string(),
                until: Some(period.until.to_string()),
                confirmed: None,
                confirmed_by: None,
                version: 0,
                ..was.clone()
            };
            start.push((was, new));
        }
    }
    Ok((start, version))
}

/// How many rows were put, and how many stood there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Put {
    /// Rows that are new or changed.
    pub put: usize,
    /// Rows that were as they are.
    pub same: usize,
    /// The version of the board's seats after that.
    pub version: i64,
}

/// Puts the seats of many groups of a board at once, each by school, group and first day; `seen` is the version of all its seats that was
/// read. Everything that is wrong with any of them is told at its place, and then nothing is put.
pub async fn put_many(
    store: &Store,
    asked: &Asked,
    board: &str,
    (rows, seen): (Vec<(Seats, Said)>, i64),
    held_months: u32,
) -> Result<Put, Refused<i64>> {
    let scope = capacity::board(store, asked, board).await.map_err(|refused| refused.with_now(|()| 0))?;
    let today = store.clock().today();
    let proposed = store.read().proposed(&scope).await?;
    let mut change = store.change().await?;
    let version = change.seats_version(&scope).await?;
    if version != seen {
        return Err(Refused::stale(version));
    }
    let used = Use { placed: change.placements_from(&today.to_string()).await?, proposed, months: held_months };
    let (mut done, mut wrong) = (Put::default(), Wrong::default());
    for (at, (new, said)) in rows.iter().enumerate() {
        let place = format!("/plekken/{at}");
        let key = |it: &Seats| (it.school.clone(), it.id.clone(), it.from.clone());
        if rows.iter().take(at).any(|(it, _)| key(it) == key(new)) {
            wrong.never.push(problem("dubbel", &place, "deze plekken staan er al met deze eerste dag", "laat één van de rijen staan"));
            continue;
        }
        match one(&mut change, asked, &scope, (new, said), &used).await {
            Ok(true) => done.put += 1,
            Ok(false) => done.same += 1,
            Err(refused) => wrong.take(refused, &place)?,
        }
    }
    wrong.told()?;
    done.version = change.seats_version(&scope).await?;
    if done.put > 0 {
        change.commit().await?;
    }
    Ok(done)
}

async fn one(change: &mut Change, asked: &Asked, scope: &Scope, (new, said): (&Seats, &Said), used: &Use) -> Result<bool, Refused<Seats>> {
    let there = change.seat_group(scope, &new.school, &new.id).await?;
    let version = there.iter().find(|it| it.from == new.from).map_or(0, |it| it.version);
    let putting = Putting { scope, used, said, version };
    Ok(put_in(change, asked, new.clone(), &putting).await?.changed)
}

/// What is wrong with rows, together.
#[derive(Default)]
struct Wrong {
    never: Vec<Problem>,
    unlikely: Vec<Problem>,
    clashes: Vec<fits::Clash>,
}

fn at(it: Problem, place: &str) -> Problem {
    problem(it.code, &format!("{place}{}", it.pointer), it.what, it.remedy)
}

impl Wrong {
    /// Keeps why a row was refused; what is not about the row is told at once.
    fn take(&mut self, refused: Refused<Seats>, place: &str) -> Result<(), Refused<i64>> {
        match refused {
            Refused::Invalid(it) => self.never.extend(it.problems.into_iter().map(|it| at(it, place))),
            Refused::Unconfirmed(points) => self.unlikely.extend(points.into_iter().map(|it| at(it, place))),
            Refused::Clash(it) => {
                let remedy = "laat de ene periode eindigen voor de andere begint";
                self.clashes.push(fits::Clash::new("overlap", format!("{place}/van"), it.what, remedy));
            }
            Refused::Unknown => {
                let (what, remedy) = ("deze school heeft dit bestuur niet", "verbeter de id");
                self.never.push(problem("onbekende-verwijzing", &format!("{place}/school"), what, remedy));
            }
            other => return Err(other.with_now(|it| it.version)),
        }
        Ok(())
    }

    /// What can never be goes before what clashes, and that before what must be meant.
    fn told(self) -> Result<(), Refused<i64>> {
        if !self.never.is_empty() {
            return Err(self.never.into());
        }
        if !self.clashes.is_empty() {
            let what = "Sommige plekken staan er in deze dagen al; er is niets gezet.".to_owned();
            return Err(Refused::Clash(Box::new(Clash { what, points: self.clashes, now: None, waves: Vec::new() })));
        }
        if self.unlikely.is_empty() { Ok(()) } else { Err(Refused::Unconfirmed(self.unlikely)) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_next_school_year_begins_in_august() {
        let of = |day: &str| next_year(&Calendar::default(), day.parse().unwrap());
        assert_eq!(of("2026-07-31"), Period { from: date(2026, 8, 1), until: date(2027, 7, 31) });
        assert_eq!(of("2026-08-01"), Period { from: date(2027, 8, 1), until: date(2028, 7, 31) });
    }
}
