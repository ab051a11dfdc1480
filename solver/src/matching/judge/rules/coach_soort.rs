//! The coach works at this kind of school: s.soort ∈ k.soorten (yes or no, by coach and school).

use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachSoort,
    says: "De coach begeleidt op deze soort school.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CoachSchool(write), judge, figures: None },
};

fn write(wave: &Wave, coach: CoachId, school: SchoolId) -> bool {
    wave.coaches[coach].kinds.contains(&wave.schools[school].kind)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    let kind = wave.school_of(placement.seat).kind;
    wave.coaches[placement.coach].kinds.contains(&kind)
}
