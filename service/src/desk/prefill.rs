//! Makes a wave file from the register: open seats, coaches and candidates, less what published placements hold in its period; and what is
//! left of each row of the register in a period.

use std::collections::BTreeMap;

use loket_instances::matching::rows::{BoardRow, CandidateRow, CoachRow, PolicyRow, SchoolRow, SeatRow};
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::Phase;
use serde_json::{Map, Value};

use super::agreements;
use super::fits::{Known, coached, hours_booked, seats_left};
use super::limited::Limited;
use super::room::{Period, most_at_once};
use crate::records::placement::Placed;
use crate::records::register::{Kind, Standing};

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

/// The register as it was read.
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
    /// Who is left out of the matching at their own request.
    pub limited: Limited,
    /// Rows as they are kept, with names of people and versions.
    pub kept: BTreeMap<(Kind, String), Kept>,
}

/// What is kept of a row beside what the format has for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// `naam` and `toelichting` of a person.
    pub person: Map<String, Value>,
    /// What the register keeps for every wave.
    pub own: Map<String, Value>,
    /// Its version.
    pub version: i64,
}

/// A named candidate who cannot take part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Position in the list of names.
    pub at: usize,
    /// Whether the register knows the candidate, who stopped.
    pub stopped: bool,
    /// Whether the candidate asked to be left out of the matching.
    pub limited: bool,
}

/// Most of anything, as in the format.
const MOST: i64 = 100_000;

/// The file, or every named candidate who cannot take part.
///
/// # Errors
/// Every named candidate who cannot take part.
pub fn file(wanted: &Wanted, from: &Sources) -> Result<WaveFile, Vec<Missing>> {
    let period = wanted.period;
    let mut file = WaveFile {
        id: wanted.id.clone(),
        name: Some(wanted.name.clone()),
        phase: wanted.phase,
        policy: wanted.policy.clone(),
        candidates: candidates(wanted, from)?,
        boards: from.boards.iter().map(|row| board_left(row, period, from)).collect(),
        schools: from.schools.iter().filter_map(|row| with_seats(school_left(row, period, from))).collect(),
        coaches: from.coaches.iter().map(|row| coach_left(row, period, from)).filter(has_room).collect(),
        travel: None,
        locks: None,
        bans: None,
        previous: None,
        pairs: None,
        note: None,
    };
    agreements::add(&mut file, from, None);
    Ok(file)
}

/// A school with its seats that are left; `None` when there are none.
pub fn with_seats(mut school: SchoolRow) -> Option<SchoolRow> {
    school.seats.retain(|seats| seats.count > 0);
    if school.seats.is_empty() { None } else { Some(school) }
}

/// Whether a coach can take somebody.
pub fn has_room(coach: &CoachRow) -> bool {
    coach.maximum > 0 && coach.hours > 0
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

/// A board with what is left of its maximum.
pub fn board_left(row: &BoardRow, period: Period, from: &Sources) -> BoardRow {
    let own = |school: &str| from.schools.iter().any(|it| it.id == school && it.board == row.id);
    let limit = row.maximum;
    // Counted only when there is a limit: the list of placements is long.
    let maximum = limit.and_then(|_| less(limit, placed(from, period, |it| own(&it.school))));
    BoardRow { maximum, ..row.clone() }
}

/// A school with every seat group that the register has for the period and what is left of it, also when that is nothing.
pub fn school_left(row: &SchoolRow, period: Period, from: &Sources) -> SchoolRow {
    let mut groups: BTreeMap<&str, (bool, &SeatRow)> = BTreeMap::new();
    let known = from.known.seats.iter().zip(&from.seats);
    for ((seats, when), kept) in known.filter(|((it, when), _)| it.school == row.id && when.meets(period)) {
        // What the group is, is what it is on the first day; how many are left counts every period.
        let first = seats.open && when.has(period.from);
        let group = groups.entry(&seats.id).or_insert((first, kept));
        if first && !group.0 {
            *group = (first, kept);
        }
    }
    let left = |id: &str| bounded(seats_left(&from.known, &row.id, id, period, from.held_months));
    let here = placed(from, period, |it| it.school == row.id);
    SchoolRow {
        maximum: less(row.maximum, here),
        starters: more(row.starters, here),
        seats: groups.into_iter().map(|(id, (_, kept))| SeatRow { count: left(id), ..kept.clone() }).collect(),
        ..row.clone()
    }
}

/// A coach with the candidates and hours that are left: none for who is not there all the time.
pub fn coach_left(row: &CoachRow, period: Period, from: &Sources) -> CoachRow {
    let used = coached(&from.known.placed, &row.id, period);
    let running = more(row.running, used);
    let there = |it: &&super::fits::Coach| it.period.covers(period) && !from.limited.has(Kind::Coach, &row.id);
    let Some(known) = from.known.coaches.get(&row.id).filter(there) else {
        return CoachRow { maximum: 0, hours: 0, running, ..row.clone() };
    };
    // In the fullest school year that the wave touches.
    let calendar = &from.known.calendar;
    let booked = |year| hours_booked(&from.known.placed, &row.id, (calendar, year));
    let hours = calendar.school_years(period).map(|year| known.hours - booked(year)).min().unwrap_or(0);
    CoachRow { maximum: bounded(known.most - used), hours: bounded(hours), running, ..row.clone() }
}

fn candidates(wanted: &Wanted, from: &Sources) -> Result<Vec<CandidateRow>, Vec<Missing>> {
    let Some(named) = &wanted.candidates else {
        let waits = |row: &CandidateRow, state| state == Standing::Wacht && !from.limited.has(Kind::Candidate, &row.id);
        let waiting = from.candidates.iter().filter(|(row, state)| waits(row, *state));
        return Ok(waiting.map(|(row, _)| candidate(row, from)).collect());
    };
    let known: BTreeMap<&str, _> = from.candidates.iter().map(|(row, state)| (row.id.as_str(), (row, *state))).collect();
    let mut missing = Vec::new();
    let mut rows = Vec::new();
    for (at, id) in named.iter().enumerate() {
        match known.get(id.as_str()) {
            Some((_, Standing::Gestopt)) => missing.push(Missing { at, stopped: true, limited: false }),
            Some(_) if from.limited.has(Kind::Candidate, id) => missing.push(Missing { at, stopped: false, limited: true }),
            Some((row, Standing::Wacht | Standing::Geplaatst)) => rows.push(candidate(row, from)),
            None => missing.push(Missing { at, stopped: false, limited: false }),
        }
    }
    if missing.is_empty() { Ok(rows) } else { Err(missing) }
}

/// A candidate with the coach and school of the last published placement.
pub fn candidate(row: &CandidateRow, from: &Sources) -> CandidateRow {
    let mut row = row.clone();
    let own = from.known.placed.iter().filter(|it| it.candidate == row.id);
    if let Some(last) = own.max_by_key(|it| (it.period.from, it.period.until)) {
        row.current_coach = Some(last.coach.clone());
        row.current_school = Some(last.school.clone());
    }
    row
}
