//! A short journey of the candidate gives points: max(0, 100 − ⌊100 · t(c, s) / 60⌋) (points, 0–100).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Reistijd,
    says: "De kandidaat woont dichtbij de school: 100 punten bij 0 minuten, 0 punten vanaf een uur.",
    kind: Kind::Placement { write: Points::CandidateSchool(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, school: SchoolId) -> i64 {
    let minutes = i64::from(wave.travel.candidate(candidate, school));
    (100 - 100 * minutes / 60).max(0)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let minutes = wave.travel.candidate(candidate, placement.school(wave));
    let lost = u64::from(minutes) * 100 / 60;
    i64::from(100u8.saturating_sub(u8::try_from(lost).unwrap_or(100)))
}
