//! Visits of a placement ≤ n.

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Aantal, says: "Niemand krijgt meer bezoeken dan er bedoeld zijn.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(visits) = roster.visits() else { return Vec::new() };
    visits
        .placements
        .pairs()
        .filter_map(|(unit, placement)| {
            let used = plan.with(unit).count() as i64;
            let most = i64::from(placement.wanted);
            (used > most).then(|| Breach::over(RULE.code, &roster.units[unit].id, used, most).of(unit))
        })
        .collect()
}
