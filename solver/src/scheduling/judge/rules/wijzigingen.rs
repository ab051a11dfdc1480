//! Changes ≤ the fewest changes among plans that obey all other rules + max_wijzigingen, when given (entries; of visits per coach).

use crate::scheduling::facts::codes::RuleCode;
use crate::scheduling::facts::roster::Roster;

use super::{Breach, Kind, Rule};

/// The rule.
pub const RULE: Rule =
    Rule { code: RuleCode::Wijzigingen, says: "Er verandert niet meer dan nodig is, en wat erbij mag.", kind: Kind::Changes(judge) };

fn judge(roster: &Roster, changes: i64, least: i64) -> Vec<Breach> {
    let Some(more) = roster.policy.max_changes.map(i64::from) else { return Vec::new() };
    if changes <= least + more {
        return Vec::new();
    }
    vec![Breach::over(RULE.code, &roster.id, changes, least + more)]
}
