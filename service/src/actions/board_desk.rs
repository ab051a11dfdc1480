//! A board's desk: its schools with their seats for the wave that comes, what uses them, and what is asked of the board.

use std::collections::BTreeMap;

use jiff::civil::Date;
use loket_solver::matching::facts::words::{Bouw, HalfDay, Word};

use super::season::{self, Put};
use super::{Asked, Refused, capacity, rounds};
use crate::desk::named::apart;
use crate::desk::offer::Offer;
use crate::desk::seating::{at, half_days, set_half_days};
use crate::desk::whole::Said;
use crate::records::register::{Kind, Row};
use crate::records::round::{Round, Standing};
use crate::records::seats::{Confirmed, Seats, usual};
use crate::records::wave::{Life, Wave};
use crate::store::Store;

/// A seat group with the period that counts, and its other periods of today and later.
#[derive(Clone, Debug)]
pub struct Group {
    /// The seats of the period that counts, with what uses them.
    pub offer: Offer,
    /// Half-days of the duo colleague; nothing is not known.
    pub half_days: Option<Vec<HalfDay>>,
    /// Later periods of the same group.
    pub later: Vec<Seats>,
}

/// A school of a board.
#[derive(Clone, Debug)]
pub struct School {
    /// Its id.
    pub id: String,
    /// Its name, with the id behind it where another of the board has the same; the id where there is none.
    pub name: String,
    /// Its seat groups.
    pub groups: Vec<Group>,
}

impl School {
    /// Why the school is not open: of all its groups, when none of them is.
    pub fn closed(&self) -> Option<&str> {
        let none = !self.groups.is_empty() && self.groups.iter().all(|it| !it.offer.seats.open);
        self.groups.iter().filter(|_| none).find_map(|it| it.offer.seats.reason.as_deref())
    }

    /// The groups of a bouw.
    pub fn of(&self, bouw: Bouw) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(move |it| it.offer.seats.bouw == bouw.code())
    }

    /// Seats that are open.
    pub fn open(&self) -> i64 {
        self.groups.iter().filter(|it| it.offer.seats.open).map(|it| it.offer.seats.count).sum()
    }
}

/// A board's desk.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The board.
    pub board: String,
    /// Its name; the id where there is none.
    pub name: String,
    /// The wave that its seats are asked for, when there is one.
    pub wave: Option<Wave>,
    /// The round in which they are asked, with how far the board is.
    pub round: Option<(Round, Standing)>,
    /// Its schools, by name.
    pub schools: Vec<School>,
    /// The version of all its seats.
    pub version: i64,
    /// How many rows of seats there are from today on: what a confirmation is about.
    pub rows: i64,
    /// What was confirmed last.
    pub last: Option<Confirmed>,
}

impl Desk {
    /// Seats that are open, of all schools.
    pub fn open(&self) -> i64 {
        self.schools.iter().map(School::open).sum()
    }

    /// Schools with seats that are open.
    pub fn open_schools(&self) -> usize {
        self.schools.iter().filter(|it| it.open() > 0).count()
    }

    /// The same as when it was confirmed last.
    pub fn unchanged(&self) -> bool {
        self.last.is_some_and(|it| it.version == self.version)
    }
}

/// The desk of a board. A placement holds a seat for so many months.
///
/// # Errors
/// [`Refused::Unknown`] when there is no such board, or it is another's.
pub async fn desk(store: &Store, asked: &Asked, board: &str, held_months: u32) -> Result<Desk, Refused> {
    let scope = capacity::board(store, asked, board).await?;
    let today = store.clock().today();
    let (wave, round) = asked_for(store, asked, board, today).await?;
    let mut reading = store.snapshot().await?;
    // Read before the rows: a change in between makes the version too old, never too new.
    let version = reading.seats_version(&scope).await?;
    let all = reading.seats_from(&scope, &today.to_string()).await?;
    let rows = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let day = wave.as_ref().and_then(|it| it.from.parse::<Date>().ok()).map_or(today, |it| it.max(today));
    let used = capacity::use_of(&mut reading, &scope, day, held_months).await?;
    let mut by_group: BTreeMap<(String, String), Vec<Seats>> = BTreeMap::new();
    for row in all {
        by_group.entry((row.school.clone(), row.id.clone())).or_default().push(row);
    }
    let mut schools: BTreeMap<String, School> = BTreeMap::new();
    for row in reading.register_rows(Kind::School, &scope).await? {
        let gone = row.until.as_deref().is_some_and(|until| until < today.to_string().as_str());
        if !gone {
            schools.insert(row.id.clone(), School { name: named(&row), id: row.id, groups: Vec::new() });
        }
    }
    for ((school, _), rows) in by_group {
        let Some(school) = schools.get_mut(&school) else { continue };
        let on = day.to_string();
        let counts = rows.iter().position(|it| at(it, &on)).or_else(|| {
            let next = usual(&rows, &on)?;
            rows.iter().position(|it| it.from == next.from)
        });
        let mut later = rows;
        let Some(seats) = counts.map(|it| later.remove(it)) else { continue };
        let half_days = half_days(&seats);
        school.groups.push(Group { offer: used.of(seats, day)?, half_days, later });
    }
    let names = apart(schools.values().map(|it| (it.id.clone(), it.name.clone())).collect());
    let mut schools: Vec<School> = schools.into_values().collect();
    for school in &mut schools {
        school.name = names.get(&school.id).cloned().unwrap_or_default();
    }
    schools.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    let name = reading.name_of(Kind::Board, board).await?.unwrap_or_else(|| board.to_owned());
    let last = reading.last_confirmed(board).await?;
    Ok(Desk { board: board.to_owned(), name, wave, round, schools, version, rows, last })
}

