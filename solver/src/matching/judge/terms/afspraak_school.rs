//! An agreement is kept: the policy's `vasthouden` weight of the entry's status when school and plek equal the previous plan's, else 0 (points, 0–1,000).

use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Part, Previous, Wave};

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::AfspraakSchool,
    says: "De school en de plek blijven zoals afgesproken; hoe verder de afspraak, hoe zwaarder.",
    kind: Kind::Placement { write: Points::CandidateSeat(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId) -> i64 {
    wave.candidates[candidate]
        .previous
        .as_ref()
        .filter(|it| it.seat.known() == Some(seat))
        .map_or(0, |it| wave.policy.keep_weight(it.status))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match &wave.candidates[candidate].previous {
        Some(Previous { seat: Part::Known(seat), status, .. }) if *seat == placement.seat => wave.policy.keep_weight(*status),
        _ => 0,
    }
}
