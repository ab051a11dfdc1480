//! The board is one the candidate may go to: c.besturen = ∅ ∨ bestuur(s) ∈ c.besturen (yes or no, by candidate and school).

use crate::matching::facts::ids::{CandidateId, SchoolId};
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;

use super::{Allow, Kind, Rule, RuleCode};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Bestuur,
    says: "De kandidaat mag bij dit bestuur werken.",
    overrulable: true,
    kind: Kind::Pair { write: Allow::CandidateSchool(write), judge, figures: None },
};

fn write(wave: &Wave, candidate: CandidateId, school: SchoolId) -> bool {
    let board = wave.schools[school].board;
    wave.candidates[candidate].boards.as_ref().is_none_or(|boards| boards.contains(&board))
}

fn judge(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    match &wave.candidates[candidate].boards {
        None => true,
        Some(boards) => boards.iter().any(|&board| board == wave.school_of(placement.seat).board),
    }
}
