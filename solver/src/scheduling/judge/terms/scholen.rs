//! Different schools with a participant in any offer.

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::cast;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Scholen, says: "Zo veel mogelijk scholen doen mee.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    cast::different(plan.blocks.iter().flat_map(|block| &block.members).map(|&unit| roster.units[unit].school.as_ref()))
}
