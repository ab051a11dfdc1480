//! Makes a wave file from the register: open seats, coaches and candidates, less what published placements hold in its period.

use std::collections::BTreeMap;

use loket_instances::matching::rows::{BoardRow, CandidateRow, CoachRow, PolicyRow, SchoolRow, SeatRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::Phase;

use super::fits::{Known, coached, hours_booked, seats_left};
use super::hours::school_years;
use super::room::{Period, most_at_once};
use crate::records::placement::Placed;
use crate::records::register::Standing;

/// The wave that is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its phase.
    pub phase: Phase,
    /// When.
    pub period: Period,
    /// Whom it is for; `None` for everybody who waits.
    pub candidates: Option<Vec<String>>,
    /// Its policy.
    pub policy: Option<PolicyRow>,
}

/// The register as it was read, without names of people.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Boards.
    pub boards: Vec<BoardRow>,
    /// Schools, without their seats.
    pub schools: Vec<SchoolRow>,
    /// Coaches.
    pub coaches: Vec<CoachRow>,
    /// Candidates, and where each is.
    pub candidates: Vec<(CandidateRow, Standing)>,
    /// Seats, coaches' bounds and published placements.
    pub known: Known,
    /// The seats of `known`, in the same order, as the format has them.
    pub seats: Vec<SeatRow>,
    /// How many months a placement holds a seat; 0 for as long as it lasts.
    pub held_months: u32,
}

/// A named candidate who cannot take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Position in the list of names.
    pub at: usize,
    /// Whether the register knows the candidate, who stopped.
    pub stopped: bool,
}

/// Most of anything, as in the format.
const MOST: i64 = 100_000;

/// The file, or every named candidate who cannot take part.
///
/// # Errors
/// Every named candidate who cannot take part.
pub fn file(wanted: &Wanted, from: &Sources) -> Result<WaveFile, Vec<Missing>> {
    Ok(WaveFile {
        id: wanted.id.clone(),
        name: Some(wanted.name.clone()),
        phase: wanted.phase,
        policy: wanted.policy.clone(),
        candidates: candidates(wanted, from)?,
        boards: from.boards.iter().map(|row| board(row, wanted.period, from)).collect(),
        schools: from.schools.iter().filter_map(|row| school(row, wanted.period, from)).collect(),
        coaches: from.coaches.iter().filter_map(|row| coach(row, wanted.period, from)).collect(),
        travel: None,
        locks: None,
        bans: None,
        previous: None,
        note: None,
    })
}

fn bounded(number: i64) -> u32 {
    u32::try_from(number.clamp(0, MOST)).unwrap_or(0)
}

/// Takes what is used off a limit that the row may have.
fn less(limit: Option<u32>, used: i64) -> Option<u32> {
    limit.map(|limit| bounded(i64::from(limit) - used))
}

fn more(before: Option<u32>, used: i64) -> Option<u32> {
    if used > 0 { Some(bounded(i64::from(before.unwrap_or(0)) + used)) } else { before }
}

/// How many published placements there are at once, of those that `which` picks.
fn placed(from: &Sources, period: Period, which: impl Fn(&Placed) -> bool) -> i64 {
    let holds: Vec<Period> = from.known.placed.iter().filter(|it| which(it)).map(|it| it.period).collect();
    most_at_once(&holds, period)
}

fn board(row: &BoardRow, period: Period, from: &Sources) -> BoardRow {
    let own = |school: &str| from.schools.iter().any(|it| it.id == school && it.board == row.id);
    let limit = row.maximum;
    // Counted only when there is a limit: the list of placements is long.
    let maximum = limit.and_then(|_| less(limit, placed(from, period, |it| own(&it.school))));
    BoardRow { maximum, ..row.clone() }
}

/// A school with the seats that are left; `None` when there are none.
fn school(row: &SchoolRow, period: Period, from: &Sources) -> Option<SchoolRow> {
    let mut groups: BTreeMap<&str, SeatRow> = BTreeMap::new();
    let known = from.known.seats.iter().zip(&from.seats);
    for ((seats, when), kept) in known.filter(|((it, _), _)| it.school == row.id && it.open) {
        // What the group is, is what it is on the first day; how many are left counts every period.
        if !when.has(period.from) {
            continue;
        }
        let left = seats_left(&from.known, &row.id, &seats.id, period, from.held_months);
        if left > 0 {
            groups.insert(&seats.id, SeatRow { count: bounded(left), ..kept.clone() });
        }
    }
    if groups.is_empty() {
        return None;
    }
    let here = placed(from, period, |it| it.school == row.id);
    Some(SchoolRow {
        maximum: less(row.maximum, here),
        starters: more(row.starters, here),
        seats: groups.into_values().collect(),
        ..row.clone()
    })
}

/// A coach with the candidates and hours that are left; `None` who is not there all the time or has nothing left.
fn coach(row: &CoachRow, period: Period, from: &Sources) -> Option<CoachRow> {
    let known = from.known.coaches.get(&row.id).filter(|it| it.period.covers(period))?;
    let used = coached(&from.known.placed, &row.id, period);
    // In the fullest school year that the wave touches.
    let hours = school_years(period).map(|year| known.hours - hours_booked(&from.known.placed, &row.id, year)).min().unwrap_or(0);
    if known.most - used < 1 || hours < 1 {
        return None;
    }
    Some(CoachRow { maximum: bounded(known.most - used), hours: bounded(hours), running: more(row.running, used), ..row.clone() })
}

fn candidates(wanted: &Wanted, from: &Sources) -> Result<Vec<CandidateRow>, Vec<Missing>> {
    let Some(named) = &wanted.candidates else {
        let waiting = from.candidates.iter().filter(|(_, state)| *state == Standing::Wacht);
        return Ok(waiting.map(|(row, _)| candidate(row, from)).collect());
    };
    let known: BTreeMap<&str, _> = from.candidates.iter().map(|(row, state)| (row.id.as_str(), (row, *state))).collect();
    let mut missing = Vec::new();
    let mut rows = Vec::new();
    for (at, id) in named.iter().enumerate() {
        match known.get(id.as_str()) {
            Some((_, Standing::Gestopt)) => missing.push(Missing { at, stopped: true }),
            Some((row, Standing::Wacht | Standing::Geplaatst)) => rows.push(candidate(row, from)),
            None => missing.push(Missing { at, stopped: false }),
        }
    }
    if missing.is_empty() { Ok(rows) } else { Err(missing) }
}

/// A candidate with the coach and school of the last published placement.
fn candidate(row: &CandidateRow, from: &Sources) -> CandidateRow {
    let mut row = row.clone();
    let own = from.known.placed.iter().filter(|it| it.candidate == row.id);
    if let Some(last) = own.max_by_key(|it| (it.period.from, it.period.until)) {
        row.current_coach = Some(last.coach.clone());
        row.current_school = Some(last.school.clone());
    }
    row
}
