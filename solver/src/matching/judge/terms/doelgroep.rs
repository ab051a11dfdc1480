//! Schools with many target-group pupils count more: s.doelgroep (points, 0–100).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Doelgroep,
    says: "Een school met veel doelgroepleerlingen telt zwaarder: het percentage doelgroepleerlingen.",
    kind: Kind::Placement { write: Points::School(write), judge },
};

fn write(wave: &Wave, school: SchoolId) -> i64 {
    i64::from(wave.schools[school].target_group)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> i64 {
    i64::from(wave.school_of(placement.seat).target_group)
}
