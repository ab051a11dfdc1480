//! Minutes of a staff person ≤ 60 · uren, when given (not interviews; minutes).

use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule, RuleCode};
use crate::scheduling::judge::cost::minutes;

/// The rule.
pub const RULE: Rule = Rule { code: RuleCode::Uren, says: "Niemand maakt meer uren dan er zijn.", kind: Kind::Shared(judge) };

fn judge(roster: &Roster, plan: &Plan) -> Vec<Breach> {
    let limited = roster.people.pairs().filter_map(|(person, row)| Some((person, row, 60 * i64::from(row.hours?))));
    limited
        .filter_map(|(person, row, most)| {
            let used = plan.blocks.iter().filter(|block| block.has(person)).map(|block| minutes(roster, block)).sum::<i64>();
            (used > most).then(|| Breach::over(RULE.code, &row.id, used, most))
        })
        .collect()
}
