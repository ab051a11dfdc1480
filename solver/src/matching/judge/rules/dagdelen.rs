//! Candidate and duo colleague share enough half-days: one of them names none, or |c ∩ p| ≥ min(dagdelen_samen, |c|, |p|) (half-days, by candidate and seat group).

use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::{HalfDay, Word};

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Dagdelen,
    says: "De kandidaat en de duo-collega werken op genoeg dezelfde dagdelen.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CandidateSeat(write), judge, figures: Some(figures) },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId) -> bool {
    let own = wave.candidates[candidate].half_days;
    let there = wave.seats[seat].half_days;
    let needed = wave.policy.shared_half_days.min(own.count()).min(there.count());
    own.shared(there).count() >= needed
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let own = wave.candidates[candidate].half_days;
    let there = wave.seats[placement.seat].half_days;
    if own.is_empty() || there.is_empty() {
        return true;
    }
    let both = HalfDay::ALL.iter().filter(|&&day| own.has(day) && there.has(day)).count();
    let needed = [wave.policy.shared_half_days, own.count(), there.count()];
    needed.iter().any(|&least| both >= least as usize)
}

/// Half-days together, and how many are needed.
fn figures(wave: &Wave, candidate: CandidateId, placement: Placement) -> (i64, i64) {
    let (person, seat) = (&wave.candidates[candidate], &wave.seats[placement.seat]);
    let needed = wave.policy.shared_half_days.min(person.half_days.count()).min(seat.half_days.count());
    (person.half_days.shared(seat.half_days).count().into(), needed.into())
}
