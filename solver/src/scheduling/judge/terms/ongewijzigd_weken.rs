//! Of visits: Σ over weeks of min(entries, visits) of each placement in that week.

use std::collections::BTreeMap;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Kind, Term, TermCode};

/// The term.
pub const TERM: Term =
    Term { code: TermCode::OngewijzigdMoment, says: "Een bezoek dat in zijn week blijft, krijgt punten.", kind: Kind::Plan(judge) };

fn judge(roster: &Roster, plan: &Plan) -> i64 {
    let mut before = BTreeMap::new();
    for (unit, row) in roster.units.pairs() {
        for moment in row.previous.iter().filter_map(|entry| entry.moment) {
            *before.entry((unit, moment.week())).or_insert(0_i64) += 1;
        }
    }
    let now = |unit, week| {
        let moments = plan.with(unit).filter_map(|block| block.place.moment());
        moments.filter(|moment| moment.week() == week).count() as i64
    };
    before.into_iter().map(|((unit, week), entries)| entries.min(now(unit, week))).sum()
}
