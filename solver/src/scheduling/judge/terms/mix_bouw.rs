//! Different bouwen among the members; none does not count.

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cast;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::MixBouw, says: "In een groep zitten mensen uit verschillende bouwen.", kind: Kind::Block(judge) };

fn judge(roster: &Roster, block: &Block) -> i64 {
    cast::different(block.members.iter().map(|&unit| roster.units[unit].bouw))
}
