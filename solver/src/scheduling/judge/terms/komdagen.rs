//! −Σ_p dates p sits (days).

use std::collections::BTreeSet;

use crate::scheduling::facts::plan::Block;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Komdagen, says: "Niemand komt vaker dan nodig.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let days = |block: &Block| block.place.moments(roster).into_iter().map(|moment| moment.day).collect::<Vec<_>>();
    let sits =
        plan.blocks.iter().flat_map(|block| days(block).into_iter().flat_map(|day| block.staff.iter().map(move |seat| (seat.person, day))));
    -(sits.collect::<BTreeSet<_>>().len() as i64)
}
