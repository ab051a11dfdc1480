//! Formulates a wave for the second opinion: a column per allowed placement, rows and points from the `write` halves.

use super::program::{Program, Row, Stair};
use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
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

/// A wave as columns and rows.
pub(super) struct Formulation {
    /// The rows, without the goals' points.
    pub program: Program,
    columns: Vec<Column>,
    /// The coach of each stair of the program.
    stairs: Vec<CoachId>,
    /// Candidates with a keepable part.
    keepers: u32,
}

impl Formulation {
    /// Columns and rows of the wave; `None` when a locked candidate has no placement at all.
    pub fn new(wave: &Wave) -> Option<Self> {
        let mut columns = Vec::new();
        let mut rows = Vec::new();
        let mut keepers = 0;
        for candidate in wave.candidates.ids() {
            let keepable = keep::keepable(wave, candidate);
            keepers += u32::from(keepable != Keepable::Nothing);
            let first = columns.len();
            columns.extend(placements(wave, candidate).map(|placement| Column {
                candidate,
                placement,
                keeps: keeps(wave, candidate, keepable, placement),
            }));
            let locked = wave.candidates[candidate].lock.is_some();
            if locked && first == columns.len() {
                return None;
            }
            rows.push(Row { entries: (first..columns.len()).map(|column| (column, 1)).collect(), low: locked.then_some(1), high: Some(1) });
        }
        for rule in RULES {
            if let rules::Kind::Shared { write, .. } = &rule.kind {
                rows.extend(write(wave).iter().map(|limit| row(wave, limit, &columns)));
            }
        }
        rows.retain(|row| !row.entries.is_empty());
        let mut program = Program { choices: columns.len(), stairs: Vec::new(), rows };
        let mut coaches = Vec::new();
        for coach in wave.coaches.ids() {
            let climbers: Vec<usize> = (0..columns.len()).filter(|&column| columns[column].placement.coach == coach).collect();
            let maximum = usize::try_from(wave.coaches[coach].maximum).unwrap_or(usize::MAX);
            if !climbers.is_empty() {
                coaches.push(coach);
                program.stairs.push(Stair { first: program.columns(), steps: maximum.min(wave.candidates.len()), climbers });
            }
        }
        Some(Self { program, columns, stairs: coaches, keepers })
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
    pub fn keep_at_least(&mut self, points: &[i64], floor: i64) {
        self.program.rows.push(Row {
            entries: points.iter().copied().enumerate().filter(|&(_, points)| points != 0).collect(),
            low: Some(floor),
            high: None,
        });
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

fn row(wave: &Wave, limit: &Limit, columns: &[Column]) -> Row {
    Row {
        entries: columns
            .iter()
            .enumerate()
            .filter(|(_, column)| counts(wave, limit.members, column.placement))
            .map(|(position, column)| (position, weight(wave, limit.weight, column)))
            .filter(|&(_, weight)| weight != 0)
            .collect(),
        low: None,
        high: Some(limit.at_most),
    }
}

fn counts(wave: &Wave, members: Members, placement: Placement) -> bool {
    let school = placement.school(wave);
    match members {
        Members::Seat(seat) => placement.seat == seat,
        Members::School(it) => school == it,
        Members::Board(board) => wave.schools[school].board == board,
        Members::Coach(coach) => placement.coach == coach,
        Members::External => wave.coaches[placement.coach].kind == CoachKind::Extern,
        Members::All => true,
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
