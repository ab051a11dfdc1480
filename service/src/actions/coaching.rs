//! A coach's desk: whose coach he is, hours booked, given and left, and days off. Hours are noted and days off put by the coach himself or
//! by the intermediary for him.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use loket_instances::strict::problem::Problem;

use super::placings::said_yes;
use super::{Asked, Refused, problem};
use crate::access::Scope;
use crate::desk::asking::Party;
use crate::desk::fits::hours_booked;
use crate::desk::hours::Calendar;
use crate::desk::named::names_for;
use crate::desk::room::Period;
use crate::records::coaching::{DaysOff, Given, Hours, Off, Placing, Year};
use crate::records::deed::{Coaching, Month};
use crate::records::dossier::Who;
use crate::records::placement::Placed;
use crate::records::register::{Kind, Row};
use crate::store::{Error, Session, Store};

/// Most placements of one coach that are looked at.
const MOST: i64 = 10_000;

/// What a coach's desk shows.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The coach's row.
    pub row: Row,
    /// Whom the coach has, or said yes to.
    pub people: Vec<Placing>,
    /// Names of those candidates, by id.
    pub names: BTreeMap<String, String>,
    /// Names of their schools, by id.
    pub schools: BTreeMap<String, String>,
    /// Half-days of those candidates, by id.
    pub half_days: BTreeMap<String, Vec<String>>,
    /// Hours per school year, the first one first.
    pub years: Vec<Year>,
    /// Hours that were given.
    pub given: Hours,
    /// Where school years begin and end.
    pub calendar: Calendar,
}

impl Desk {
    /// The school year to look at, with what was asked besides: the first from this one on in which there is work, else this one.
    pub fn year(&self, asked: &[(Period, i64)]) -> Option<Year> {
        let first = self.years.first()?;
        let promised = self.people.iter().map(|it| (it.period, it.hours));
        let work: Vec<(Period, i64)> = promised.chain(asked.iter().copied()).collect();
        let coming = work.iter().flat_map(|(period, _)| self.calendar.school_years(*period)).filter(|it| *it >= first.year);
        let all: BTreeSet<i64> = self.years.iter().map(|it| it.year).chain(coming).collect();
        let known = |year: i64| self.years.iter().find(|it| it.year == year);
        let busy = |year: &i64| known(*year).is_some_and(|it| it.booked > 0) || work.iter().any(|it| self.books(*year, *it) > 0);
        let year = all.into_iter().find(busy).unwrap_or(first.year);
        Some(known(year).copied().unwrap_or(Year { year, hours: first.hours, booked: 0, quarters: 0 }))
    }

    /// Hours of a placement that would be booked in a school year.
    pub fn books(&self, year: i64, (period, hours): (Period, i64)) -> i64 {
        let it = Placed {
            wave: String::new(),
            candidate: String::new(),
            school: String::new(),
            seat: String::new(),
            bouw: String::new(),
            coach: self.row.id.clone(),
            hours,
            period,
            since: period.from,
            whole: period,
            ended: None,
            withdrawn: None,
        };
        hours_booked(&[it], &self.row.id, (&self.calendar, year))
    }
}

/// The caller's scope over a coach who is in the register.
pub(super) async fn coach(reading: &mut Session, asked: &Asked, id: &str) -> Result<(Scope, Row), Refused> {
    let scope = asked.caller.scope().of_coach(id).ok_or(Refused::Unknown)?;
    // Whose row it is was just seen.
    let everything = crate::access::Caller::machine("coach");
    let row = reading.register_row(Kind::Coach, everything.scope(), id).await?.ok_or(Refused::Unknown)?;
    Ok((scope, row))
}

/// Whether a coach is in the register and the caller's to see.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn known(store: &Store, asked: &Asked, id: &str) -> Result<(), Refused> {
    coach(&mut store.read(), asked, id).await.map(|_| ())
}

