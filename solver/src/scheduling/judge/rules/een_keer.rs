//! A member is in at most one block (of one visit: in a tour once); an offer runs at most once.

use std::collections::BTreeMap;

use crate::common::tables::Table;
use crate::scheduling::facts::codes::Kind as Problem;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::EenKeer, says: "Niemand wordt twee keer gepland en geen aanbod loopt twee keer.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut times = Table::filled(roster.units.len(), 0_i64);
    let mut runs = BTreeMap::new();
    for block in &plan.blocks {
        for (at, &unit) in block.members.iter().enumerate() {
            let again = block.members[..at].contains(&unit);
            times[unit] += i64::from(roster.kind() != Problem::Visits || again);
        }
        if let Some(offer) = block.place.offer(roster) {
            *runs.entry(offer).or_insert(0_i64) += 1;
        }
    }
    let most = i64::from(roster.kind() != Problem::Visits);
    for (unit, &used) in times.pairs().filter(|(_, used)| **used > most) {
        breaches.push(Breach::over(RULE.code, &roster.units[unit].id, used, most).of(unit));
    }
    if let Some(courses) = roster.courses() {
        let often = runs.into_iter().filter(|(_, used)| *used > 1);
        breaches.extend(often.map(|(offer, used)| Breach::over(RULE.code, &courses.offers[offer].id, used, 1)));
    }
    breaches
}
