//! −|members − doel| per group (members).

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Grootte, says: "Een groep is zo groot als bedoeld.", kind: Kind::Block(judge) };

fn judge(roster: &Roster, block: &Block) -> i64 {
    roster.groups().map_or(0, |groups| -(block.members.len() as i64 - i64::from(groups.aim)).abs())
}
