//! −Σ over the facilitators of a block floor(minutes · tarief_cent / 60) (cents).

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cost;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Kosten, says: "Begeleiding kost zo weinig mogelijk.", kind: Kind::Block(judge) };

fn judge(roster: &Roster, block: &Block) -> i64 {
    -block.staff.iter().map(|seat| cost::cents(roster, block, seat.person)).sum::<i64>()
}
