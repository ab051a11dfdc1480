//! Number of groups ≤ groepen_max, when given; each name of a group of before goes on in at most one group.

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Groepen, says: "Er zijn niet meer groepen dan er mogen zijn.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let Some(groups) = roster.groups() else { return Vec::new() };
    let used = plan.blocks.len() as i64;
    let mut breaches = Vec::new();
    if let Some(most) = groups.most_groups.map(i64::from).filter(|most| used > *most) {
        breaches.push(Breach::over(RULE.code, &roster.id, used, most));
    }
    for (name, text) in groups.names.pairs() {
        let used = plan.blocks.iter().filter(|block| block.follows == Some(name)).count() as i64;
        if used > 1 {
            breaches.push(Breach::over(RULE.code, text, used, 1));
        }
    }
    breaches
}
