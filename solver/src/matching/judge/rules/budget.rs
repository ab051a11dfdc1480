//! The plan stays within the budget: Σ h(c, s) · k.tarief_cent ≤ max_kosten_cent, when given (cents).

use crate::matching::facts::hours;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::placed;
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Budget,
    says: "De begeleiding kost niet meer dan het budget.",
    overrulable: false,
    kind: Kind::Shared { among: Among::All, weight: Weight::Cost, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    let limit = |at_most| Limit { rule: RULE.code, members: Members::All, weight: Weight::Cost, at_most, together: None };
    wave.policy.max_cost_cents.map(limit).into_iter().collect()
}

fn grow(wave: &mut Wave, _members: Members, at_most: i64) -> Option<()> {
    wave.policy.max_cost_cents = Some(at_most);
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let Some(at_most) = wave.policy.max_cost_cents else {
        return Vec::new();
    };
    let used = placed(plan)
        .map(|(candidate, placement)| {
            let hours = hours::hours(wave, candidate, placement.school(wave));
            i64::from(hours) * i64::from(wave.coaches[placement.coach].rate_cents)
        })
        .sum::<i64>();
    if used <= at_most {
        return Vec::new();
    }
    vec![Breach { rule: RULE.code, candidate: None, place: wave.id.clone(), used, at_most }]
}
