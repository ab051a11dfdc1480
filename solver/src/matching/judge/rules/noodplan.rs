//! With the policy's `alleen_noodplan` only boards that signed take part: ¬alleen_noodplan ∨ bestuur(s).noodplan (yes or no, by school).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Noodplan,
    says: "Het bestuur van de school doet mee aan het noodplan, als het beleid dat vraagt.",
    overrulable: false,
    kind: Kind::Pair { write: Allow::School(write), judge, figures: None },
};

fn write(wave: &Wave, school: SchoolId) -> bool {
    !wave.policy.noodplan_only || wave.boards[wave.schools[school].board].noodplan
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    let board = wave.school_of(placement.seat).board;
    if wave.policy.noodplan_only { wave.boards[board].noodplan } else { true }
}
