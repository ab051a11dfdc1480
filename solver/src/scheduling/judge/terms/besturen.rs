//! −Σ_b Σ_{m=1..n_b} ⌈100 · m / b.aandeel⌉, n_b = hr seats filled by people of board b of the list (percent points).

use std::collections::BTreeMap;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Besturen, says: "De besturen leveren HR naar hun aandeel.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let Some(interviews) = roster.interviews() else { return 0 };
    let mut seats = BTreeMap::new();
    let mut points = 0;
    for seat in plan.blocks.iter().flat_map(|block| &block.staff).filter(|seat| Some(seat.role) == interviews.hr) {
        let Some(board) = roster.people[seat.person].board.as_ref() else { continue };
        let Some(&share) = interviews.shares.get(board) else { continue };
        let nth = seats.entry(board).or_insert(0_i64);
        *nth += 1;
        let share = i64::from(share.max(1));
        points -= (100 * *nth + share - 1) / share;
    }
    points
}
