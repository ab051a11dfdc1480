//! −Σ_p half-days p sits (interviews), −tours (visits): of one block the number of its staff (half-days).

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Dagdelen, says: "Er zijn zo weinig mogelijk dagdelen nodig.", kind: Kind::Block(judge) };

fn judge(_roster: &Roster, block: &Block) -> i64 {
    -(block.staff.len() as i64)
}
