//! 1 when the main part of the member's previous entry is kept; of visits per entry.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::keep;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Ongewijzigd, says: "Wat blijft zoals het was, krijgt punten.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let entries = roster.units[unit].previous.iter().filter(|entry| keep::keeps_main(roster, entry, block));
    entries.map(|_entry| 1).sum()
}
