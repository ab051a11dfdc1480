//! Every placement that the pair rules allow, by the judges' halves of the rules.
//!
//! The judge's half decides. The list of rules only tells which part of a placement a rule looks at, so that each question is asked
//! once per part and not once per placement.

use rayon::prelude::*;

use crate::common::tables::{Id, Table};
use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::rules::{Allow, Kind, RULES};

/// Hours and next hours of a placement.
pub type Hours = (i64, i64);

/// A placement still in play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Seat group and coach.
    pub placement: Placement,
    /// Position in [`Open::classes`].
    pub class: u32,
}

/// Placements by candidate, and the kinds of hours that occur.
pub struct Open {
    /// By candidate.
    pub choices: Table<CandidateId, Vec<Choice>>,
    /// Kinds of hours, in order.
    pub classes: Vec<Hours>,
}

/// The judge's half of a pair rule.
type Judged = fn(&Wave, CandidateId, Placement) -> bool;

/// Judges' halves by what they look at.
#[derive(Default)]
struct Halves {
    school: Vec<Judged>,
    candidate_school: Vec<Judged>,
    candidate_seat: Vec<Judged>,
    candidate_coach: Vec<Judged>,
    coach_school: Vec<Judged>,
    coach_seat: Vec<Judged>,
    placement: Vec<Judged>,
}

fn halves() -> Halves {
    let mut halves = Halves::default();
    for rule in RULES {
        if let Kind::Pair { write, judge, .. } = rule.kind {
            match write {
                Allow::School(_) => halves.school.push(judge),
                Allow::CandidateSchool(_) => halves.candidate_school.push(judge),
                Allow::CandidateSeat(_) => halves.candidate_seat.push(judge),
                Allow::CandidateCoach(_) => halves.candidate_coach.push(judge),
                Allow::CoachSchool(_) => halves.coach_school.push(judge),
                Allow::CoachSeat(_) => halves.coach_seat.push(judge),
                Allow::Placement(_) => halves.placement.push(judge),
            }
        }
    }
    halves
}

/// Seat groups with room, and the coaches who may come there whoever the candidate is.
struct Places {
    coaches: Vec<(SeatId, Vec<CoachId>)>,
}

impl Open {
    /// Asks the judges about the whole wave.
    pub fn new(wave: &Wave) -> Self {
        let halves = halves();
        let places = places(wave, &halves);
        let everybody: Vec<CandidateId> = wave.candidates.ids().collect();
        let mut found: Vec<Vec<(Placement, Hours)>> = everybody
            .par_iter()
            .map(|&candidate| {
                let lock = wave.candidates[candidate].lock.is_some();
                let placements = if lock { locked(wave, candidate) } else { free(wave, candidate, &halves, &places) };
                let hours = |it: Placement| {
                    (i64::from(hours::hours(wave, candidate, it.school(wave))), i64::from(hours::next_hours(wave, candidate)))
                };
                placements.into_iter().map(|placement| (placement, hours(placement))).collect()
            })
            .collect();
        let mut classes: Vec<Hours> = found
            .iter()
            .flat_map(|mine| mine.iter().map(|&(_, hours)| hours).collect::<std::collections::BTreeSet<_>>())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        classes.sort_unstable();
        let class = |hours: Hours| classes.partition_point(|&other| other < hours) as u32;
        let choices: Vec<Vec<Choice>> = found
            .par_iter_mut()
            .map(|mine| mine.drain(..).map(|(placement, hours)| Choice { placement, class: class(hours) }).collect())
            .collect();
        Self { choices: choices.into(), classes }
    }

    /// Candidates by coach and kind of hours: how many could be there.
    pub fn crowds(&self, coaches: usize) -> Table<CoachId, Vec<i64>> {
        let mut crowds = Table::filled(coaches, vec![0; self.classes.len()]);
        let mut last: Table<CoachId, Vec<Option<CandidateId>>> = Table::filled(coaches, vec![None; self.classes.len()]);
        for (candidate, mine) in self.choices.pairs() {
            for choice in mine {
                let seen = &mut last[choice.placement.coach][choice.class as usize];
                if seen.replace(candidate) != Some(candidate) {
                    crowds[choice.placement.coach][choice.class as usize] += 1;
                }
            }
        }
        crowds
    }
}

fn places(wave: &Wave, halves: &Halves) -> Places {
    let Some(anybody) = wave.candidates.ids().next() else { return Places { coaches: Vec::new() } };
    let Some(any_coach) = wave.coaches.ids().next() else { return Places { coaches: Vec::new() } };
    let agree = |judges: &[Judged], seat, coach| judges.iter().all(|judge| judge(wave, anybody, Placement { seat, coach }));
    let open: Vec<SeatId> =
        wave.seats.pairs().filter(|&(seat, row)| row.count > 0 && agree(&halves.school, seat, any_coach)).map(|(seat, _)| seat).collect();
    let coaches = open
        .par_iter()
        .map(|&seat| {
            let fits = |&coach: &CoachId| agree(&halves.coach_school, seat, coach) && agree(&halves.coach_seat, seat, coach);
            (seat, wave.coaches.ids().filter(fits).collect::<Vec<_>>())
        })
        .filter(|(_, coaches)| !coaches.is_empty())
        .collect();
    Places { coaches }
}

/// Placements of a candidate without a lock.
fn free(wave: &Wave, candidate: CandidateId, halves: &Halves, places: &Places) -> Vec<Placement> {
    let Some(&(any_seat, _)) = places.coaches.first() else { return Vec::new() };
    let agree = |judges: &[Judged], placement| judges.iter().all(|judge| judge(wave, candidate, placement));
    let welcome: Vec<bool> = wave.coaches.ids().map(|coach| agree(&halves.candidate_coach, Placement { seat: any_seat, coach })).collect();
    let mut found = Vec::new();
    let mut last: Option<(SchoolId, bool)> = None;
    for (seat, coaches) in &places.coaches {
        let (seat, some) = (*seat, Placement { seat: *seat, coach: coaches[0] });
        let school = wave.seats[seat].school;
        let at_school = match last {
            Some((other, at_school)) if other == school => at_school,
            _ => agree(&halves.candidate_school, some),
        };
        last = Some((school, at_school));
        if at_school && agree(&halves.candidate_seat, some) {
            let may = |placement: &Placement| welcome[placement.coach.position()] && agree(&halves.placement, *placement);
            found.extend(coaches.iter().map(|&coach| Placement { seat, coach }).filter(may));
        }
    }
    found
}

/// Placements of a locked candidate: each one asked in full, for a lock may overrule rules.
fn locked(wave: &Wave, candidate: CandidateId) -> Vec<Placement> {
    let Some(lock) = &wave.candidates[candidate].lock else { return Vec::new() };
    let open = wave.seats.pairs().filter(|(_, row)| row.count > 0).map(|(seat, _)| seat);
    open.flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
        .filter(|&placement| lock.agrees(wave, placement) && judge::allowed(wave, candidate, placement))
        .collect()
}
