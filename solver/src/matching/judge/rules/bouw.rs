//! The bouw of the seat group is one the candidate chose: b(p) ∈ c.bouwen (yes or no, by candidate and seat group).

use crate::matching::facts::ids::{CandidateId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Bouw,
    says: "De kandidaat heeft deze bouw gekozen.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CandidateSeat(write), judge, figures: None },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId) -> bool {
    wave.candidates[candidate].bouwen.contains(&wave.seats[seat].bouw)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let bouw = wave.seats[placement.seat].bouw;
    wave.candidates[candidate].bouwen.contains(&bouw)
}
