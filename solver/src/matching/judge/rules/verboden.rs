//! No `verboden` entry of the candidate matches; it matches when every field it names (school, plek, bouw, bestuur, coach) agrees (yes or no, by placement).

use crate::matching::facts::ids::{CandidateId, CoachId, SeatId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::{Ban, Wave};

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Verboden,
    says: "Deze plaatsing is niet verboden voor de kandidaat.",
    overrulable: false,
    kind: Kind::Pair { write: Allow::Placement(write), judge, figures: None },
};

fn write(wave: &Wave, candidate: CandidateId, seat: SeatId, coach: CoachId) -> bool {
    let place = &wave.seats[seat];
    wave.candidates[candidate].bans.iter().all(|ban| {
        ban.school.is_some_and(|it| it != place.school)
            || ban.seat.as_ref().is_some_and(|it| *it != place.id)
            || ban.bouw.is_some_and(|it| it != place.bouw)
            || ban.board.is_some_and(|it| it != wave.schools[place.school].board)
            || ban.coach.is_some_and(|it| it != coach)
    })
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    let seat = &wave.seats[placement.seat];
    let board = wave.school_of(placement.seat).board;
    let matches = |ban: &Ban| {
        ban.school.is_none_or(|it| it == seat.school)
            && ban.seat.as_deref().is_none_or(|it| it == seat.id)
            && ban.bouw.is_none_or(|it| it == seat.bouw)
            && ban.board.is_none_or(|it| it == board)
            && ban.coach.is_none_or(|it| it == placement.coach)
    };
    !wave.candidates[candidate].bans.iter().any(matches)
}
