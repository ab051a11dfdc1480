//! −Σ_j max(0, min(landing_bezoeken, n_j) − visits in the first landing_weken of W_j), over j with landing true (visits).

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::weeks;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term = Term { code: TermCode::Landing, says: "Wie net begint, wordt vaker bezocht.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let Some(visits) = roster.visits() else { return 0 };
    let short = visits.placements.pairs().filter(|(_, placement)| placement.landing).map(|(unit, placement)| {
        let first: Vec<_> = weeks::of(roster, unit).into_iter().take(visits.landing_weeks as usize).collect();
        let seen = weeks::visited(plan, unit).into_iter().filter(|week| first.contains(week)).count() as i64;
        (i64::from(visits.landing_visits.min(placement.wanted)) - seen).max(0)
    });
    -short.sum::<i64>()
}
