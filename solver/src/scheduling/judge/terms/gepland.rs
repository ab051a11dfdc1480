//! 1 per member; of visits 1 per visit.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Gepland, says: "Wie gepland is, telt voor één.", kind: Kind::Member(judge) };

fn judge(_roster: &Roster, _block: &Block, _unit: UnitId) -> i64 {
    1
}
