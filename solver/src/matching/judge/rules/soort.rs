//! The kind of school is one the candidate may go to: s.soort ∈ c.soorten (yes or no, by candidate and school).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Soort,
    says: "De kandidaat mag op deze soort school werken.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CandidateSchool(write), judge, figures: None },
};

fn write(wave: &Wave, candidate: CandidateId, school: SchoolId) -> bool {
    wave.candidates[candidate].kinds.contains(&wave.schools[school].kind)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let kind = wave.school_of(placement.seat).kind;
    wave.candidates[candidate].kinds.contains(&kind)
}