/// The name of a board or a school; its id where it has none.
fn named(row: &Row) -> String {
    row.data.get("naam").and_then(|it| it.as_str()).unwrap_or(&row.id).to_owned()
}

/// The wave that a board's seats are for: of the round that is asked first, or else the next one that is not published.
async fn asked_for(store: &Store, asked: &Asked, board: &str, today: Date) -> Result<(Option<Wave>, Option<(Round, Standing)>), Refused> {
    let all = rounds::of_board(store, asked, board).await?;
    let mut reading = store.read();
    let mut last = None;
    for (round, standing) in all {
        let Some(wave) = reading.wave(&round.wave).await?.filter(|it| it.life < Life::Vastgesteld) else { continue };
        if !standing.confirmed() {
            return Ok((Some(wave), Some((round, standing))));
        }
        last = last.or(Some((wave, round, standing)));
    }
    if let Some((wave, round, standing)) = last {
        return Ok((Some(wave), Some((round, standing))));
    }
    let today = today.to_string();
    let mut coming: Vec<Wave> = reading.live_waves().await?;
    coming.retain(|it| it.life < Life::Vastgesteld && it.until > today);
    coming.sort_by(|a, b| (&a.from, &a.id).cmp(&(&b.from, &b.id)));
    Ok((coming.into_iter().next(), None))
}

/// What somebody wants of one seat group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// So many seats.
    Count(i64),
    /// Not open, for this reason.
    Closed(String),
    /// Open again.
    Open,
    /// The duo colleague is there in these half-days; in none: it is not known.
    HalfDays(Vec<HalfDay>),
}

/// Which group a wish is about: one that is there, by its first day, or a new one of a bouw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// A group that is there.
    There {
        /// Its id.
        seat: String,
        /// The first day of the period.
        from: String,
    },
    /// A new one.
    New(Bouw),
}

/// A change that a board wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// At which school.
    pub school: String,
    /// Of which group.
    pub which: Which,
    /// What is wanted.
    pub wish: Wish,
}

/// Saves changes all at once, or none of them; `seen` is the version of the board's seats that was read. What is wrong with an edit is told
/// at its place in the list.
///
/// # Errors
/// What is wrong with them, or that somebody changed the seats meanwhile.
pub async fn save(
    store: &Store,
    asked: &Asked,
    board: &str,
    (edits, seen, confirmed): (&[Edit], i64, bool),
    held_months: u32,
) -> Result<Put, Refused<i64>> {
    let nothing = |refused: Refused| refused.with_now(|()| 0);
    let scope = capacity::board(store, asked, board).await.map_err(nothing)?;
    let today = store.clock().today();
    let (wave, _) = asked_for(store, asked, board, today).await.map_err(nothing)?;
    let mut reading = store.read();
    let version = reading.seats_version(&scope).await?;
    if version != seen {
        return Err(Refused::stale(version));
    }
    let mut rows: Vec<(Seats, Said)> = Vec::new();
    for edit in edits {
        let there = reading.school_seats(&scope, &edit.school).await?;
        let (mut seats, keys) = match &edit.which {
            Which::There { seat, from } => {
                let row = there.iter().find(|it| it.id == *seat && it.from == *from).ok_or(Refused::Unknown)?;
                (row.clone(), said(row))
            }
            Which::New(bouw) => (new_group((&edit.school, *bouw), &there, wave.as_ref(), today), Vec::new()),
        };
        apply(&mut seats, &edit.wish);
        rows.push((seats, Said { keys, confirmed }));
    }
    drop(reading);
    season::put_many(store, asked, board, (rows, seen), held_months).await
}

/// Everything that a row says stays as it was, but for what is changed.
fn said(row: &Seats) -> Vec<String> {
    row.says().map(str::to_owned).chain(["open".to_owned(), "dagdelen".to_owned(), "reden".to_owned()]).collect()
}

fn apply(seats: &mut Seats, wish: &Wish) {
    match wish {
        Wish::Count(count) => {
            seats.count = *count;
            // Whoever names a number says that there are seats.
            (seats.open, seats.reason) = (true, None);
        }
        Wish::Closed(reason) => (seats.open, seats.reason) = (false, Some(reason.clone())),
        Wish::Open => (seats.open, seats.reason) = (true, None),
        Wish::HalfDays(days) => set_half_days(seats, days),
    }
}

/// A new group: in the period of the other seats of the school, or else that of the wave, or from today on.
fn new_group((school, bouw): (&str, Bouw), there: &[Seats], wave: Option<&Wave>, today: Date) -> Seats {
    let on = wave.map_or(today.to_string(), |it| it.from.clone());
    let like = there.iter().find(|it| at(it, &on));
    let (from, until) = match (like, wave) {
        (Some(it), _) => (it.from.clone(), it.until.clone()),
        (None, Some(wave)) => (wave.from.clone(), Some(wave.until.clone())),
        (None, None) => (today.to_string(), None),
    };
    let taken = |id: &str| there.iter().any(|it| it.id == id);
    let id = (1..).map(|at| if at == 1 { bouw.code().to_owned() } else { format!("{}-{at}", bouw.code()) }).find(|it| !taken(it));
    Seats {
        school: school.to_owned(),
        id: id.unwrap_or_default(),
        from,
        until,
        bouw: bouw.code().to_owned(),
        count: 0,
        data: Default::default(),
        open: true,
        reason: None,
        confirmed: None,
        confirmed_by: None,
        version: 0,
    }
}
