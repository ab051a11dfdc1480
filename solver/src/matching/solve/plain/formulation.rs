//! Formulates a wave for the second opinion: a column per allowed placement, rows and points from the `write` halves.

use super::program::{Program, Stair};
use crate::common::integer_program::{self, IntegerProgram, Row, Side};
use crate::common::tables::Table;
use crate::matching::facts::hours;
use crate::matching::facts::ids::{BoardId, CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::{self, Placement, Plan};
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;
use crate::matching::judge::keep::{self, Keepable};
use crate::matching::judge::rules::{self, Allow, Limit, Members, RULES, Weight};
use crate::matching::judge::terms::{self, Points};

/// One choice column: this candidate gets this placement.
#[derive(Clone, Copy, Debug)]
struct Column {
    candidate: CandidateId,
    placement: Placement,
    /// Keeps the keepable part of the candidate's previous entry.
    keeps: bool,
}

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnName {
    /// 1 when this candidate gets this placement.
    Placed(CandidateId, Placement),
    /// The n-th placement with a coach, from 1, in the steps of a goal's load.
    Step(CoachId, usize),
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowName {
    /// A candidate gets one placement at most.
    Candidate(CandidateId),
    /// A locked candidate gets one placement.
    Locked(CandidateId),
    /// A limit of a shared rule.
    Limit(Limit),
    /// A coach has as many placements as steps.
    Steps(CoachId),
    /// So many candidates keep what they can keep.
    Kept,
    /// A goal before this one keeps its value; by its position in the policy.
    Goal(usize),
}

/// A wave as columns and rows.
#[derive(Clone, Debug)]
pub(super) struct Formulation {
    /// Columns and rows, without the goals' points.
    pub program: Program,
    /// What each row says.
    pub rows: Vec<RowName>,
    columns: Vec<Column>,
    /// The coach of each stair of the program.
    stairs: Vec<CoachId>,
    /// Candidates with a keepable part.
    keepers: u32,
    /// A locked candidate has no placement at all.
    stuck: bool,
}

impl Formulation {
    /// Columns and rows of the wave.
    pub fn new(wave: &Wave) -> Self {
        let mut made =
            Self { program: Program::default(), rows: Vec::new(), columns: Vec::new(), stairs: Vec::new(), keepers: 0, stuck: false };
        for candidate in wave.candidates.ids() {
            let keepable = keep::keepable(wave, candidate);
            made.keepers += u32::from(keepable != Keepable::Nothing);
            let first = made.columns.len();
            made.columns.extend(placements(wave, candidate).map(|placement| Column {
                candidate,
                placement,
                keeps: keeps(wave, candidate, keepable, placement),
            }));
            let locked = wave.candidates[candidate].lock.is_some();
            made.stuck |= locked && first == made.columns.len();
            let entries = (first..made.columns.len()).map(|column| (column, 1)).collect();
            match locked {
                true => made.add(RowName::Locked(candidate), entries, Side::Exactly(1)),
                false => made.add_where_full(RowName::Candidate(candidate), entries, 1),
            }
        }
        let found = Among::new(wave, &made.columns);
        for rule in RULES {
            if let rules::Kind::Shared { write, .. } = &rule.kind {
                for limit in write(wave) {
                    let entries = found.entries(wave, &limit, &made.columns);
                    made.add_where_full(RowName::Limit(limit), entries, limit.at_most);
                }
            }
        }
        let between = |whole| integer_program::Column { low: 0, high: 1, whole };
        made.program.choices = made.columns.len();
        made.program.whole.columns = vec![between(true); made.columns.len()];
        for (coach, climbers) in found.coaches.pairs().filter(|(_, climbers)| !climbers.is_empty()) {
            let maximum = usize::try_from(wave.coaches[coach].maximum).unwrap_or(usize::MAX);
            let (first, steps) = (made.program.columns(), maximum.min(wave.candidates.len()));
            made.program.whole.columns.extend(std::iter::repeat_n(between(false), steps));
            let taken = (first..first + steps).map(|column| (column, 1));
            let entries = climbers.iter().map(|&column| (column, -1)).chain(taken).collect();
            made.add(RowName::Steps(coach), entries, Side::Exactly(0));
            made.program.stairs.push(Stair { first, steps, climbers: climbers.clone() });
            made.stairs.push(coach);
        }
        made
    }

    fn add(&mut self, name: RowName, entries: Vec<(usize, i64)>, side: Side) {
        self.rows.push(name);
        self.program.whole.rows.push(Row { entries, side });
    }

    /// A row that no column is in limits nothing and is left out.
    fn add_where_full(&mut self, name: RowName, entries: Vec<(usize, i64)>, at_most: i64) {
        if !entries.is_empty() {
            self.add(name, entries, Side::AtMost(at_most));
        }
    }

    /// Whether a locked candidate has no placement at all: the row of that lock is empty, and cannot be obeyed.
    pub fn stuck(&self) -> bool {
        self.stuck
    }

    /// Columns and rows alone.
    pub fn whole(&self) -> &IntegerProgram {
        &self.program.whole
    }

    /// What each column stands for.
    pub fn column_names(&self) -> impl Iterator<Item = ColumnName> {
        let placed = self.columns.iter().map(|column| ColumnName::Placed(column.candidate, column.placement));
        let steps = self.program.stairs.iter().zip(&self.stairs);
        placed.chain(steps.flat_map(|(stair, &coach)| (1..=stair.steps).map(move |nth| ColumnName::Step(coach, nth))))
    }

    /// Candidates with a keepable part: changed people plus kept people.
    pub fn keepers(&self) -> u32 {
        self.keepers
    }

    /// The choice that places nobody; it obeys every row of a wave without locks.
    pub fn nobody(&self) -> Vec<bool> {
        vec![false; self.program.choices]
    }

    /// 0 for every column.
    pub fn no_points(&self) -> Vec<i64> {
        vec![0; self.program.columns()]
    }

    /// 1 for every column that keeps a candidate's keepable part.
    pub fn kept_points(&self) -> Vec<i64> {
        let mut points = self.no_points();
        for (points, column) in points.iter_mut().zip(&self.columns) {
            *points = i64::from(column.keeps);
        }
        points
    }

    /// What each column counts for in the goal.
    pub fn goal_points(&self, wave: &Wave, goal: &Goal) -> Vec<i64> {
        let mut points = self.no_points();
        for &(code, weight) in &goal.weights {
            match &code.term().kind {
                terms::Kind::Placement { write, .. } => {
                    for (points, column) in points.iter_mut().zip(&self.columns) {
                        *points += weight * term_points(wave, write, column);
                    }
                }
                terms::Kind::Load { write, .. } => {
                    for (stair, &coach) in self.program.stairs.iter().zip(&self.stairs) {
                        for (nth, step) in (1..).zip(stair.first..stair.first + stair.steps) {
                            points[step] += weight * write(wave, coach, nth);
                        }
                    }
                }
            }
        }
        points
    }

    /// Adds the row Σ points ≥ `floor`.
    pub fn keep_at_least(&mut self, name: RowName, points: &[i64], floor: i64) {
        let entries = points.iter().copied().enumerate().filter(|&(_, points)| points != 0).collect();
        self.add(name, entries, Side::AtLeast(floor));
    }

    /// The plan that the chosen columns stand for.
    pub fn plan(&self, wave: &Wave, chosen: &[bool]) -> Plan {
        let mut plan = plan::empty(wave);
        for (column, _) in self.columns.iter().zip(chosen).filter(|(_, on)| **on) {
            plan[column.candidate] = Some(column.placement);
        }
        plan
    }
}

/// How many choice columns a wave has.
pub(super) fn count(wave: &Wave) -> usize {
    wave.candidates.ids().map(|candidate| placements(wave, candidate).count()).sum()
}

/// Every placement that the pair rules allow the candidate and that agrees with the candidate's lock.
fn placements(wave: &Wave, candidate: CandidateId) -> impl Iterator<Item = Placement> {
    wave.seats
        .ids()
        .flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
        .filter(move |&placement| wave.candidates[candidate].lock.as_ref().is_none_or(|lock| lock.agrees(wave, placement)))
        .filter(move |&placement| {
            RULES.iter().all(|rule| match &rule.kind {
                rules::Kind::Pair { write, .. } => {
                    overruled(wave, candidate, rule) || allows(wave, write, candidate, placement.seat, placement.coach)
                }
                rules::Kind::Shared { .. } | rules::Kind::Changes { .. } => true,
            })
        })
}

/// Whether the candidate's lock knowingly overrules the rule, for a placement that agrees with the lock.
fn overruled(wave: &Wave, candidate: CandidateId, rule: &rules::Rule) -> bool {
    rule.overrulable && wave.candidates[candidate].lock.as_ref().is_some_and(|lock| lock.despite.contains(&rule.code))
}

fn allows(wave: &Wave, allow: &Allow, candidate: CandidateId, seat: SeatId, coach: CoachId) -> bool {
    let school = wave.seats[seat].school;
    match allow {
        Allow::School(allow) => allow(wave, school),
        Allow::CandidateSchool(allow) => allow(wave, candidate, school),
        Allow::CandidateSeat(allow) => allow(wave, candidate, seat),
        Allow::CandidateCoach(allow) => allow(wave, candidate, coach),
        Allow::CoachSchool(allow) => allow(wave, coach, school),
        Allow::CoachSeat(allow) => allow(wave, coach, seat),
        Allow::Placement(allow) => allow(wave, candidate, seat, coach),
    }
}

fn term_points(wave: &Wave, points: &Points, column: &Column) -> i64 {
    let (candidate, Placement { seat, coach }) = (column.candidate, column.placement);
    let school = wave.seats[seat].school;
    match points {
        Points::Candidate(points) => points(wave, candidate),
        Points::School(points) => points(wave, school),
        Points::Coach(points) => points(wave, coach),
        Points::CandidateSchool(points) => points(wave, candidate, school),
        Points::CandidateSeat(points) => points(wave, candidate, seat),
        Points::CandidateCoach(points) => points(wave, candidate, coach),
        Points::CoachSchool(points) => points(wave, coach, school),
        Points::Placement(points, _) => points(wave, candidate, seat, coach),
    }
}

fn keeps(wave: &Wave, candidate: CandidateId, keepable: Keepable, placement: Placement) -> bool {
    let Some(previous) = &wave.candidates[candidate].previous else {
        return false;
    };
    let seat = previous.seat.known() == Some(placement.seat);
    let coach = previous.coach.known() == Some(placement.coach);
    match keepable {
        Keepable::Both => seat && coach,
        Keepable::Seat => seat,
        Keepable::Coach => coach,
        Keepable::Nothing => false,
    }
}

/// The positions of the columns that a limit can be about, in order.
struct Among {
    all: Vec<usize>,
    external: Vec<usize>,
    seats: Table<SeatId, Vec<usize>>,
    schools: Table<SchoolId, Vec<usize>>,
    boards: Table<BoardId, Vec<usize>>,
    coaches: Table<CoachId, Vec<usize>>,
}

impl Among {
    fn new(wave: &Wave, columns: &[Column]) -> Self {
        let mut found = Self {
            all: (0..columns.len()).collect(),
            external: Vec::new(),
            seats: Table::filled(wave.seats.len(), Vec::new()),
            schools: Table::filled(wave.schools.len(), Vec::new()),
            boards: Table::filled(wave.boards.len(), Vec::new()),
            coaches: Table::filled(wave.coaches.len(), Vec::new()),
        };
        for (position, Column { placement, .. }) in columns.iter().enumerate() {
            let school = placement.school(wave);
            found.seats[placement.seat].push(position);
            found.schools[school].push(position);
            found.boards[wave.schools[school].board].push(position);
            found.coaches[placement.coach].push(position);
            if wave.coaches[placement.coach].kind == CoachKind::Extern {
                found.external.push(position);
            }
        }
        found
    }

    /// The columns that count in a limit, with what they count for.
    fn entries(&self, wave: &Wave, limit: &Limit, columns: &[Column]) -> Vec<(usize, i64)> {
        let members = match limit.members {
            Members::Seat(seat) => &self.seats[seat],
            Members::School(school) => &self.schools[school],
            Members::Board(board) => &self.boards[board],
            Members::Coach(coach) => &self.coaches[coach],
            Members::External => &self.external,
            Members::All | Members::Pair(..) | Members::Shared(_) => &self.all,
        };
        let counted = |&&position: &&usize| {
            let column = &columns[position];
            limit.together.is_none_or(|row| row.counts(wave, column.candidate, column.placement))
        };
        let members = members.iter().filter(counted);
        let weighed = members.map(|&position| (position, weight(wave, limit.weight, &columns[position])));
        weighed.filter(|&(_, weight)| weight != 0).collect()
    }
}

fn weight(wave: &Wave, weight: Weight, column: &Column) -> i64 {
    let hours = || hours::hours(wave, column.candidate, column.placement.school(wave));
    match weight {
        Weight::One => 1,
        Weight::Hours => i64::from(hours()),
        Weight::NextHours => i64::from(hours::next_hours(wave, column.candidate)),
        Weight::Cost => i64::from(hours()) * i64::from(wave.coaches[column.placement.coach].rate_cents),
    }
}
