//! Every placement counts: 1 (people).

use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Geplaatst,
    says: "Elke geplaatste kandidaat telt voor 1.",
    kind: Kind::Placement { write: Points::Candidate(write), judge },
};

fn write(_wave: &Wave, _candidate: CandidateId) -> i64 {
    1
}

fn judge(_wave: &Wave, _candidate: CandidateId, _placement: Placement) -> i64 {
    1
}