/// The desk of a coach.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn desk(store: &Store, asked: &Asked, id: &str) -> Result<Desk, Refused> {
    let mut reading = store.snapshot().await?;
    let (scope, row) = coach(&mut reading, asked, id).await?;
    let today = store.clock().today();
    let mut people = reading.placings_of_coaches(&scope, &today.to_string()).await?;
    let yes = said_yes(&mut reading, Party::Coach, &scope, today).await?;
    for it in &mut people {
        it.told.coach = yes.contains(&(it.wave.clone(), it.candidate.clone()));
    }
    people.retain(|it| names_for(it.told, asked.caller.role()));
    let ids: Vec<&str> = people.iter().map(|it| it.candidate.as_str()).collect();
    let names = reading.names_among(Kind::Candidate, &ids).await?;
    let half_days = reading.half_days_of(&ids).await?;
    let at: Vec<&str> = people.iter().map(|it| it.school.as_str()).collect();
    let schools = reading.schools_named(&at).await?;
    let given = reading.given_hours(id).await?;
    let placed = reading.placements_of(&Who::new(Kind::Coach, id), MOST).await?;
    let calendar = reading.calendar().await?;
    let years = years(&row, id, &placed, &given, (&calendar, today))?;
    Ok(Desk { row, people, names, schools, half_days, years, given, calendar })
}

/// Every school year from this one on in which something is booked or was given, and this one.
fn years(row: &Row, id: &str, placed: &[Placed], given: &Hours, (calendar, today): (&Calendar, Date)) -> Result<Vec<Year>, Error> {
    let hours = row.number("uren").ok_or_else(|| Error::Corrupt("de uren van een coach".into()))?;
    let this = calendar.school_year(today);
    let booked = placed.iter().flat_map(|it| calendar.school_years(it.period));
    let noted = given.rows.iter().filter_map(|it| it.school_year(calendar));
    let all: BTreeSet<i64> = booked.chain(noted).filter(|it| *it >= this).chain([this]).collect();
    let one = |year: i64| {
        let quarters = given.rows.iter().filter(|it| it.school_year(calendar) == Some(year)).map(|it| it.quarters).sum();
        Year { year, hours, booked: hours_booked(placed, id, (calendar, year)), quarters }
    };
    Ok(all.into_iter().map(one).collect())
}

/// The days off of a coach.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn days_off(store: &Store, asked: &Asked, id: &str) -> Result<DaysOff, Refused> {
    let mut reading = store.read();
    coach(&mut reading, asked, id).await?;
    Ok(reading.days_off(id).await?)
}

/// Puts the days off of a coach in the place of what there was.
///
/// # Errors
/// What is wrong with them, or that somebody else put others meanwhile.
pub async fn put_days_off(store: &Store, asked: &Asked, id: &str, version: i64, periods: Vec<Off>) -> Result<DaysOff, Refused<DaysOff>> {
    let mut change = store.change().await?;
    coach(&mut change, asked, id).await.map_err(|it| it.with_now(|()| DaysOff::default()))?;
    let was = change.days_off(id).await?;
    if was.version != version {
        return Err(Refused::stale(was));
    }
    let periods = in_order(periods)?;
    if periods == was.periods {
        return Ok(was);
    }
    let now = DaysOff { periods, version: version + 1 };
    change.put_days_off(id, &now.periods, now.version).await?;
    change.log(&asked.caller, id, &Coaching::DaysOffPut { coach: id, was: &was.periods, now: &now.periods }.into()).await?;
    change.commit().await?;
    Ok(now)
}

