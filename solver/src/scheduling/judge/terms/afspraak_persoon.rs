//! As ongewijzigd_persoon, times the weight of the entry's status in policy vasthouden.

use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::keep;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term {
    code: TermCode::AfspraakPersoon,
    says: "Een afgesproken begeleider of coach die blijft, krijgt punten naar de status.",
    kind: Kind::Member(judge),
};

fn judge(roster: &Roster, block: &Block, unit: UnitId) -> i64 {
    let entries = roster.units[unit].previous.iter().filter(|entry| keep::keeps_person(roster, entry, block));
    entries.map(|entry| roster.policy.keep_weight(entry.status)).sum()
}
