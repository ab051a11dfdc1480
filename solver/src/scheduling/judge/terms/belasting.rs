//! −Σ_p Σ_{m=1..n_p} ⌈100 · (lopend + m) / (lopend + maximum)⌉, n_p = blocks of p as staff: convex, so work is spread (percent points).

use crate::common::tables::Table;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Belasting, says: "Het werk is eerlijk verdeeld: iemand die vol zit kost meer punten.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let mut blocks = Table::filled(roster.people.len(), 0_i64);
    let mut points = 0;
    for seat in plan.blocks.iter().flat_map(|block| &block.staff) {
        let person = &roster.people[seat.person];
        blocks[seat.person] += 1;
        let full = (i64::from(person.running) + person.maximum.map_or(0, i64::from)).max(1);
        // ⌈a / b⌉ = ⌊(a + b − 1) / b⌋ for positive b.
        points -= (100 * (i64::from(person.running) + blocks[seat.person]) + full - 1) / full;
    }
    points
}
