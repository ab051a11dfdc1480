//! Builds the wave: rows in canonical order, references looked up, defaults and travel filled in. Reports what cannot be looked up.

use std::collections::HashSet;
use std::hash::Hash;

use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::{BoardId, SchoolId, SeatId};
use loket_solver::matching::facts::wave::{Board, Candidate, Coach, School, Seat, Wave};
use loket_solver::matching::facts::words::{Bouw, CoachKind, Quality, SchoolKind, Word};

use super::index::Index;
use super::places::{Places, list};
use super::roads::Roads;
use super::{entries, policy, roads, saving, worth};
use crate::matching::rows::WaveFile;
use crate::matching::rows::{BoardRow, ExcludedRow};
use crate::strict::lookup::Rows;
use crate::strict::report::Report;
use crate::strict::spot::Spot;

/// Most candidates in a wave.
const MOST_CANDIDATES: usize = 100_000;

/// The wave of a file's rows, or nothing when the report has a problem. `roads` stand for coordinates that were taken out.
pub(crate) fn wave(file: &WaveFile, places: &Places, roads: Option<&Roads>, report: &Report) -> Option<Wave> {
    let count = file.candidates.len();
    if count > MOST_CANDIDATES {
        let remedy = format!("splits de lichting; hooguit {MOST_CANDIDATES} kandidaten");
        report.problem("te-veel", &list("kandidaten"), format!("er staan {count} kandidaten in"), remedy);
    }
    let previous = file.previous.as_ref().is_some_and(|rows| !rows.is_empty());
    let policy = policy::finish(file.policy.as_ref(), file.phase, previous, places, report);
    let index = Index::new(file, places, policy.seed, report);
    let builder = Builder { file, places, index: &index, report };
    let (schools, mut seats) = builder.schools();
    let mut coaches = index.coaches.order.iter().map(|&row| builder.coach(row)).collect::<Vec<_>>();
    let mut candidates = index.candidates.order.iter().map(|&row| builder.candidate(row)).collect::<Vec<_>>();
    roads::check(file, places, &index, roads, report);
    let found = Found { places, index: &index, report };
    entries::locks(file.locks.as_deref().unwrap_or_default(), &found, &mut candidates);
    entries::bans(file.bans.as_deref().unwrap_or_default(), &found, &mut candidates);
    entries::previous(file.previous.as_deref().unwrap_or_default(), &found, &mut candidates);
    let saving = file.policy.as_ref().and_then(|policy| policy.saving.as_ref());
    saving::price(saving, &found, &mut seats, &mut coaches);
    let pairs = entries::pairs(file.pairs.as_deref().unwrap_or_default(), &found);
    worth::tell(file, places, report);
    if !report.clean() {
        return None;
    }
    let travel = roads::travel(file, &index, roads);
    let boards = index.boards.order.iter().map(|&row| &file.boards[row]);
    let board = |row: &BoardRow| Board { id: row.id.clone(), noodplan: row.noodplan.unwrap_or(true), maximum: row.maximum };
    let boards = boards.map(board).collect::<Vec<_>>();
    Some(Wave {
        id: file.id.clone(),
        phase: file.phase,
        policy,
        boards: boards.into(),
        schools: schools.into(),
        seats: seats.into(),
        coaches: coaches.into(),
        candidates: candidates.into(),
        pairs,
        travel,
    })
}

/// What the rows are looked up with.
pub(crate) struct Found<'a> {
    pub(crate) places: &'a Places,
    pub(crate) index: &'a Index,
    pub(crate) report: &'a Report,
}

struct Builder<'a> {
    file: &'a WaveFile,
    places: &'a Places,
    index: &'a Index,
    report: &'a Report,
}

