//! −1 per group.

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Groepen, says: "Er zijn zo weinig mogelijk groepen.", kind: Kind::Block(judge) };

fn judge(_roster: &Roster, _block: &Block) -> i64 {
    -1
}
