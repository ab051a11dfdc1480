//! A coach or school drops out of a checked wave without a change of its tables: the same question as a file without them, asked faster.
//!
//! Everybody gets the one who is gone as `uitgesloten`, which no lock can overrule; the previous plan says that the part is gone; locks
//! lose that part, as `loket rerun` does it in the file. That both give the same answer is tested.

use crate::matching::facts::ids::{CoachId, SchoolId};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::{Lock, Part, Wave};
use crate::matching::facts::words::Status;

use super::{goals_of_its_own, goals_that_keep, with_previous};

/// Who or what drops out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gone {
    /// A coach.
    Coach(CoachId),
    /// A school with all its seats.
    School(SchoolId),
}

/// The wave as a rerun of `plan` with the fewest changes, nobody gone yet.
pub fn rerun_of(wave: &Wave, plan: &Plan, usual: Status) -> Wave {
    let mut rerun = with_previous(wave, plan, wave, usual);
    // Without a placement there is no previous plan, and a file without one has no goals about it.
    rerun.policy.goals = if plan.iter().any(Option::is_some) { goals_that_keep(wave) } else { goals_of_its_own(wave) };
    rerun.policy.max_changes = Some(0);
    rerun
}

/// A rerun, made by [`rerun_of`], without one coach or school.
pub fn without(rerun: &Wave, gone: Gone) -> Wave {
    let mut wave = rerun.clone();
    match gone {
        Gone::Coach(coach) => drop_coach(&mut wave, coach),
        Gone::School(school) => drop_school(&mut wave, school),
    }
    wave
}

fn drop_coach(wave: &mut Wave, gone: CoachId) {
    wave.coaches[gone].maximum = 0;
    wave.coaches[gone].hours = 0;
    for candidate in wave.candidates.ids() {
        let person = &mut wave.candidates[candidate];
        person.excluded_coaches.push(gone);
        person.current_coach = person.current_coach.filter(|&coach| coach != gone);
        person.bans.retain(|ban| ban.coach != Some(gone));
        if let Some(previous) = &mut person.previous
            && previous.coach == Part::Known(gone)
        {
            previous.coach = Part::Gone;
        }
        if let Some(lock) = person.lock.as_mut().filter(|lock| lock.coach == Some(gone)) {
            lock.coach = None;
            lock.despite.retain(|code| !code.rule().on_coach());
            if names_nothing(lock) {
                person.lock = None;
            }
        }
    }
}

fn drop_school(wave: &mut Wave, gone: SchoolId) {
    let seats = wave.schools[gone].seats.clone();
    for &seat in &seats {
        wave.seats[seat].count = 0;
    }
    let elsewhere: Vec<String> = wave.seats.pairs().filter(|(id, _)| !seats.contains(id)).map(|(_, seat)| seat.id.clone()).collect();
    for candidate in wave.candidates.ids() {
        let person = &mut wave.candidates[candidate];
        person.excluded_schools.push(gone);
        person.current_school = person.current_school.filter(|&school| school != gone);
        person.bans.retain(|ban| ban.school != Some(gone) && ban.seat.as_ref().is_none_or(|seat| elsewhere.contains(seat)));
        if let Some(previous) = &mut person.previous
            && previous.seat.known().is_some_and(|seat| seats.contains(&seat))
        {
            previous.seat = Part::Gone;
        }
        if let Some(lock) = &mut person.lock {
            let at_school = lock.school == Some(gone);
            let at_seat = lock.school.is_none() && lock.seat.as_ref().is_some_and(|seat| !elsewhere.contains(seat));
            if at_school || at_seat {
                *lock = Lock { coach: lock.coach, school: lock.school.filter(|_| !at_school), ..Lock::default() };
                if names_nothing(lock) {
                    person.lock = None;
                }
            }
        }
    }
}

fn names_nothing(lock: &Lock) -> bool {
    lock.school.is_none() && lock.seat.is_none() && lock.bouw.is_none() && lock.coach.is_none()
}
