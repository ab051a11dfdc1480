//! max(0, 100 − floor(100 · t / 60)) per member, t the minutes to the location (points).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Reistijd, says: "Een korte reis geeft punten.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    match (roster.groups(), block.place.location) {
        (Some(groups), Some(location)) => (100 - 100 * i64::from(groups.travel[unit][location]) / 60).max(0),
        _ => 0,
    }
}
