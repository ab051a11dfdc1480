//! What a placement is worth to the candidate alone: the goals in order, counting only terms about this person's own wishes and ties.

use crate::matching::facts::codes::TermCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::terms::Kind;

/// Terms about the candidate's own wishes and ties. The others serve the city, the school, the coach or the purse.
pub const PERSONAL: &[TermCode] = &[
    TermCode::Bouw,
    TermCode::Reistijd,
    TermCode::Concept,
    TermCode::Coachwens,
    TermCode::Continuiteit,
    TermCode::ZelfdeSchool,
    TermCode::Ongewijzigd,
    TermCode::OngewijzigdSchool,
    TermCode::OngewijzigdCoach,
    TermCode::AfspraakSchool,
    TermCode::AfspraakCoach,
];

/// Per goal of the policy, the points of the personal terms; compared goal by goal, the first difference decides.
pub fn own(wave: &Wave, candidate: CandidateId, placement: Placement) -> Vec<i64> {
    worth(wave, candidate, placement, |code| PERSONAL.contains(&code))
}

/// Per goal of the policy, the points of the placement itself; a plan's load aside.
pub fn points(wave: &Wave, candidate: CandidateId, placement: Placement) -> Vec<i64> {
    worth(wave, candidate, placement, |_| true)
}

fn worth(wave: &Wave, candidate: CandidateId, placement: Placement, counts: impl Fn(TermCode) -> bool) -> Vec<i64> {
    let of = |&(code, weight): &(TermCode, i64)| match code.term().kind {
        Kind::Placement { judge, .. } if weight != 0 && counts(code) => weight * judge(wave, candidate, placement),
        _ => 0,
    };
    wave.policy.goals.iter().map(|goal| goal.weights.iter().map(of).sum()).collect()
}
