//! What a goal pays for each column and for each coach's load, from the terms' `write` halves.

use rayon::prelude::*;

use super::{Column, Model};
use crate::common::tables::{Id, Table};
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::keep::{Keepable, keepable};
use crate::matching::judge::terms::{Kind, Points};

/// A linear function of plans in integers: points of columns, and points of each coach's first, second, … placement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objective {
    /// A goal of the policy.
    Goal(Goal),
    /// The number of people whose keepable part is kept: fewest changed people.
    Kept,
    /// The number of locked people who are placed.
    Locked,
    /// People placed as in another plan, less those it leaves out who are placed: fewest differences from it.
    Near(Plan),
    /// A goal without what one candidate's own placement gives: the goal for the others.
    Others(Goal, CandidateId),
}

/// A part of a term with its weight, ready to be added up.
type Weighted<F> = Vec<(i64, F)>;

/// A term that looks at a whole placement.
type Whole = fn(&Wave, CandidateId, SeatId, CoachId) -> i64;

#[derive(Default)]
struct Parts {
    candidate: Weighted<fn(&Wave, CandidateId) -> i64>,
    school: Weighted<fn(&Wave, SchoolId) -> i64>,
    coach: Weighted<fn(&Wave, CoachId) -> i64>,
    candidate_school: Weighted<fn(&Wave, CandidateId, SchoolId) -> i64>,
    candidate_seat: Weighted<fn(&Wave, CandidateId, SeatId) -> i64>,
    candidate_coach: Weighted<fn(&Wave, CandidateId, CoachId) -> i64>,
    coach_school: Weighted<fn(&Wave, CoachId, SchoolId) -> i64>,
    placement: Weighted<Whole>,
    /// The most that the terms in `placement` give together.
    most: i64,
}

fn parts(goal: &Goal) -> Parts {
    let mut parts = Parts::default();
    for &(code, weight) in goal.weights.iter().filter(|(_, weight)| *weight != 0) {
        if let Kind::Placement { write, .. } = code.term().kind {
            match write {
                Points::Candidate(points) => parts.candidate.push((weight, points)),
                Points::School(points) => parts.school.push((weight, points)),
                Points::Coach(points) => parts.coach.push((weight, points)),
                Points::CandidateSchool(points) => parts.candidate_school.push((weight, points)),
                Points::CandidateSeat(points) => parts.candidate_seat.push((weight, points)),
                Points::CandidateCoach(points) => parts.candidate_coach.push((weight, points)),
                Points::CoachSchool(points) => parts.coach_school.push((weight, points)),
                Points::Placement(points, most) => {
                    parts.placement.push((weight, points));
                    parts.most += weight * most.0;
                }
            }
        }
    }
    parts
}

impl Objective {
    /// Points of each column, in the columns' order (by candidate, then seat group).
    pub fn points(&self, wave: &Wave, columns: &[Column]) -> Vec<i64> {
        match self {
            Objective::Goal(goal) => goal_points(wave, goal, columns),
            Objective::Kept => {
                let keep: Table<CandidateId, Keepable> =
                    wave.candidates.ids().map(|candidate| keepable(wave, candidate)).collect::<Vec<_>>().into();
                columns.iter().map(|column| i64::from(keeps(wave, keep[column.candidate], column))).collect()
            }
            Objective::Locked => columns.iter().map(|column| i64::from(wave.candidates[column.candidate].lock.is_some())).collect(),
            Objective::Near(plan) => {
                let near = |column: &Column| plan[column.candidate].map_or(-1, |placement| i64::from(placement == column.placement()));
                columns.iter().map(near).collect()
            }
            Objective::Others(goal, candidate) => {
                let mut points = goal_points(wave, goal, columns);
                columns.iter().zip(&mut points).filter(|(column, _)| column.candidate == *candidate).for_each(|(_, points)| *points = 0);
                points
            }
        }
    }

    /// What no plan exceeds, without a column: each part of a placement at its best apart.
    pub fn ceiling(&self, wave: &Wave) -> i64 {
        let (Objective::Goal(goal) | Objective::Others(goal, _)) = self else {
            return i64::try_from(wave.candidates.len()).unwrap_or(i64::MAX);
        };
        let parts = parts(goal);
        let sum = |points: &mut dyn Iterator<Item = i64>| points.sum::<i64>();
        let schools: Vec<i64> =
            wave.schools.ids().map(|it| sum(&mut parts.school.iter().map(|(w, points)| w * points(wave, it)))).collect();
        let coaches: Vec<i64> = wave.coaches.ids().map(|it| sum(&mut parts.coach.iter().map(|(w, points)| w * points(wave, it)))).collect();
        let pairs = wave.coaches.ids().flat_map(|coach| wave.schools.ids().map(move |school| (coach, school)));
        let between = match parts.coach_school.is_empty() {
            true => 0,
            false => pairs
                .map(|(coach, school)| parts.coach_school.iter().map(|(w, points)| w * points(wave, coach, school)).sum())
                .max()
                .unwrap_or(0),
        };
        let people: Vec<CandidateId> = wave.candidates.ids().collect();
        let best = |&candidate: &CandidateId| -> i64 {
            let own = sum(&mut parts.candidate.iter().map(|(w, points)| w * points(wave, candidate)));
            let at = |school: SchoolId| {
                schools[school.position()] + sum(&mut parts.candidate_school.iter().map(|(w, points)| w * points(wave, candidate, school)))
            };
            let seat = |seat: SeatId| sum(&mut parts.candidate_seat.iter().map(|(w, points)| w * points(wave, candidate, seat)));
            let with = |coach: CoachId| {
                coaches[coach.position()] + sum(&mut parts.candidate_coach.iter().map(|(w, points)| w * points(wave, candidate, coach)))
            };
            let most = [wave.schools.ids().map(at).max(), wave.seats.ids().map(seat).max(), wave.coaches.ids().map(with).max()];
            (own + most.into_iter().flatten().sum::<i64>() + between + parts.most).max(0)
        };
        let placed: i64 = people.par_iter().map(best).sum();
        let steps = |coach: CoachId| -> i64 {
            let terms = goal.weights.iter().filter(|(_, weight)| *weight != 0);
            let points = |m: u32| -> i64 {
                terms
                    .clone()
                    .map(|&(code, weight)| if let Kind::Load { write, .. } = code.term().kind { weight * write(wave, coach, m) } else { 0 })
                    .sum()
            };
            let most = wave.coaches[coach].maximum.min(u32::try_from(wave.candidates.len()).unwrap_or(u32::MAX));
            (1..=most).map(|m| points(m).max(0)).sum()
        };
        placed + wave.coaches.ids().map(steps).sum::<i64>()
    }

