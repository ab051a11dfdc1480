//! The model of a wave: every placement that the pair rules allow is a column, every shared limit a row; nothing that cannot be
//! chosen is ever built.

pub mod blocks;
pub mod columns;
pub mod flow;
pub mod hull;
pub mod points;
pub mod search;

use std::collections::BTreeMap;

use crate::common::control::Control;
use crate::common::tables::{Id, Table};
use crate::engine::block::Entry;
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::together::{self, Together};
use crate::matching::facts::wave::Wave;
use crate::matching::judge::rules::{Kind, Limit, Members, RULES, Weight};

use hull::{HourClass, Room};

/// One placement that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Whose.
    pub candidate: CandidateId,
    /// Where.
    pub seat: SeatId,
    /// With whom.
    pub coach: CoachId,
    /// Position in [`Model::classes`].
    pub class: u32,
}

impl Column {
    /// The placement it stands for.
    pub fn placement(self) -> Placement {
        Placement { seat: self.seat, coach: self.coach }
    }
}

/// Hours and next hours of a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    /// h(c, s).
    pub now: i64,
    /// hv(c).
    pub next: i64,
}

/// What a row limits; its name in certificates.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKey {
    /// Placements at a seat group.
    Seat(SeatId),
    /// Placements at a school.
    School(SchoolId),
    /// Placements at a board's schools.
    Board(crate::matching::facts::ids::BoardId),
    /// A facet of a coach's hour classes: weights by [`Model::classes`] position.
    Coach(CoachId, Vec<(u32, i64)>),
    /// Placements with external coaches, by weight.
    External(Weight),
    /// All placements, by weight.
    All(Weight),
    /// Placements of people together.
    Together(Together),
}

/// Σ coefficient · column ≤ at_most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it limits.
    pub key: RowKey,
    /// The limit.
    pub at_most: i64,
    /// Whether plans need it: the other rows follow from these for whole plans, and only tighten linear programs.
    pub core: bool,
}

/// Columns by candidate and shared rows.
#[derive(Clone, Debug)]
pub struct Model {
    /// All columns, by candidate, then seat group, then coach.
    pub columns: Vec<Column>,
    /// Kinds of hours that occur.
    pub classes: Vec<Hours>,
    /// Shared rows that can bind.
    pub rows: Vec<Row>,
    /// Rows that a placement at a seat group is in.
    pub seat_entries: Table<SeatId, Vec<Entry>>,
    /// Rows that a placement with a coach is in, by class.
    pub coach_entries: Table<CoachId, Vec<Vec<Entry>>>,
    /// Rows about people together.
    pub together: together::Rows,
    /// Most placements each coach can take on, from the tightened limits.
    pub coach_most: Table<CoachId, u32>,
}

impl Model {
    /// Rows of a column with their coefficients.
    pub fn entries(&self, wave: &Wave, column: &Column) -> impl Iterator<Item = Entry> + '_ {
        let by_coach = &self.coach_entries[column.coach][column.class as usize];
        self.seat_entries[column.seat].iter().chain(by_coach).copied().chain(self.own_entries(wave, column))
    }
    /// Rows that a column is in by whose it is.
    pub fn own_entries(&self, wave: &Wave, column: &Column) -> Vec<Entry> {
        self.together.of(wave, column.candidate, column.placement()).into_iter().map(|row| (row as u32, 1)).collect()
    }
}

/// Formulates a wave: columns, then the rows that can bind on them; `None` when there was no time for it, or would be no room.
pub fn formulate(wave: &Wave, control: &dyn Control) -> Option<Model> {
    formulate_without(wave, &[], control)
}

/// The same with some shared rules left out: what a conflict or an explanation asks.
pub fn formulate_without(wave: &Wave, relaxed: &[RuleCode], control: &dyn Control) -> Option<Model> {
    let (columns, classes) = columns::enumerate(wave, control)?;
    let limits: Vec<Limit> = RULES
        .iter()
        .filter(|rule| !relaxed.contains(&rule.code))
        .filter_map(|rule| match rule.kind {
            Kind::Shared { write, .. } => Some(write(wave)),
            Kind::Pair { .. } | Kind::Changes { .. } => None,
        })
        .flatten()
        .collect();
    let mut model = Model {
        seat_entries: Table::filled(wave.seats.len(), Vec::new()),
        coach_entries: Table::filled(wave.coaches.len(), vec![Vec::new(); classes.len()]),
        coach_most: Table::filled(wave.coaches.len(), 0),
        rows: Vec::new(),
        together: together::Rows::default(),
        columns,
        classes,
    };
    model.place_rows(wave, &limits);
    model.coach_rows(wave, &limits);
    model.wide_rows(wave, &limits);
    model.rows_together(wave, &limits);
    Some(model)
}

