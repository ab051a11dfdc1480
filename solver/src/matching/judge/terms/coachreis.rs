//! A short journey of the coach gives points: max(0, 100 − ⌊100 · t(k, s) / 60⌋) (points, 0–100).

use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Coachreis,
    says: "De coach woont dichtbij de school: 100 punten bij 0 minuten, 0 punten vanaf een uur.",
    kind: Kind::Placement { write: Points::CoachSchool(write), judge },
};

fn write(wave: &Wave, coach: CoachId, school: SchoolId) -> i64 {
    let minutes = i64::from(wave.travel.coach(coach, school));
    (100 - 100 * minutes / 60).max(0)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> i64 {
    let minutes = wave.travel.coach(placement.coach, placement.school(wave));
    let lost = u64::from(minutes) * 100 / 60;
    i64::from(100u8.saturating_sub(u8::try_from(lost).unwrap_or(100)))
}
