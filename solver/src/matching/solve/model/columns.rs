//! Which placements exist: the pair rules, each asked about the smallest part of a placement that it looks at.

use rayon::prelude::*;

use std::sync::atomic::{AtomicU64, Ordering};

use super::{Column, Hours, hours_of};
use crate::common::control::Control;
use crate::common::tables::{Id, Table};
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::rules::{Allow, Kind, RULES};

/// What a column takes in memory while goals are solved, bytes, with all that goes with it: a country of 4.77 million columns takes 1.0 GiB
/// in all (docs/performance.md).
const BYTES: u64 = 225;

/// Every allowed placement by candidate, seat group and coach, with the kinds of hours that occur, in order; `None` when there was no time
/// for all of them, or would be no room.
pub fn enumerate(wave: &Wave, control: &dyn Control) -> Option<(Vec<Column>, Vec<Hours>)> {
    let open = Open::new(wave);
    let candidates: Vec<CandidateId> = wave.candidates.ids().collect();
    let most = control.room().map_or(u64::MAX, |room| room / BYTES);
    let count = AtomicU64::new(0);
    let found: Option<Vec<Vec<Column>>> = candidates
        .par_iter()
        .map(|&candidate| {
            if count.load(Ordering::Relaxed) > most || control.over() {
                return None;
            }
            let mine = if wave.candidates[candidate].lock.is_some() { locked(wave, candidate) } else { open.columns(candidate) };
            count.fetch_add(mine.len() as u64, Ordering::Relaxed);
            Some(mine)
        })
        .collect();
    let found = found.filter(|_| count.load(Ordering::Relaxed) <= most)?;
    let mut columns: Vec<Column> = Vec::with_capacity(found.iter().map(Vec::len).sum());
    found.into_iter().for_each(|mine| columns.extend(mine));
    let mut classes: Vec<Hours> = Vec::new();
    let mut known = std::collections::HashMap::new();
    let mut last: Option<(CandidateId, SchoolId, u32)> = None;
    for column in &mut columns {
        let school = wave.seats[column.seat].school;
        column.class = match last {
            Some((candidate, at, class)) if candidate == column.candidate && at == school => class,
            _ => *known.entry(hours_of(wave, column.candidate, school)).or_insert_with_key(|&hours| {
                classes.push(hours);
                u32::try_from(classes.len() - 1).expect("fewer than 2^32 kinds of hours")
            }),
        };
        last = Some((column.candidate, school, column.class));
    }
    // Classes in their own order, not in that of the candidates.
    let mut order: Vec<u32> = (0..classes.len() as u32).collect();
    order.sort_by_key(|&class| classes[class as usize]);
    let mut place = vec![0; classes.len()];
    order.iter().enumerate().for_each(|(at, &class)| place[class as usize] = at as u32);
    columns.iter_mut().for_each(|column| column.class = place[column.class as usize]);
    classes.sort();
    Some((columns, classes))
}

fn allows() -> impl Iterator<Item = (RuleCode, Allow)> {
    RULES.iter().filter_map(|rule| match rule.kind {
        Kind::Pair { write, .. } => Some((rule.code, write)),
        Kind::Shared { .. } | Kind::Changes { .. } => None,
    })
}

/// Placements of one candidate after another, without keeping them.
pub struct OneByOne<'a>(Open<'a>);

impl<'a> OneByOne<'a> {
    /// Reads what the rules say of schools, seat groups and coaches.
    pub fn new(wave: &'a Wave) -> Self {
        Self(Open::new(wave))
    }

    /// The first placement of a candidate that the pair rules allow and that `takes` has room for, by bouw as chosen and then the shortest
    /// way; `there` tells where any room is left.
    pub fn first(&self, candidate: CandidateId, there: &dyn Fn(SeatId) -> bool, takes: &dyn Fn(Placement) -> bool) -> Option<Placement> {
        let wave = self.0.wave;
        let person = &wave.candidates[candidate];
        let near = |seat: SeatId| {
            let group = &wave.seats[seat];
            let choice = person.bouwen.iter().position(|&bouw| bouw == group.bouw).unwrap_or(usize::MAX);
            (choice, wave.travel.candidate(candidate, group.school), seat)
        };
        if person.lock.is_some() {
            let mine = locked(wave, candidate).into_iter().filter(|column| there(column.seat) && takes(column.placement()));
            return mine.min_by_key(|column| (near(column.seat), column.coach)).map(Column::placement);
        }
        let open = &self.0;
        let mut seats: Vec<_> = open.seats.iter().copied().filter(|&seat| there(seat)).map(near).collect();
        seats.sort_unstable();
        let with: Vec<bool> =
            wave.coaches.ids().map(|coach| open.candidate_coach.iter().all(|rule| rule(wave, candidate, coach))).collect();
        seats.into_iter().find_map(|(_, _, seat)| {
            let school = wave.seats[seat].school;
            let welcome = open.candidate_school.iter().all(|rule| rule(wave, candidate, school))
                && open.candidate_seat.iter().all(|rule| rule(wave, candidate, seat));
            let mut coaches = open.coaches[seat].iter().filter(|coach| welcome && with[coach.position()]);
            let fits = |coach: &&CoachId| {
                open.placement.iter().all(|rule| rule(wave, candidate, seat, **coach)) && takes(Placement { seat, coach: **coach })
            };
            coaches.find(fits).map(|&coach| Placement { seat, coach })
        })
    }
}

