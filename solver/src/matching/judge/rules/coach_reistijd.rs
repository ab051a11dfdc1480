//! The school is near enough for the coach: t(k, s) ≤ k.max_reistijd (minutes, by coach and school).

use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: "coach-reistijd",
    says: "De school is voor de coach dichtbij genoeg.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CoachSchool(write), judge },
};

fn write(wave: &Wave, coach: CoachId, school: SchoolId) -> bool {
    wave.travel.coach(coach, school) <= wave.coaches[coach].max_travel
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    let minutes = wave.travel.coach(placement.coach, placement.school(wave));
    let most = wave.coaches[placement.coach].max_travel;
    minutes <= most
}
