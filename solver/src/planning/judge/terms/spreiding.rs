//! −Σ_b Σ_{m=1..A_b} ceil(100·m / P_b), A_b = Σ_w `a[w,b]`, P_b = Σ_w plekken_b in t(w); a board without seats counts as one with one.

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

use super::{Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Spreiding, says: "De plekken worden gelijk over de besturen gebruikt.", judge };

fn judge(horizon: &Horizon, plan: &Plan, _: &Tally) -> i128 {
    let load = |board| {
        let seats = i128::from(horizon.turns(board).max(1));
        let used: i64 = plan.seated.iter().map(|boards| boards[board]).sum();
        (1..=i128::from(used)).map(|nth| (100 * nth + seats - 1) / seats).sum::<i128>()
    };
    -horizon.boards.ids().map(load).sum::<i128>()
}
