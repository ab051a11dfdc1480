//! The school stays the same: 100 when s = c.huidige_school (points, 0 or 100).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::ZelfdeSchool,
    says: "De kandidaat blijft op de school van nu.",
    kind: Kind::Placement { write: Points::CandidateSchool(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, school: SchoolId) -> i64 {
    100 * i64::from(wave.candidates[candidate].current_school == Some(school))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    match wave.candidates[candidate].current_school {
        Some(school) if school == placement.school(wave) => 100,
        _ => 0,
    }
}
