//! The register as people look things up in it: lists with what is booked and given, and one row with its history and what a no forbids.

use std::collections::{BTreeMap, BTreeSet};

use super::register::plain;
use super::{Asked, Refused};
use crate::desk::fits::hours_booked;
use crate::desk::hours::Calendar;
use crate::records::answer::Forbidden;
use crate::records::coaching::Hours;
use crate::records::dossier::Who;
use crate::records::history::Version;
use crate::records::placement::Placed;
use crate::records::privacy::{Request, Restriction};
use crate::records::register::{Kind, Row};
use crate::records::stage::StageRow;
use crate::store::bans::Wanted;
use crate::store::{Session, Store};

/// Most rows of one thing that are looked at.
const MOST: i64 = 10_000;
/// Most versions of a row, and of what a no forbids, that are told at once.
const TOLD: i64 = 30;

/// How many rows of each kind there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Boards.
    pub boards: i64,
    /// Schools.
    pub schools: i64,
    /// Coaches.
    pub coaches: i64,
    /// Candidates.
    pub candidates: i64,
}

/// How a coach stands this school year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// Candidates whose placement has not ended.
    pub people: i64,
    /// Hours that published placements book.
    pub booked: i64,
    /// Quarters of an hour that were given.
    pub quarters: i64,
}

/// What a list of the register is made of.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// How many of each kind there are.
    pub counts: Counts,
    /// The rows.
    pub rows: Vec<Row>,
    /// Names of boards, by id.
    pub boards: BTreeMap<String, String>,
    /// Names of schools, by id.
    pub schools: BTreeMap<String, String>,
    /// How many schools each board has, that have not ended.
    pub schools_of: BTreeMap<String, i64>,
    /// Seats today, by school.
    pub seats: BTreeMap<String, i64>,
    /// How coaches stand, by id.
    pub coaches: BTreeMap<String, Stand>,
    /// Schools of candidates whose placement has not ended, by candidate.
    pub places: BTreeMap<String, String>,
    /// The calendar year in which this school year begins.
    pub year: i64,
    /// Today, yyyy-mm-dd.
    pub today: String,
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A list of the register; only rows whose name or id holds a text, where one is given.
///
/// # Errors
/// When the store cannot.
pub async fn list(store: &Store, asked: &Asked, kind: Kind, text: Option<&str>) -> Result<Listed, Refused> {
    let scope = asked.caller.scope();
    let mut reading = store.snapshot().await?;
    let today = store.clock().today();
    let day = today.to_string();
    let calendar = reading.calendar().await?;
    let mut told = Listed { year: calendar.school_year(today), today: day.clone(), ..Listed::default() };
    told.boards = reading.names_of(Kind::Board, scope).await?;
    told.schools = reading.names_of(Kind::School, scope).await?;
    told.counts = Counts {
        boards: reading.register_page(Kind::Board, scope, (None, None), (0, 0)).await?.1,
        schools: reading.register_page(Kind::School, scope, (None, None), (0, 0)).await?.1,
        coaches: reading.register_page(Kind::Coach, scope, (None, None), (0, 0)).await?.1,
        candidates: reading.register_page(Kind::Candidate, scope, (None, None), (0, 0)).await?.1,
    };
    told.rows = reading.register_rows(kind, scope).await?;
    if let Some(text) = text.map(plain) {
        let holds = |row: &Row| plain(&row.id).contains(&text) || plain(row.called()).contains(&text);
        told.rows.retain(holds);
    }
    match kind {
        Kind::Board | Kind::School => {
            for seats in reading.seats_from(scope, &day).await?.into_iter().filter(|it| it.open && it.from <= day) {
                *told.seats.entry(seats.school).or_default() += seats.count;
            }
            let schools = reading.register_rows(Kind::School, scope).await?;
            for school in schools.into_iter().filter(|it| it.until.as_ref().is_none_or(|until| *until >= day)) {
                let Some(board) = school.board else { continue };
                if kind == Kind::Board
                    && let Some(seats) = told.seats.remove(&school.id)
                {
                    *told.seats.entry(board.clone()).or_default() += seats;
                }
                *told.schools_of.entry(board).or_default() += 1;
            }
        }
        Kind::Coach => told.coaches = stands(&mut reading, &told.rows, (&calendar, told.year), &day).await?,
        Kind::Candidate => {
            for placed in reading.placements_from(&day).await?.into_iter().filter(|it| it.withdrawn.is_none()) {
                told.places.insert(placed.candidate, placed.school);
            }
        }
    }
    Ok(told)
}

