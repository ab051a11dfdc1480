//! 100 when the member prefers half-days of the week and every moment of the block is one of them (points).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Voorkeur, says: "Wie een dagdeel van voorkeur krijgt, krijgt punten.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let wish = roster.units[unit].preference;
    let all = block.place.moments(roster).into_iter().all(|moment| moment.code().is_some_and(|code| wish.has(code)));
    if !wish.is_empty() && all { 100 } else { 0 }
}
