//! Nothing of the placement is in the candidate's `uitgesloten` lists: s, bestuur(s), s.denominatie and k (yes or no, by placement).

use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Uitsluiting,
    says: "De kandidaat heeft deze school, dit bestuur, deze denominatie of deze coach niet uitgesloten.",
    overrulable: false,
    kind: Kind::Pair { write: Allow::Placement(write), judge, figures: None },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId, coach: CoachId) -> bool {
    let person = &wave.candidates[candidate];
    let school = wave.school_of(seat);
    !(person.excluded_coaches.contains(&coach)
        || person.excluded_schools.contains(&wave.seats[seat].school)
        || person.excluded_boards.contains(&school.board)
        || school.denomination.as_ref().is_some_and(|name| person.excluded_denominations.contains(name)))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let person = &wave.candidates[candidate];
    let school = placement.school(wave);
    let row = &wave.schools[school];
    let by_school = person.excluded_schools.contains(&school);
    let by_board = person.excluded_boards.contains(&row.board);
    let by_denomination = person.excluded_denominations.iter().any(|it| Some(it) == row.denomination.as_ref());
    let by_coach = person.excluded_coaches.contains(&placement.coach);
    !by_school && !by_board && !by_denomination && !by_coach
}
