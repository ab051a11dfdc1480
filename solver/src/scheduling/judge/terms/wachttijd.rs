//! min(wachtrondes, 9) per member (rounds).

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Wachttijd, says: "Wie langer wacht, telt zwaarder.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, _block: &Block, unit: UnitId) -> i64 {
    i64::from(roster.units[unit].waited.min(9))
}
