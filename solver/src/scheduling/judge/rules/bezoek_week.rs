//! Visits of a placement in a week ≤ bezoeken_per_week, and at most one on a date.

use std::collections::BTreeMap;

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule {
    code: RuleCode::BezoekWeek,
    says: "De bezoeken van één plaatsing zijn over weken en dagen verdeeld.",
    kind: Kind::Shared(judge),
};

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(visits) = roster.visits() else { return Vec::new() };
    let (mut weeks, mut days) = (BTreeMap::new(), BTreeMap::new());
    for block in &plan.blocks {
        for moment in block.place.moments(roster) {
            for &unit in &block.members {
                *weeks.entry((unit, moment.week())).or_insert(0_i64) += 1;
                *days.entry((unit, moment.day)).or_insert(0_i64) += 1;
            }
        }
    }
    let most = i64::from(visits.per_week);
    let weeks = weeks.into_iter().filter(|(_, used)| *used > most).map(|(at, used)| (at, used, most));
    let days = days.into_iter().filter(|(_, used)| *used > 1).map(|(at, used)| (at, used, 1));
    weeks
        .chain(days)
        .map(|((unit, day), used, most)| Breach::over(RULE.code, &format!("{} {day}", roster.units[unit].id), used, most).of(unit))
        .collect()
}
