//! −1 per running offer.

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Aanbod, says: "Er loopt zo weinig mogelijk aanbod tegelijk.", kind: Kind::Block(judge) };

fn judge(_roster: &Roster, _block: &Block) -> i64 {
    -1
}
