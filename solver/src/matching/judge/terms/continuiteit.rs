//! The coach stays the same: 100 when k = c.huidige_coach (points, 0 or 100).

use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Continuiteit,
    says: "De kandidaat houdt de coach van nu.",
    kind: Kind::Placement { write: Points::CandidateCoach(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, coach: CoachId) -> i64 {
    100 * i64::from(wave.candidates[candidate].current_coach == Some(coach))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match wave.candidates[candidate].current_coach {
        Some(coach) if coach == placement.coach => 100,
        _ => 0,
    }
}
