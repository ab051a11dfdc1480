//! What a rerun can keep of the previous plan, and who a plan changes.

use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::pairs;

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
    let may = |seat, coach| pairs::allowed(wave, candidate, Placement { seat, coach });
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
