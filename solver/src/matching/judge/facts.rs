//! Facts of a wave that both the model and the judge use: hours and what a rerun can keep.

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;

/// h(c, s): coaching hours of a candidate at a school.
pub fn hours(wave: &Wave, candidate: CandidateId, school: SchoolId) -> u32 {
    let person = &wave.candidates[candidate];
    let policy = &wave.policy;
    let own = person.hours.unwrap_or_else(|| policy.hours_of(person.phase));
    let extra = if wave.schools[school].target_group >= policy.extra_from { policy.extra_hours } else { 0 };
    own + extra
}

/// hv(c): coaching hours of a candidate's next phase, given later by the same coach.
pub fn next_hours(wave: &Wave, candidate: CandidateId) -> u32 {
    wave.candidates[candidate].phase.next().map_or(0, |phase| wave.policy.hours_of(phase))
}

/// What of a previous entry can be kept (docs/model.md, Reruns).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keepable {
    /// School, seat group and coach together.
    Both,
    /// School and seat group.
    Seat,
    /// The coach.
    Coach,
    /// Nothing: there is no entry, it names neither part, or no allowed placement keeps any of it.
    Nothing,
}

/// What a rerun can keep of a candidate's previous entry, by the pair rules with the lock's `ondanks`.
///
/// A seat group of 0 seats and a coach with a maximum of 0 can be keepable: only pair rules decide (docs/model.md, Reruns).
pub fn keepable(wave: &Wave, candidate: CandidateId) -> Keepable {
    let Some(previous) = &wave.candidates[candidate].previous else {
        return Keepable::Nothing;
    };
    let (seat, coach) = (previous.seat.known(), previous.coach.known());
    let may = |seat, coach| judge::allowed(wave, candidate, Placement { seat, coach });
    if let (Some(seat), Some(coach)) = (seat, coach)
        && may(seat, coach)
    {
        return Keepable::Both;
    }
    if let Some(seat) = seat
        && wave.coaches.ids().any(|coach| may(seat, coach))
    {
        return Keepable::Seat;
    }
    if let Some(coach) = coach
        && wave.seats.ids().any(|seat| may(seat, coach))
    {
        return Keepable::Coach;
    }
    Keepable::Nothing
}

/// Whether a candidate's previous entry names a part that cannot be kept, whatever the plan.
pub fn forced(wave: &Wave, candidate: CandidateId) -> bool {
    forces(wave, candidate, keepable(wave, candidate))
}

/// [`forced`], for what is known to be keepable.
pub fn forces(wave: &Wave, candidate: CandidateId, keepable: Keepable) -> bool {
    let Some(previous) = &wave.candidates[candidate].previous else {
        return false;
    };
    let (seat_kept, coach_kept) = match keepable {
        Keepable::Both => (true, true),
        Keepable::Seat => (true, false),
        Keepable::Coach => (false, true),
        Keepable::Nothing => (false, false),
    };
    previous.seat.named() && !seat_kept || previous.coach.named() && !coach_kept
}

/// Whether a placement, or none, gives up what can be kept of the previous entry.
pub fn changes(wave: &Wave, candidate: CandidateId, keepable: Keepable, placement: Option<Placement>) -> bool {
    let Some(previous) = &wave.candidates[candidate].previous else {
        return false;
    };
    let seat_stays = placement.is_some_and(|it| previous.seat.known() == Some(it.seat));
    let coach_stays = placement.is_some_and(|it| previous.coach.known() == Some(it.coach));
    match keepable {
        Keepable::Both => !(seat_stays && coach_stays),
        Keepable::Seat => !seat_stays,
        Keepable::Coach => !coach_stays,
        Keepable::Nothing => false,
    }
}