/// How every coach stands in a school year.
async fn stands(
    reading: &mut Session,
    rows: &[Row],
    (calendar, year): (&Calendar, i64),
    day: &str,
) -> Result<BTreeMap<String, Stand>, Refused> {
    let begins = calendar.first_day(year).map_or_else(|| day.to_owned(), |it| it.to_string());
    let ends = calendar.last_day(year).map_or_else(|| day.to_owned(), |it| it.to_string());
    let placed: Vec<Placed> = reading.placements_from(&begins).await?;
    let given = reading.given_between(&begins, &ends).await?;
    let mut all = BTreeMap::new();
    for row in rows {
        let now = placed.iter().filter(|it| it.coach == row.id && it.period.until.to_string().as_str() >= day);
        let people: BTreeSet<&str> = now.map(|it| it.candidate.as_str()).collect();
        let stand = Stand {
            people: whole(people.len()),
            booked: hours_booked(&placed, &row.id, (calendar, year)),
            quarters: given.get(&row.id).copied().unwrap_or(0),
        };
        all.insert(row.id.clone(), stand);
    }
    Ok(all)
}

/// One row with everything beside it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The row.
    pub row: Row,
    /// Its versions, the newest one first.
    pub versions: Vec<Version>,
    /// How many versions there are.
    pub all_versions: i64,
    /// What a no about it forbids, the newest one first.
    pub bans: Vec<Forbidden>,
    /// Placements that have not ended, of a school, coach or candidate.
    pub placed: Vec<Placed>,
    /// How a coach stands.
    pub stand: Stand,
    /// Hours that a coach gave.
    pub given: Hours,
    /// Stages of a candidate.
    pub stages: Vec<StageRow>,
    /// Whether a person is left out of the matching.
    pub restriction: Option<Restriction>,
    /// What a person asked about their own data.
    pub requests: Vec<Request>,
    /// Names of accounts by id, of whoever made a version.
    pub accounts: BTreeMap<String, String>,
    /// Names of boards, schools, coaches and candidates that are named, by id.
    pub names: BTreeMap<String, String>,
    /// Today, yyyy-mm-dd.
    pub today: String,
}

/// One row with its history.
///
/// # Errors
/// [`Refused::Unknown`] when there is none.
pub async fn card(store: &Store, asked: &Asked, kind: Kind, id: &str) -> Result<Card, Refused> {
    let scope = asked.caller.scope();
    let mut reading = store.snapshot().await?;
    let row = reading.register_row(kind, scope, id).await?.ok_or(Refused::Unknown)?;
    let today = store.clock().today();
    let day = today.to_string();
    let (versions, all_versions) = reading.versions(kind, id, 0, TOLD).await?;
    let who = Who::new(kind, id);
    let about = |kind_of: Kind| (kind == kind_of).then(|| id.to_owned());
    let wanted = Wanted { candidate: about(Kind::Candidate), school: about(Kind::School), coach: about(Kind::Coach), ..Wanted::default() };
    let bans = if kind == Kind::Board { Vec::new() } else { reading.bans_page(&wanted, 0, TOLD).await?.0 };
    let placed: Vec<Placed> = match kind {
        Kind::Board => Vec::new(),
        Kind::School => reading.placements_from(&day).await?.into_iter().filter(|it| it.school == id).collect(),
        Kind::Coach | Kind::Candidate => {
            let all = reading.placements_of(&who, MOST).await?;
            all.into_iter().filter(|it| it.period.until.to_string() >= day).collect()
        }
    };
    let calendar = reading.calendar().await?;
    let year = calendar.school_year(today);
    let (stand, given) = match kind {
        Kind::Coach => {
            let stand = stands(&mut reading, std::slice::from_ref(&row), (&calendar, year), &day).await?.remove(id).unwrap_or_default();
            let mut given = reading.given_hours(id).await?;
            given.rows.retain(|it| it.school_year(&calendar) == Some(year));
            (stand, given)
        }
        Kind::Board | Kind::School | Kind::Candidate => (Stand::default(), Hours::default()),
    };
    let mut names = reading.names_of(Kind::Board, scope).await?;
    names.extend(reading.names_of(Kind::School, scope).await?);
    names.extend(reading.names(Kind::Coach).await?);
    names.extend(reading.names(Kind::Candidate).await?);
    let mut accounts = BTreeMap::new();
    for who in versions.iter().filter_map(|it| it.who.as_deref()).collect::<BTreeSet<_>>() {
        if let Some(account) = reading.account(who).await? {
            accounts.insert(who.to_owned(), account.name);
        }
    }
    Ok(Card {
        versions,
        all_versions,
        bans,
        placed,
        stand,
        given,
        stages: if kind == Kind::Candidate { reading.stages(id).await? } else { Vec::new() },
        restriction: if kind.is_person() { reading.restriction(&who).await? } else { None },
        requests: if kind.is_person() { reading.privacy_requests_of(&who, TOLD).await? } else { Vec::new() },
        accounts,
        names,
        today: day,
        row,
    })
}

/// The row as it is kept; for a form.
///
/// # Errors
/// [`Refused::Unknown`] when there is none.
pub async fn row(store: &Store, asked: &Asked, kind: Kind, id: &str) -> Result<Row, Refused> {
    store.read().register_row(kind, asked.caller.scope(), id).await?.ok_or(Refused::Unknown)
}

/// Names of boards by id, for a form.
///
/// # Errors
/// When the store cannot.
pub async fn boards(store: &Store, asked: &Asked) -> Result<BTreeMap<String, String>, Refused> {
    Ok(store.read().names_of(Kind::Board, asked.caller.scope()).await?)
}
