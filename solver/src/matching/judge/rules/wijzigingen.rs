//! A rerun changes few people: changes ≤ least number of changes among plans that obey all other rules + max_wijzigingen (people).

use crate::matching::facts::wave::Wave;

use super::{Breach, Kind, Rule, RuleCode};

/// The rule. The model writes its row itself, from what can be kept and the least number of changes found first.
pub const RULE: Rule = Rule {
    code: RuleCode::Wijzigingen,
    says: "Bij opnieuw plannen verandert er niet meer dan nodig en afgesproken is.",
    overrulable: false,
    kind: Kind::Changes { judge },
};

fn judge(wave: &Wave, changed: usize, least: u32) -> Vec<Breach> {
    let Some(more) = wave.policy.max_changes else {
        return Vec::new();
    };
    let at_most = i64::from(least) + i64::from(more);
    let used = i64::try_from(changed).unwrap_or(i64::MAX);
    if used <= at_most {
        return Vec::new();
    }
    vec![Breach { rule: RULE.code, candidate: None, place: wave.id.clone(), used, at_most }]
}
