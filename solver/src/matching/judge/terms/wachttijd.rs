//! Who waited longer comes first: min(c.wachtrondes, 9) (rounds).

use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Wachttijd,
    says: "Wie langer wacht, telt zwaarder: het aantal wachtrondes, hoogstens 9.",
    kind: Kind::Placement { write: Points::Candidate(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId) -> i64 {
    i64::from(wave.candidates[candidate].waited.min(9))
}

fn judge(wave: &Wave, candidate: CandidateId, _placement: Placement) -> i64 {
    match wave.candidates[candidate].waited {
        rounds @ 0..=8 => i64::from(rounds),
        _ => 9,
    }
}