    /// Points of each coach's first, second, … placement up to what the coach can take on; empty when the goal does not look at load.
    pub fn load(&self, wave: &Wave, model: &Model) -> Table<CoachId, Vec<i64>> {
        let mut steps = Table::filled(wave.coaches.len(), Vec::new());
        let (Objective::Goal(goal) | Objective::Others(goal, _)) = self else { return steps };
        for &(code, weight) in goal.weights.iter().filter(|(_, weight)| *weight != 0) {
            if let Kind::Load { write, .. } = code.term().kind {
                for coach in wave.coaches.ids() {
                    let mine: &mut Vec<i64> = &mut steps[coach];
                    mine.resize(model.coach_most[coach] as usize, 0);
                    (1..).zip(mine).for_each(|(m, step)| *step += weight * write(wave, coach, m));
                }
            }
        }
        steps
    }
}

fn goal_points(wave: &Wave, goal: &Goal, columns: &[Column]) -> Vec<i64> {
    let parts = parts(goal);
    let sum_school = |school| parts.school.iter().map(|(weight, points)| weight * points(wave, school)).sum::<i64>();
    let schools: Vec<i64> = wave.schools.ids().map(sum_school).collect();
    let sum_coach = |coach| parts.coach.iter().map(|(weight, points)| weight * points(wave, coach)).sum::<i64>();
    let coaches: Vec<i64> = wave.coaches.ids().map(sum_coach).collect();
    let between: Vec<i64> = if parts.coach_school.is_empty() {
        Vec::new()
    } else {
        let ids: Vec<CoachId> = wave.coaches.ids().collect();
        ids.par_iter()
            .flat_map_iter(|&coach| {
                let parts = &parts;
                wave.schools
                    .ids()
                    .map(move |school| parts.coach_school.iter().map(|(w, points)| w * points(wave, coach, school)).sum::<i64>())
            })
            .collect()
    };
    let mut all = vec![0; columns.len()];
    let mut starts: Vec<usize> = (0..columns.len()).filter(|&at| at == 0 || columns[at - 1].candidate != columns[at].candidate).collect();
    starts.push(columns.len());
    let mut pieces: Vec<(&[Column], &mut [i64])> = Vec::with_capacity(starts.len());
    let mut rest = all.as_mut_slice();
    for pair in starts.windows(2) {
        let (mine, others) = rest.split_at_mut(pair[1] - pair[0]);
        pieces.push((&columns[pair[0]..pair[1]], mine));
        rest = others;
    }
    pieces.into_par_iter().for_each(|(columns, out)| {
        let candidate = columns[0].candidate;
        let own: i64 = parts.candidate.iter().map(|(weight, points)| weight * points(wave, candidate)).sum();
        let mut by_coach: Vec<Option<i64>> = vec![None; wave.coaches.len()];
        let mut last_school: Option<(SchoolId, i64)> = None;
        let mut last_seat: Option<(SeatId, i64)> = None;
        for (column, out) in columns.iter().zip(out) {
            let school = wave.seats[column.seat].school;
            let at_school = match last_school {
                Some((id, points)) if id == school => points,
                _ => {
                    let mine = parts.candidate_school.iter().map(|(weight, points)| weight * points(wave, candidate, school)).sum::<i64>();
                    mine + schools[school.position()] + own
                }
            };
            last_school = Some((school, at_school));
            let at_seat = match last_seat {
                Some((id, points)) if id == column.seat => points,
                _ => parts.candidate_seat.iter().map(|(weight, points)| weight * points(wave, candidate, column.seat)).sum::<i64>(),
            };
            last_seat = Some((column.seat, at_seat));
            let with_coach = *by_coach[column.coach.position()].get_or_insert_with(|| {
                let mine = parts.candidate_coach.iter().map(|(weight, points)| weight * points(wave, candidate, column.coach)).sum::<i64>();
                mine + coaches[column.coach.position()]
            });
            let travel = between.get(column.coach.position() * wave.schools.len() + school.position()).copied().unwrap_or(0);
            let whole: i64 =
                parts.placement.iter().map(|(weight, points)| weight * points(wave, candidate, column.seat, column.coach)).sum();
            *out = at_school + at_seat + with_coach + travel + whole;
        }
    });
    all
}

/// Whether a column keeps every keepable part of its candidate's previous entry; false when there is none.
fn keeps(wave: &Wave, keep: Keepable, column: &Column) -> bool {
    let Some(previous) = &wave.candidates[column.candidate].previous else { return false };
    let seat = previous.seat.known() == Some(column.seat);
    let coach = previous.coach.known() == Some(column.coach);
    match keep {
        Keepable::Both => seat && coach,
        Keepable::Seat => seat,
        Keepable::Coach => coach,
        Keepable::Nothing => false,
    }
}
