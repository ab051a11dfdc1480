//! The school's concept is one the candidate likes: 100 when s.concept ∈ c.concepten (points, 0 or 100).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Concept,
    says: "De school heeft een concept dat de kandidaat graag wil.",
    kind: Kind::Placement { write: Points::CandidateSchool(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, school: SchoolId) -> i64 {
    let liked = &wave.candidates[candidate].concepts;
    let concept = wave.schools[school].concept.as_ref();
    100 * i64::from(concept.is_some_and(|it| liked.contains(it)))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let Some(concept) = &wave.school_of(placement.seat).concept else {
        return 0;
    };
    let person = &wave.candidates[candidate];
    if person.concepts.iter().any(|liked| liked == concept) { 100 } else { 0 }
}
