//! −Σ_j windows without a visit; windows are every max_tussen consecutive weeks of W_j (windows).

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::weeks;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Gat, says: "Niemand blijft te lang zonder bezoek.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let missed = roster.units.ids().map(|unit| {
        let visited = weeks::visited(plan, unit);
        weeks::windows(roster, unit).into_iter().filter(|window| !window.iter().any(|week| visited.contains(week))).count() as i64
    });
    -missed.sum::<i64>()
}