/// Placements of a locked candidate: those that agree with the lock, with the rules it overrules left out.
fn locked(wave: &Wave, candidate: CandidateId) -> Vec<Column> {
    let Some(lock) = &wave.candidates[candidate].lock else { return Vec::new() };
    let rules: Vec<Allow> = allows().filter(|(code, _)| !lock.despite.contains(code)).map(|(_, allow)| allow).collect();
    let mut columns = Vec::new();
    for (seat, group) in wave.seats.pairs().filter(|(_, group)| group.count > 0) {
        for coach in wave.coaches.ids() {
            let allowed = || {
                rules.iter().all(|allow| match *allow {
                    Allow::School(rule) => rule(wave, group.school),
                    Allow::CandidateSchool(rule) => rule(wave, candidate, group.school),
                    Allow::CandidateSeat(rule) => rule(wave, candidate, seat),
                    Allow::CandidateCoach(rule) => rule(wave, candidate, coach),
                    Allow::CoachSchool(rule) => rule(wave, coach, group.school),
                    Allow::CoachSeat(rule) => rule(wave, coach, seat),
                    Allow::Placement(rule) => rule(wave, candidate, seat, coach),
                })
            };
            if lock.agrees(wave, Placement { seat, coach }) && allowed() {
                columns.push(Column { candidate, seat, coach, class: 0 });
            }
        }
    }
    columns
}

/// A rule that looks at a whole placement.
type Whole = fn(&Wave, CandidateId, SeatId, CoachId) -> bool;

/// Rules sorted by what they look at, and what they say of schools, seats and coaches before any candidate comes in.
struct Open<'a> {
    wave: &'a Wave,
    seats: Vec<SeatId>,
    /// Coaches that may come to a seat group, in order.
    coaches: Table<SeatId, Vec<CoachId>>,
    candidate_school: Vec<fn(&Wave, CandidateId, SchoolId) -> bool>,
    candidate_seat: Vec<fn(&Wave, CandidateId, SeatId) -> bool>,
    candidate_coach: Vec<fn(&Wave, CandidateId, CoachId) -> bool>,
    placement: Vec<Whole>,
}

impl<'a> Open<'a> {
    fn new(wave: &'a Wave) -> Self {
        let (mut school, mut coach_school, mut coach_seat) = (Vec::new(), Vec::new(), Vec::new());
        let mut open = Self {
            wave,
            seats: Vec::new(),
            coaches: Table::default(),
            candidate_school: Vec::new(),
            candidate_seat: Vec::new(),
            candidate_coach: Vec::new(),
            placement: Vec::new(),
        };
        for (_, allow) in allows() {
            match allow {
                Allow::School(rule) => school.push(rule),
                Allow::CandidateSchool(rule) => open.candidate_school.push(rule),
                Allow::CandidateSeat(rule) => open.candidate_seat.push(rule),
                Allow::CandidateCoach(rule) => open.candidate_coach.push(rule),
                Allow::CoachSchool(rule) => coach_school.push(rule),
                Allow::CoachSeat(rule) => coach_seat.push(rule),
                Allow::Placement(rule) => open.placement.push(rule),
            }
        }
        let groups: Vec<SeatId> = wave.seats.ids().collect();
        let coaches: Vec<Vec<CoachId>> = groups
            .par_iter()
            .map(|&seat| {
                let at = wave.seats[seat].school;
                if wave.seats[seat].count == 0 || !school.iter().all(|rule| rule(wave, at)) {
                    return Vec::new();
                }
                let fits = |&coach: &CoachId| {
                    coach_school.iter().all(|rule| rule(wave, coach, at)) && coach_seat.iter().all(|rule| rule(wave, coach, seat))
                };
                wave.coaches.ids().filter(fits).collect()
            })
            .collect();
        open.seats = groups.into_iter().filter(|seat| !coaches[seat.position()].is_empty()).collect();
        open.coaches = coaches.into();
        open
    }

    fn columns(&self, candidate: CandidateId) -> Vec<Column> {
        let wave = self.wave;
        let mut with: Table<CoachId, bool> = Table::filled(wave.coaches.len(), false);
        for coach in wave.coaches.ids() {
            with[coach] = self.candidate_coach.iter().all(|rule| rule(wave, candidate, coach));
        }
        let mut columns = Vec::new();
        let mut last: Option<(SchoolId, bool)> = None;
        for &seat in &self.seats {
            let school = wave.seats[seat].school;
            let welcome = match last {
                Some((at, welcome)) if at == school => welcome,
                _ => self.candidate_school.iter().all(|rule| rule(wave, candidate, school)),
            };
            last = Some((school, welcome));
            if !welcome || !self.candidate_seat.iter().all(|rule| rule(wave, candidate, seat)) {
                continue;
            }
            for &coach in self.coaches[seat].iter().filter(|&&coach| with[coach]) {
                if self.placement.iter().all(|rule| rule(wave, candidate, seat, coach)) {
                    columns.push(Column { candidate, seat, coach, class: 0 });
                }
            }
        }
        columns
    }
}
