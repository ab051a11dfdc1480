//! The coach has every tag the candidate requires: c.coach_eisen ⊆ k.kenmerken (yes or no, by candidate and coach).

use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachEis,
    says: "De coach heeft alle kenmerken die de kandidaat nodig heeft.",
    overrulable: false,
    kind: Kind::Pair { write: Allow::CandidateCoach(write), judge, figures: None },
};

fn write(wave: &Wave, candidate: CandidateId, coach: CoachId) -> bool {
    let tags = &wave.coaches[coach].tags;
    wave.candidates[candidate].coach_needs.iter().all(|need| tags.contains(need))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let tags = &wave.coaches[placement.coach].tags;
    let lacking = wave.candidates[candidate].coach_needs.iter().find(|&need| !tags.iter().any(|tag| tag == need));
    lacking.is_none()
}
