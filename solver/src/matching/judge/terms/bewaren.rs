//! Scarce seats and hours are saved for later: −(prijs_plek + ⌊prijs_uur · h(c, s) / 60⌋), by the prices of the policy (points, never positive).

use crate::matching::facts::hours;
use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Most, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Bewaren,
    says: "Schaarse plekken en uren worden bewaard voor later: de prijzen uit het beleid tellen als aftrek.",
    kind: Kind::Placement { write: Points::Placement(write, Most(0)), judge },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId, coach: CoachId) -> i64 {
    let hours = i64::from(hours::hours(wave, candidate, wave.seats[seat].school));
    -(i64::from(wave.seats[seat].price) + i64::from(wave.coaches[coach].hour_price) * hours / 60)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let hours = i64::from(hours::hours(wave, candidate, placement.school(wave)));
    let (seat, hour) = (&wave.seats[placement.seat], &wave.coaches[placement.coach]);
    let sixtieths = 60 * i64::from(seat.price) + hours * i64::from(hour.hour_price);
    0 - sixtieths.div_euclid(60)
}
