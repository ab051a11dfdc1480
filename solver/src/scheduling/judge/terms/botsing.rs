//! −((members with a school − different schools) + (members with a koppel − different koppels)) per group.

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cast;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term {
    code: TermCode::Botsing,
    says: "Mensen van dezelfde school of hetzelfde koppel zitten liever niet samen.",
    kind: Kind::Block(judge),
};

fn judge(roster: &Roster, block: &Block) -> i64 {
    let schools = block.members.iter().map(|&unit| roster.units[unit].school.as_ref());
    let pairs = block.members.iter().map(|&unit| roster.units[unit].pair.as_ref());
    -(cast::doubles(schools) + cast::doubles(pairs))
}
