//! The school is near enough for the candidate: t(c, s) ≤ c.max_reistijd (minutes, by candidate and school).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Reistijd,
    says: "De school is voor de kandidaat dichtbij genoeg.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CandidateSchool(write), judge, figures: Some(figures) },
};

fn write(wave: &Wave, candidate: CandidateId, school: SchoolId) -> bool {
    wave.travel.candidate(candidate, school) <= wave.candidates[candidate].max_travel
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let minutes = wave.travel.candidate(candidate, placement.school(wave));
    let most = wave.candidates[candidate].max_travel;
    minutes <= most
}

/// Minutes to the school, and the most that the candidate travels.
fn figures(wave: &Wave, candidate: CandidateId, placement: Placement) -> (i64, i64) {
    (wave.travel.candidate(candidate, placement.school(wave)).into(), wave.candidates[candidate].max_travel.into())
}
