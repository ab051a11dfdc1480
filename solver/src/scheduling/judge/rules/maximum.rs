//! Blocks of a staff person in this plan ≤ maximum, when there is one (lopend does not count).

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Maximum, says: "Niemand heeft meer dan zijn maximum.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let limited = roster.people.pairs().filter_map(|(person, row)| Some((person, row, i64::from(row.maximum?))));
    limited
        .filter_map(|(person, row, most)| {
            let used = plan.blocks.iter().filter(|block| block.has(person)).count() as i64;
            (used > most).then(|| Breach::over(RULE.code, &row.id, used, most))
        })
        .collect()
}