/// Days off in order; no two have a day in common.
fn in_order(periods: Vec<Off>) -> Result<Vec<Off>, Refused<DaysOff>> {
    let mut wrong = Vec::new();
    for (at, it) in periods.iter().enumerate() {
        if it.until < it.from {
            let what = "deze periode eindigt voor zij begint";
            wrong.push(problem("periode", &format!("/perioden/{at}/tot"), what, "verbeter een van de dagen"));
        }
    }
    let mut order: Vec<(usize, &Off)> = periods.iter().enumerate().collect();
    order.sort_by_key(|(_, it)| (&it.from, &it.until));
    for pair in order.windows(2) {
        let ((_, before), (at, after)) = (pair[0], pair[1]);
        if after.from <= before.until {
            let what = "deze periode valt samen met een andere";
            wrong.push(problem("periode", &format!("/perioden/{at}"), what, "maak er één periode van"));
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    Ok(order.into_iter().map(|(_, it)| it.clone()).collect())
}

/// The hours that a coach gave.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such coach, or it is another one.
pub async fn given(store: &Store, asked: &Asked, id: &str) -> Result<Hours, Refused> {
    let mut reading = store.read();
    coach(&mut reading, asked, id).await?;
    Ok(reading.given_hours(id).await?)
}

/// Puts the hours that a coach gave in the place of what there was. Only to whom the coach has or had by a published placement.
///
/// # Errors
/// What is wrong with them, or that somebody else put others meanwhile.
pub async fn put_given(store: &Store, asked: &Asked, id: &str, version: i64, mut rows: Vec<Given>) -> Result<Hours, Refused<Hours>> {
    let mut change = store.change().await?;
    coach(&mut change, asked, id).await.map_err(|it| it.with_now(|()| Hours::default()))?;
    let was = change.given_hours(id).await?;
    if was.version != version {
        return Err(Refused::stale(was));
    }
    let placed = change.placements_of(&Who::new(Kind::Coach, id), MOST).await?;
    let known: BTreeSet<&str> =
        placed.iter().map(|it| it.candidate.as_str()).chain(was.rows.iter().map(|it| it.candidate.as_str())).collect();
    let wrong = wrong_rows(&rows, &known, store.clock().today());
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    rows.retain(|it| it.quarters > 0);
    rows.sort();
    if rows == was.rows {
        return Ok(was);
    }
    let now = Hours { rows, version: version + 1 };
    change.put_given_hours(id, &now.rows, now.version).await?;
    // A line for each candidate, so that erasing one takes nothing of another.
    for (candidate, months) in changed(&was.rows, &now.rows) {
        change.log(&asked.caller, id, &Coaching::HoursPut { coach: id, candidate, months }.into()).await?;
    }
    change.commit().await?;
    Ok(now)
}

fn wrong_rows(rows: &[Given], known: &BTreeSet<&str>, today: Date) -> Vec<Problem> {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let this_month = today.to_string()[..7].to_owned();
    for (at, it) in rows.iter().enumerate() {
        if !known.contains(it.candidate.as_str()) {
            let what = "dit is geen kandidaat die deze coach heeft of had";
            wrong.push(problem("onbekende-verwijzing", &format!("/uren/{at}/kandidaat"), what, "verbeter de id"));
        }
        if it.month > this_month {
            let what = "deze maand is nog niet begonnen";
            wrong.push(problem("grens", &format!("/uren/{at}/maand"), what, "noteer uren als ze gegeven zijn"));
        }
        if !seen.insert((&it.candidate, &it.month)) {
            let what = "deze kandidaat staat er in deze maand twee keer";
            wrong.push(problem("dubbel", &format!("/uren/{at}"), what, "tel de uren bij elkaar op"));
        }
    }
    wrong
}

/// What changed, by candidate.
fn changed<'a>(was: &'a [Given], now: &'a [Given]) -> BTreeMap<&'a str, Vec<Month<'a>>> {
    let by_month = |rows: &'a [Given]| -> BTreeMap<(&'a str, &'a str), i64> {
        rows.iter().map(|it| ((it.candidate.as_str(), it.month.as_str()), it.quarters)).collect()
    };
    let (was, now) = (by_month(was), by_month(now));
    let keys: BTreeSet<(&str, &str)> = was.keys().chain(now.keys()).copied().collect();
    let mut changes: BTreeMap<&str, Vec<Month<'_>>> = BTreeMap::new();
    for key in keys {
        let (before, after) = (was.get(&key).copied().unwrap_or(0), now.get(&key).copied().unwrap_or(0));
        if before != after {
            changes.entry(key.0).or_default().push(Month { month: key.1, was: before, now: after });
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(candidate: &str, month: &str, quarters: i64) -> Given {
        Given { candidate: candidate.into(), month: month.into(), quarters }
    }

    #[test]
    fn only_what_changed_is_told_by_candidate() {
        let was = [given("Z1", "2026-09", 4), given("Z1", "2026-10", 8), given("Z2", "2026-09", 2)];
        let now = [given("Z1", "2026-10", 6), given("Z2", "2026-09", 2), given("Z3", "2026-09", 1)];
        let month = |month, was, now| Month { month, was, now };
        let told = changed(&was, &now);
        assert_eq!(told.keys().copied().collect::<Vec<_>>(), ["Z1", "Z3"]);
        assert_eq!(told["Z1"], [month("2026-09", 4, 0), month("2026-10", 8, 6)]);
        assert_eq!(told["Z3"], [month("2026-09", 0, 1)]);
    }

    #[test]
    fn days_off_are_put_in_order_and_never_overlap() {
        let off = |from: &str, until: &str| Off { from: from.into(), until: until.into() };
        let told = in_order(vec![off("2026-12-21", "2027-01-01"), off("2026-10-12", "2026-10-16")]).expect("two apart");
        assert_eq!(told[0].from, "2026-10-12");
        assert!(in_order(vec![off("2026-12-21", "2027-01-01"), off("2027-01-01", "2027-01-02")]).is_err());
        assert!(in_order(vec![off("2026-12-21", "2026-12-20")]).is_err());
    }
}
