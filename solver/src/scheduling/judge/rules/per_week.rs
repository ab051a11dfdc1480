//! Half-days a person is staff in one week ≤ per_week.

use std::collections::{BTreeMap, BTreeSet};

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::PerWeek, says: "Niemand zit in een week vaker dan afgesproken.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut half_days: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for block in &plan.blocks {
        for moment in block.place.moments(roster) {
            for seat in &block.staff {
                half_days.entry((seat.person, moment.week())).or_default().insert(moment);
            }
        }
    }
    let limit = |person| i64::from(roster.people[person].per_week);
    let counted = half_days.into_iter().map(|((person, when), half_days)| (person, when, half_days.len() as i64));
    counted
        .filter(|&(person, _, used)| used > limit(person))
        .map(|(person, when, used)| Breach::over(RULE.code, &format!("{} {when}", roster.people[person].id), used, limit(person)))
        .collect()
}
