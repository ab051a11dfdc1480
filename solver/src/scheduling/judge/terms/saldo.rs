//! n · bijdrage + subsidie − vaste kosten of a running offer (cents).

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Saldo, says: "Aanbod houdt zo veel mogelijk over.", kind: Kind::Block(judge) };

fn judge(roster: &Roster, block: &Block) -> i64 {
    let (Some(courses), Some(offer)) = (roster.courses(), block.place.offer(roster)) else { return 0 };
    let offer = &courses.offers[offer];
    block.members.len() as i64 * offer.fee_cents + offer.subsidy_cents - offer.fixed_cents
}
