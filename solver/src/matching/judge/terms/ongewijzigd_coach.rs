//! A part of the placement stays as it was: 1 when the coach equals the previous plan's; 0 when the entry does not name that part (people).

use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Part, Previous, Wave};

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::OngewijzigdCoach,
    says: "De coach blijft zoals in het vorige plan.",
    kind: Kind::Placement { write: Points::CandidateCoach(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, coach: CoachId) -> i64 {
    let entry = wave.candidates[candidate].previous.as_ref();
    i64::from(entry.is_some_and(|it| it.coach.known() == Some(coach)))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match &wave.candidates[candidate].previous {
        Some(Previous { coach: Part::Known(coach), .. }) if *coach == placement.coach => 1,
        _ => 0,
    }
}
