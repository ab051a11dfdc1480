//! As ongewijzigd, times the weight of the entry's status in policy vasthouden.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::keep;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Afspraak, says: "Een afspraak die blijft staan, krijgt punten naar haar status.", kind: Kind::Member(judge) };

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let entries = roster.units[unit].previous.iter().filter(|entry| keep::keeps_main(roster, entry, block));
    entries.map(|entry| roster.policy.keep_weight(entry.status)).sum()
}
