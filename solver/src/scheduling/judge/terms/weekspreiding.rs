//! −Σ_k Σ_weeks n(n+1)/2, n = tours of k in the week.

use std::collections::BTreeMap;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::Weekspreiding, says: "De bezoeken van een coach zijn over de weken verdeeld.", kind: Kind::Plan(judge) };

fn judge(_roster: &Roster, plan: &Plan) -> i64 {
    let mut tours = BTreeMap::new();
    for block in &plan.blocks {
        if let (Some(moment), Some(seat)) = (block.place.moment(), block.staff.first()) {
            *tours.entry((seat.person, moment.week())).or_insert(0_i64) += 1;
        }
    }
    -tours.values().map(|tours| tours * (tours + 1) / 2).sum::<i64>()
}
