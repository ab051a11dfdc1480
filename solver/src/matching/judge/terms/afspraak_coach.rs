//! An agreement is kept: the policy's `vasthouden` weight of the entry's status when the coach equals the previous plan's, else 0 (points, 0–1,000).

use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Part, Previous, Wave};

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::AfspraakCoach,
    says: "De coach blijft zoals afgesproken; hoe verder de afspraak, hoe zwaarder.",
    kind: Kind::Placement { write: Points::CandidateCoach(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, coach: CoachId) -> i64 {
    wave.candidates[candidate]
        .previous
        .as_ref()
        .filter(|it| it.coach.known() == Some(coach))
        .map_or(0, |it| wave.policy.keep_weight(it.status))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match &wave.candidates[candidate].previous {
        Some(Previous { coach: Part::Known(coach), status, .. }) if *coach == placement.coach => wave.policy.keep_weight(*status),
        _ => 0,
    }
}
