//! Coaching costs money: −h(c, s) · k.tarief_cent (cents, never positive).

use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Most, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Kosten,
    says: "Begeleiding kost geld: de uren maal het tarief tellen als aftrek, in centen.",
    kind: Kind::Placement { write: Points::Placement(write, Most(0)), judge },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId, coach: CoachId) -> i64 {
    let hours = hours::hours(wave, candidate, wave.seats[seat].school);
    -i64::from(hours) * i64::from(wave.coaches[coach].rate_cents)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let rate = i64::from(wave.coaches[placement.coach].rate_cents);
    let hours = i64::from(hours::hours(wave, candidate, placement.school(wave)));
    0 - rate * hours
}