/// Candidates counted apart although they have many columns each; columns come candidate by candidate.
#[derive(Clone, Copy, Default)]
struct Crowd {
    last: Option<CandidateId>,
    size: i64,
}

impl Crowd {
    fn meet(&mut self, candidate: CandidateId) {
        if self.last != Some(candidate) {
            self.last = Some(candidate);
            self.size += 1;
        }
    }
}

impl Model {
    fn row(&mut self, key: RowKey, at_most: i64) -> u32 {
        self.rows.push(Row { key, at_most, core: true });
        u32::try_from(self.rows.len() - 1).expect("fewer than 2^32 rows")
    }

    /// Seat groups, schools and boards: a row only where the limits below it do not imply it.
    fn place_rows(&mut self, wave: &Wave, limits: &[Limit]) {
        let mut least: BTreeMap<Members, i64> = BTreeMap::new();
        for limit in limits.iter().filter(|limit| limit.weight == Weight::One && limit.together.is_none()) {
            let slot = least.entry(limit.members).or_insert(limit.at_most);
            *slot = (*slot).min(limit.at_most);
        }
        let mut at_seat = Table::<SeatId, Crowd>::filled(wave.seats.len(), Crowd::default());
        let mut at_school = Table::<SchoolId, Crowd>::filled(wave.schools.len(), Crowd::default());
        let mut at_board = Table::<crate::matching::facts::ids::BoardId, Crowd>::filled(wave.boards.len(), Crowd::default());
        for column in &self.columns {
            let school = wave.seats[column.seat].school;
            at_seat[column.seat].meet(column.candidate);
            at_school[school].meet(column.candidate);
            at_board[wave.schools[school].board].meet(column.candidate);
        }
        let mut seats_of_board = Table::<crate::matching::facts::ids::BoardId, i64>::filled(wave.boards.len(), 0);
        let mut rows_of_board = Table::<crate::matching::facts::ids::BoardId, Vec<SeatId>>::filled(wave.boards.len(), Vec::new());
        for (id, school) in wave.schools.pairs() {
            let mut room = 0;
            for &seat in &school.seats {
                let crowd = at_seat[seat].size;
                let at_most = least.get(&Members::Seat(seat)).copied().unwrap_or(crowd);
                if at_most < crowd {
                    let row = self.row(RowKey::Seat(seat), at_most);
                    self.seat_entries[seat].push((row, 1));
                }
                room += at_most.min(crowd);
            }
            let room = room.min(at_school[id].size);
            let at_most = least.get(&Members::School(id)).copied().unwrap_or(room);
            if at_most < room {
                let row = self.row(RowKey::School(id), at_most);
                school.seats.iter().for_each(|&seat| self.seat_entries[seat].push((row, 1)));
            }
            seats_of_board[school.board] += room.min(at_most);
            rows_of_board[school.board].extend(&school.seats);
        }
        for board in wave.boards.ids() {
            let room = seats_of_board[board].min(at_board[board].size);
            let at_most = least.get(&Members::Board(board)).copied().unwrap_or(room);
            if at_most < room {
                let row = self.row(RowKey::Board(board), at_most);
                rows_of_board[board].iter().for_each(|&seat| self.seat_entries[seat].push((row, 1)));
            }
        }
    }

