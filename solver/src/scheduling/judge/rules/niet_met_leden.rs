//! No two fellow members of whom one names the other (peer groups, courses).

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::NietMet, says: "Wie niet met elkaar mogen, zitten niet in één groep.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for block in &plan.blocks {
        for (at, &unit) in block.members.iter().enumerate() {
            let near = block.members[..at].iter().filter(|other| roster.units[unit].avoids_fellows.contains(other));
            breaches.extend(near.map(|_| Breach::over(RULE.code, &roster.units[unit].id, 2, 1).of(unit)));
        }
    }
    breaches
}
