//! A person's sessions on one date are at one location.

use std::collections::{BTreeMap, BTreeSet};

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::PlaatsDag, says: "Niemand hoeft op een dag van de ene locatie naar de andere.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut locations: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for block in &plan.blocks {
        for moment in block.place.moments(roster) {
            for seat in &block.staff {
                locations.entry((seat.person, moment.day)).or_default().insert(block.place.location);
            }
        }
    }
    let apart = locations.into_iter().filter(|(_, locations)| locations.len() > 1);
    apart
        .map(|((person, day), locations)| {
            Breach::over(RULE.code, &format!("{} {day}", roster.people[person].id), locations.len() as i64, 1)
        })
        .collect()
}
