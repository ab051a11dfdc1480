//! −(home → first + between + last → home) per tour, in the order shown (minutes).

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cost;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Reistijd, says: "De coach is zo kort mogelijk onderweg.", kind: Kind::Block(judge) };

fn judge(roster: &Roster, block: &Block) -> i64 {
    -cost::road(roster, block)
}
