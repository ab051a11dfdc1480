//! A part of the placement stays as it was: 1 when school and plek equal the previous plan's; 0 when the entry does not name that part (people).

use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Part, Previous, Wave};

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::OngewijzigdSchool,
    says: "De school en de plek blijven zoals in het vorige plan.",
    kind: Kind::Placement { write: Points::CandidateSeat(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId) -> i64 {
    let entry = wave.candidates[candidate].previous.as_ref();
    i64::from(entry.is_some_and(|it| it.seat.known() == Some(seat)))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match &wave.candidates[candidate].previous {
        Some(Previous { seat: Part::Known(seat), .. }) if *seat == placement.seat => 1,
        _ => 0,
    }
}
