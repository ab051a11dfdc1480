//! Coaches employed by a board come first: 100 when k is internal (points, 0 or 100).

use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::CoachKind;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Intern,
    says: "De coach is in dienst van een bestuur.",
    kind: Kind::Placement { write: Points::Coach(write), judge },
};

fn write(wave: &Wave, coach: CoachId) -> i64 {
    100 * i64::from(wave.coaches[coach].kind == CoachKind::Intern)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> i64 {
    match wave.coaches[placement.coach].kind {
        CoachKind::Intern => 100,
        CoachKind::Extern => 0,
    }
}
