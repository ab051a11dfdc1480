//! Coaching hours: of a candidate at a school, and of the candidate's next phase.

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::wave::Wave;

/// h(c, s): coaching hours of a candidate at a school.
pub fn hours(wave: &Wave, candidate: CandidateId, school: SchoolId) -> u32 {
    let person = &wave.candidates[candidate];
    let policy = &wave.policy;
    let own = person.hours.unwrap_or_else(|| policy.hours_of(person.phase));
    let extra = if wave.schools[school].target_group >= policy.extra_from { policy.extra_hours } else { 0 };
    own + extra
}

/// hv(c): coaching hours of a candidate's next phase, given later by the same coach.
pub fn next_hours(wave: &Wave, candidate: CandidateId) -> u32 {
    wave.candidates[candidate].phase.next().map_or(0, |phase| wave.policy.hours_of(phase))
}
