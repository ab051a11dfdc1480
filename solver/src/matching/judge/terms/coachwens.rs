//! The coach has tags the candidate wishes: ⌊100 · |c.coach_wensen ∩ k.kenmerken| / |c.coach_wensen|⌋, 0 without wishes (points, 0–100).

use crate::matching::facts::ids::{CandidateId, CoachId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Kind, Points, Term, TermCode};

/// The term with both halves.
pub const TERM: Term = Term {
    code: TermCode::Coachwens,
    says: "De coach heeft kenmerken die de kandidaat graag wil.",
    kind: Kind::Placement { write: Points::CandidateCoach(write), judge },
};

fn write(wave: &Wave, candidate: CandidateId, coach: CoachId) -> i64 {
    let wishes = &wave.candidates[candidate].coach_wishes;
    let tags = &wave.coaches[coach].tags;
    let granted = wishes.iter().filter(|&wish| tags.contains(wish)).count();
    let percent = (100 * granted).checked_div(wishes.len()).unwrap_or(0);
    i64::try_from(percent).unwrap_or(100)
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> i64 {
    let (mut granted, mut asked) = (0i64, 0i64);
    for wish in &wave.candidates[candidate].coach_wishes {
        asked += 1;
        if wave.coaches[placement.coach].tags.iter().any(|tag| tag == wish) {
            granted += 1;
        }
    }
    if asked == 0 { 0 } else { 100 * granted / asked }
}
