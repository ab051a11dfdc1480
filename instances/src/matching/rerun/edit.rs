//! Edits the rows of a wave file: who or what drops out leaves it, numbers change, people come, and the old placements become `vorig_plan`.

use std::collections::{HashMap, HashSet};

use loket_solver::matching::ask::rerun::{goals_that_gain, status_of};
use loket_solver::matching::facts::ids::SeatId;
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::facts::words::Status;

use super::links;
use super::{Budget, Edited, FewerSeats, Request};
use crate::matching::outcome::{OutcomeFile, PlacementLine};
use crate::matching::read::Loaded;
use crate::matching::rows::{GoalRow, LockRow, PreviousRow};
use crate::matching::wave_file::WaveFile;

pub(super) fn edited(mut wave: WaveFile, loaded: &Loaded, outcome: &OutcomeFile, request: &Request) -> Edited {
    let gone = |list: &[String]| list.iter().cloned().collect::<HashSet<String>>();
    let (coaches, schools) = (gone(&request.without_coaches), gone(&request.without_schools));
    let candidates = gone(&request.without_candidates);
    wave.coaches.retain(|row| !coaches.contains(&row.id));
    wave.schools.retain(|row| !schools.contains(&row.id));
    wave.candidates.retain(|row| !candidates.contains(&row.id));
    if let Some(rows) = &mut wave.travel {
        // From a person to a school: coaches and candidates share their ids with each other, and with no school.
        rows.retain(|row| !coaches.contains(&row.from) && !candidates.contains(&row.from) && !schools.contains(&row.to));
    }
    numbers(&mut wave, request);
    wave.candidates.extend(request.arrivals.iter().cloned());
    let mut remarks = links::repair(&mut wave);
    previous(&mut wave, loaded, outcome, request.status.unwrap_or(Status::Akkoord));
    policy(&mut wave, loaded, request.budget);
    if request.keep_rest {
        remarks.extend(lock_rest(&mut wave, outcome, request));
    }
    move_to(&mut wave, request);
    Edited { wave, remarks }
}

fn numbers(wave: &mut WaveFile, request: &Request) {
    for (id, hours) in &request.hours {
        wave.coaches.iter_mut().filter(|row| row.id == *id).for_each(|row| row.hours = *hours);
        wave.candidates.iter_mut().filter(|row| row.id == *id).for_each(|row| row.hours = Some(*hours));
    }
    for (id, maximum) in &request.maxima {
        wave.coaches.iter_mut().filter(|row| row.id == *id).for_each(|row| row.maximum = *maximum);
    }
    for fewer in &request.fewer_seats {
        let schools = wave.schools.iter_mut().filter(|row| row.id == fewer.school);
        for group in schools.flat_map(|row| &mut row.seats).filter(|row| row.id() == fewer.seat) {
            group.count = group.count.saturating_sub(fewer.count);
        }
    }
}

/// The old placements of everybody who is still there, with their statuses.
fn previous(wave: &mut WaveFile, loaded: &Loaded, outcome: &OutcomeFile, usual: Status) {
    let people: HashSet<&str> = wave.candidates.iter().map(|row| row.id.as_str()).collect();
    let known: HashMap<&str, _> = loaded.wave.candidates.pairs().map(|(id, it)| (it.id.as_str(), id)).collect();
    let entries = outcome.placements.iter().filter(|line| people.contains(line.candidate.as_str())).map(|line| {
        let status = known.get(line.candidate.as_str()).map_or(usual, |&candidate| {
            let at = seat(&loaded.wave, line);
            let coach = loaded.wave.coaches.pairs().find(|(_, it)| it.id == line.coach).map(|(id, _)| id);
            status_of(&loaded.wave, candidate, at, coach, usual)
        });
        PreviousRow {
            candidate: line.candidate.clone(),
            school: Some(line.school.clone()),
            seat: Some(line.seat.clone()),
            coach: Some(line.coach.clone()),
            status,
            note: None,
        }
    });
    wave.previous = Some(entries.collect());
}

fn seat(wave: &Wave, line: &PlacementLine) -> Option<SeatId> {
    let school = wave.schools.iter().find(|it| it.id == line.school)?;
    school.seats.iter().copied().find(|&seat| wave.seats[seat].id == line.seat)
}

/// How many changes there may be, and when they may be chosen: what they are for.
fn policy(wave: &mut WaveFile, loaded: &Loaded, budget: Budget) {
    let policy = wave.policy.get_or_insert_default();
    match budget {
        Budget::AsWave => {
            policy.max_changes.get_or_insert(0);
        }
        Budget::Free => policy.max_changes = None,
        Budget::AtMost(most) => {
            policy.max_changes = Some(most);
            if most > 0 {
                policy.goals = Some(goals_that_gain(&loaded.wave).iter().map(goal_row).collect());
            }
        }
    }
}

fn goal_row(goal: &Goal) -> GoalRow {
    let tolerance_percent = Some(goal.tolerance_percent).filter(|&percent| percent > 0);
    GoalRow { name: goal.name.clone(), weights: goal.weights.clone(), tolerance_percent, note: None }
}

/// Locks somebody on a school, seat group and coach, instead of where the lock was before; what was overruled for that stays overruled.
fn lock(locks: &mut Vec<LockRow>, candidate: &str, [school, seat, coach]: [&String; 3]) {
    let earlier = locks.iter().position(|row| row.candidate == candidate);
    let despite = earlier.and_then(|at| locks[at].despite.clone());
    let (school, seat, coach) = (Some(school.clone()), Some(seat.clone()), Some(coach.clone()));
    let lock = LockRow { candidate: candidate.to_owned(), school, seat, coach, despite, ..LockRow::default() };
    match earlier {
        Some(at) => locks[at] = lock,
        None => locks.push(lock),
    }
}

/// Locks who takes another placement there.
fn move_to(wave: &mut WaveFile, request: &Request) {
    if request.moves.is_empty() {
        return;
    }
    let mut locks = wave.locks.take().unwrap_or_default();
    for it in &request.moves {
        lock(&mut locks, &it.candidate, [&it.school, &it.seat, &it.coach]);
    }
    wave.locks = Some(locks);
}

/// Locks everybody on the old placement whom the request does not touch.
fn lock_rest(wave: &mut WaveFile, outcome: &OutcomeFile, request: &Request) -> Vec<String> {
    let touched = |line: &PlacementLine| {
        let seat = |it: &FewerSeats| it.school == line.school && it.seat == line.seat;
        let hours = |(id, _): &(String, u32)| *id == line.coach || *id == line.candidate;
        let maximum = |(id, _): &(String, u32)| *id == line.coach;
        request.without_coaches.contains(&line.coach)
            || request.without_schools.contains(&line.school)
            || request.without_candidates.contains(&line.candidate)
            || request.moves.iter().any(|it| it.candidate == line.candidate)
            || request.fewer_seats.iter().any(seat)
            || request.hours.iter().any(hours)
            || request.maxima.iter().any(maximum)
    };
    let kept: Vec<&PlacementLine> = outcome.placements.iter().filter(|line| !touched(line)).collect();
    let mut locks = wave.locks.take().unwrap_or_default();
    for line in &kept {
        lock(&mut locks, &line.candidate, [&line.school, &line.seat, &line.coach]);
    }
    wave.locks = Some(locks);
    match kept.len() {
        0 => Vec::new(),
        1 => vec!["1 kandidaat is vastgezet op de oude plaatsing.".into()],
        many => vec![format!("{many} kandidaten zijn vastgezet op hun oude plaatsing.")],
    }
}
