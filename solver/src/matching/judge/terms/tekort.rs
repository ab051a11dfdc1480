//! Schools with a large shortage of teachers count more: s.tekort (points, 0–100).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Tekort,
    says: "Een school met een groot lerarentekort telt zwaarder: het percentage tekort.",
    kind: Kind::Placement { write: Points::School(write), judge },
};

fn write(wave: &Wave, school: SchoolId) -> i64 {
    i64::from(wave.schools[school].shortage)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> i64 {
    i64::from(wave.school_of(placement.seat).shortage)
}
