//! 1 when the moment of the member's previous entry is kept.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::keep;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::OngewijzigdMoment, says: "Wie zijn moment houdt, krijgt punten.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let entries = roster.units[unit].previous.iter().filter(|entry| keep::keeps_moment(roster, entry, block));
    entries.map(|_entry| 1).sum()
}
