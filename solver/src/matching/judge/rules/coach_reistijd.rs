//! The school is near enough for the coach: t(k, s) ≤ k.max_reistijd (minutes, by coach and school).

use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachReistijd,
    says: "De school is voor de coach dichtbij genoeg.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CoachSchool(write), judge, figures: Some(figures) },
};

fn write(wave: &Wave, coach: CoachId, school: SchoolId) -> bool {
    wave.travel.coach(coach, school) <= wave.coaches[coach].max_travel
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    let minutes = wave.travel.coach(placement.coach, placement.school(wave));
    let most = wave.coaches[placement.coach].max_travel;
    minutes <= most
}

/// Minutes to the school, and the most that the coach travels.
fn figures(wave: &Wave, _candidate: CandidateId, placement: Placement) -> (i64, i64) {
    (wave.travel.coach(placement.coach, placement.school(wave)).into(), wave.coaches[placement.coach].max_travel.into())
}
