//! −(member, moment) pairs at which the member is unavailable (meetings missed).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Aanwezig, says: "Wie erbij hoort, is er zo veel mogelijk.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let own = &roster.units[unit].availability;
    -(block.place.moments(roster).into_iter().filter(|&moment| !roster.free(own, moment)).count() as i64)
}
