//! The whole placement stays as it was: 1 when school, plek and coach equal the previous plan's entry; 0 when it does not name them all (people).

use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Part, Previous, Wave};

use super::{Kind, Most, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Ongewijzigd,
    says: "School, plek en coach blijven zoals in het vorige plan.",
    kind: Kind::Placement { write: Points::Placement(write, Most(1)), judge },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId, coach: CoachId) -> i64 {
    let same =
        wave.candidates[candidate].previous.as_ref().is_some_and(|it| it.seat.known() == Some(seat) && it.coach.known() == Some(coach));
    i64::from(same)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match &wave.candidates[candidate].previous {
        Some(Previous { seat: Part::Known(seat), coach: Part::Known(coach), .. })
            if *seat == placement.seat && *coach == placement.coach =>
        {
            1
        }
        _ => 0,
    }
}
