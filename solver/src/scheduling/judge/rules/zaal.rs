//! Blocks at a location at a half-day ≤ its zalen.

use std::collections::BTreeMap;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Zaal, says: "Op een locatie is niet meer tegelijk dan er zalen zijn.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut used = BTreeMap::new();
    for block in &plan.blocks {
        if let Some(location) = block.place.location {
            for moment in block.place.moments(roster) {
                *used.entry((location, moment)).or_insert(0_i64) += 1;
            }
        }
    }
    let limit = |location| i64::from(roster.locations[location].rooms);
    let full = used.into_iter().filter(|((location, _), used)| *used > limit(*location));
    full.map(|((location, moment), used)| {
        Breach::over(RULE.code, &format!("{} {moment}", roster.locations[location].id), used, limit(location))
    })
    .collect()
}
