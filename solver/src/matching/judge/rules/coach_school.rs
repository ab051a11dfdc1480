//! A coach does not coach at the own school nor at an excluded one: s ≠ k.eigen_school ∧ s ∉ k.uitgesloten_scholen (yes or no, by coach and school).

use crate::matching::facts::ids::{CandidateId, CoachId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachSchool,
    says: "Het is niet de eigen school van de coach en de coach heeft de school niet uitgesloten.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CoachSchool(write), judge, figures: None },
};

fn write(wave: &Wave, coach: CoachId, school: SchoolId) -> bool {
    let person = &wave.coaches[coach];
    person.own_school != Some(school) && !person.excluded_schools.contains(&school)
}

fn judge(wave: &Wave, _candidate: CandidateId, placement: Placement) -> bool {
    let coach = &wave.coaches[placement.coach];
    let school = placement.school(wave);
    let never = coach.own_school.iter().chain(&coach.excluded_schools);
    never.copied().all(|it| it != school)
}