impl Builder<'_> {
    fn schools(&self) -> (Vec<School>, Vec<Seat>) {
        let mut schools = Vec::with_capacity(self.file.schools.len());
        let mut seats = Vec::new();
        for (&at, seat_rows) in self.index.schools.order.iter().zip(&self.index.seat_rows) {
            let row = &self.file.schools[at];
            let id = SchoolId::new(schools.len());
            let mut own = Vec::with_capacity(seat_rows.len());
            for &seat in seat_rows {
                let seat = &row.seats[seat];
                own.push(SeatId::new(seats.len()));
                let half_days = seat.half_days.iter().flatten().copied().collect();
                let shared = seat.shared.unwrap_or(false);
                seats.push(Seat { id: seat.id().to_owned(), school: id, bouw: seat.bouw, count: seat.count, half_days, shared, price: 0 });
            }
            let spot = || self.places.school(self.file, at).key("bestuur");
            let named = self.places.has_board(at);
            let board = if named { self.index.boards.need(&row.board, spot, "bestuur", self.report) } else { None };
            schools.push(School {
                id: row.id.clone(),
                board: board.unwrap_or(BoardId(0)),
                kind: row.kind.unwrap_or(SchoolKind::Bo),
                target_group: row.target_group.unwrap_or(0),
                shortage: row.shortage.unwrap_or(0),
                concept: row.concept.clone(),
                denomination: row.denomination.clone(),
                quality: row.quality.unwrap_or(Quality::Voldoet),
                maximum: row.maximum,
                team_size: row.team_size,
                starters: row.starters.unwrap_or(0),
                seats: own,
            });
        }
        (schools, seats)
    }

    fn coach(&self, at: usize) -> Coach {
        let row = &self.file.coaches[at];
        let spot = |key: &'static str| self.places.coach(self.file, at).key(key);
        if let Some(board) = &row.board {
            self.index.boards.seek(board, || spot("bestuur"), "bestuur", "dit veld telt niet mee", self.report);
        }
        let kind = row.kind.unwrap_or(CoachKind::Intern);
        let usual_rate = match kind {
            CoachKind::Intern => 5_000,
            CoachKind::Extern => 9_680,
        };
        let school = row.own_school.as_ref();
        Coach {
            id: row.id.clone(),
            kind,
            max_travel: row.max_travel.unwrap_or(45),
            maximum: row.maximum,
            hours: row.hours,
            next_hours: row.next_hours,
            hour_price: 0,
            running: row.running.unwrap_or(0),
            rate_cents: row.rate_cents.unwrap_or(usual_rate),
            bouwen: row.bouwen.clone().unwrap_or_else(|| Bouw::ALL.to_vec()),
            kinds: row.kinds.clone().unwrap_or_else(|| vec![SchoolKind::Bo]),
            tags: row.tags.clone().unwrap_or_default(),
            own_school: school.and_then(|school| {
                self.index.schools.seek(school, || spot("eigen_school"), "school", "dit veld telt niet mee", self.report)
            }),
            excluded_schools: self.excluded(&self.index.schools, "school", &row.excluded_schools, || spot("uitgesloten_scholen")),
        }
    }

    fn candidate(&self, at: usize) -> Candidate {
        let row = &self.file.candidates[at];
        let spot = |key: &'static str| self.places.candidate(self.file, at).key(key);
        let wanted = row.boards.as_ref().filter(|boards| !boards.is_empty());
        let nothing = ExcludedRow::default();
        let excluded = row.excluded.as_ref().unwrap_or(&nothing);
        let within = |key: &'static str| spot("uitgesloten").key(key);
        let unheard = "dit veld telt niet mee";
        let coach = row.current_coach.as_ref();
        let school = row.current_school.as_ref();
        Candidate {
            id: row.id.clone(),
            row: at,
            phase: row.phase.unwrap_or(self.file.phase),
            hours: row.hours,
            max_travel: row.max_travel.unwrap_or(60),
            bouwen: row.bouwen.clone(),
            kinds: row.kinds.clone().unwrap_or_else(|| vec![SchoolKind::Bo]),
            boards: wanted
                .map(|boards| self.among(&self.index.boards, "bestuur", "dit bestuur telt niet mee", boards, || spot("besturen"))),
            concepts: row.concepts.clone().unwrap_or_default(),
            half_days: row.half_days.iter().flatten().copied().collect(),
            waited: row.waited.unwrap_or(0),
            coach_wishes: row.coach_wishes.clone().unwrap_or_default(),
            coach_needs: row.coach_needs.clone().unwrap_or_default(),
            current_coach: coach.and_then(|id| self.index.coaches.seek(id, || spot("huidige_coach"), "coach", unheard, self.report)),
            current_school: school.and_then(|id| self.index.schools.seek(id, || spot("huidige_school"), "school", unheard, self.report)),
            excluded_schools: self.excluded(&self.index.schools, "school", &excluded.schools, || within("scholen")),
            excluded_boards: self.excluded(&self.index.boards, "bestuur", &excluded.boards, || within("besturen")),
            excluded_denominations: excluded.denominations.clone().unwrap_or_default(),
            excluded_coaches: self.excluded(&self.index.coaches, "coach", &excluded.coaches, || within("coaches")),
            lock: None,
            bans: Vec::new(),
            previous: None,
        }
    }

    /// The rows that a list of ids names; one that names nothing gives a notice.
    fn among<I: Id>(&self, rows: &Rows<I>, kind: &str, effect: &str, ids: &[String], list: impl Fn() -> Spot) -> Vec<I> {
        let one = |(at, id): (usize, &String)| rows.seek(id, || list().item(at, None), kind, effect, self.report);
        ids.iter().enumerate().filter_map(one).collect()
    }

    fn excluded<I: Id>(&self, rows: &Rows<I>, kind: &str, ids: &Option<Vec<String>>, list: impl Fn() -> Spot) -> Vec<I> {
        self.among(rows, kind, "uitsluiten is niet nodig", ids.as_deref().unwrap_or_default(), list)
    }
}

/// Reports a second entry for one key; true for the first.
pub(crate) fn first<K: Eq + Hash>(
    seen: &mut HashSet<K>,
    key: K,
    spot: impl Fn() -> Spot,
    what: impl Fn() -> String,
    report: &Report,
) -> bool {
    let new = seen.insert(key);
    if !new {
        report.problem("dubbel", &spot(), what(), "laat één van de twee regels staan");
    }
    new
}
