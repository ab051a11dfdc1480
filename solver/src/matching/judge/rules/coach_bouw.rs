//! The coach knows the bouw of the seat group: b(p) ∈ k.bouwen (yes or no, by coach and seat group).

use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachBouw,
    says: "De coach begeleidt in deze bouw.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CoachSeat(write), judge, figures: None },
};

fn write(wave: &Wave, coach: CoachId, seat: SeatId) -> bool {
    wave.coaches[coach].bouwen.contains(&wave.seats[seat].bouw)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    let bouw = wave.seats[placement.seat].bouw;
    wave.coaches[placement.coach].bouwen.contains(&bouw)
}