    /// What each coach's limits and hour classes come to.
    pub fn rooms(&self, wave: &Wave, limits: &[Limit]) -> Table<CoachId, (Room, Vec<u32>)> {
        let mut crowds = Table::<CoachId, Vec<Crowd>>::filled(wave.coaches.len(), vec![Crowd::default(); self.classes.len()]);
        for column in &self.columns {
            crowds[column.coach][column.class as usize].meet(column.candidate);
        }
        let mut rooms: Vec<(Room, Vec<u32>)> = wave
            .coaches
            .ids()
            .map(|coach| {
                let present: Vec<u32> = (0..self.classes.len() as u32).filter(|&class| crowds[coach][class as usize].size > 0).collect();
                let classes = present
                    .iter()
                    .map(|&class| {
                        let Hours { now, next } = self.classes[class as usize];
                        HourClass { hours: now, next_hours: next, available: crowds[coach][class as usize].size }
                    })
                    .collect();
                (Room { maximum: i64::from(u32::MAX), hours: i64::MAX / 4, next_hours: None, classes }, present)
            })
            .collect();
        for limit in limits {
            if let Members::Coach(coach) = limit.members {
                let room = &mut rooms[coach.position()].0;
                match limit.weight {
                    Weight::One => room.maximum = room.maximum.min(limit.at_most),
                    Weight::Hours => room.hours = room.hours.min(limit.at_most),
                    Weight::NextHours => room.next_hours = Some(room.next_hours.map_or(limit.at_most, |l| l.min(limit.at_most))),
                    Weight::Cost => unreachable!("no rule limits one coach's cost"),
                }
            }
        }
        for (room, _) in &mut rooms {
            room.maximum = room.maximum.min(room.classes.iter().map(|class| class.available).sum());
            for class in &mut room.classes {
                // One more than the class can reach by itself says as much as any larger crowd, and keeps equal rooms equal.
                let alone = |size: i64, limit: i64| if size > 0 { limit / size } else { i64::MAX - 1 };
                let reach = room.maximum.min(alone(class.hours, room.hours));
                let reach = room.next_hours.map_or(reach, |limit| reach.min(alone(class.next_hours, limit)));
                class.available = class.available.min(reach + 1);
            }
        }
        rooms.into()
    }

    fn coach_rows(&mut self, wave: &Wave, limits: &[Limit]) {
        let rooms = self.rooms(wave, limits);
        let mut known: std::collections::HashMap<Room, (Vec<hull::Facet>, u32)> = std::collections::HashMap::new();
        for (coach, (room, present)) in rooms.pairs() {
            let (facets, most) = known.entry(room.clone()).or_insert_with(|| {
                let ones = vec![1; room.classes.len()];
                let most = room.most(&ones).unwrap_or(room.maximum).min(room.maximum);
                (room.facets(), u32::try_from(most.max(0)).unwrap_or(u32::MAX))
            });
            self.coach_most[coach] = *most;
            let facets = facets.clone();
            for facet in &facets {
                let weights: Vec<(u32, i64)> = present.iter().copied().zip(facet.weights.iter().copied()).filter(|&(_, w)| w > 0).collect();
                let row = self.row(RowKey::Coach(coach, weights.clone()), facet.at_most);
                self.rows[row as usize].core = facet.core;
                for (class, weight) in weights {
                    self.coach_entries[coach][class as usize].push((row, weight));
                }
            }
        }
    }

    /// People together: a row only where two of them can meet in it.
    fn rows_together(&mut self, wave: &Wave, limits: &[Limit]) {
        let rows: Vec<Together> = limits.iter().filter_map(|limit| limit.together).collect();
        if rows.is_empty() {
            return;
        }
        let all = together::Rows::new(rows.iter().copied().enumerate());
        let mut crowds = vec![Crowd::default(); rows.len()];
        for column in &self.columns {
            all.of(wave, column.candidate, column.placement()).into_iter().for_each(|row| crowds[row].meet(column.candidate));
        }
        let kept = rows.into_iter().zip(crowds).filter(|(_, crowd)| crowd.size > 1).map(|(row, _)| row);
        let kept: Vec<(usize, Together)> = kept.map(|row| (self.row(RowKey::Together(row), 1) as usize, row)).collect();
        self.together = together::Rows::new(kept);
    }

    /// Limits over all placements or all external ones.
    fn wide_rows(&mut self, wave: &Wave, limits: &[Limit]) {
        for limit in limits {
            let (key, external) = match limit.members {
                Members::External => (RowKey::External(limit.weight), true),
                Members::All => (RowKey::All(limit.weight), false),
                Members::Seat(_) | Members::School(_) | Members::Board(_) | Members::Coach(_) => continue,
                Members::Pair(..) | Members::Shared(_) => continue,
            };
            let row = self.row(key, limit.at_most);
            for (id, coach) in wave.coaches.pairs() {
                if external && coach.kind != crate::matching::facts::words::CoachKind::Extern {
                    continue;
                }
                for (class, hours) in self.classes.iter().enumerate() {
                    let weight = match limit.weight {
                        Weight::One => 1,
                        Weight::Hours => hours.now,
                        Weight::NextHours => hours.next,
                        Weight::Cost => hours.now * i64::from(coach.rate_cents),
                    };
                    if weight > 0 {
                        self.coach_entries[id][class].push((row, weight));
                    }
                }
            }
        }
    }
}

/// The hour class of a placement, by its facts.
pub fn hours_of(wave: &Wave, candidate: CandidateId, school: SchoolId) -> Hours {
    Hours { now: i64::from(hours::hours(wave, candidate, school)), next: i64::from(hours::next_hours(wave, candidate)) }
}
