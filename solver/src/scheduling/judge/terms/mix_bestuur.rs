//! Different boards among the members; none does not count.

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cast;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::MixBestuur, says: "In een groep zitten mensen van verschillende besturen.", kind: Kind::Block(judge) };

fn judge(roster: &Roster, block: &Block) -> i64 {
    cast::different(block.members.iter().map(|&unit| roster.units[unit].board.as_ref()))
}
