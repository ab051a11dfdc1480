//! A school takes no more than its maximum: placements at s ≤ s.maximum, when given (placements).

use crate::common::tables::Table;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::{over, placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::SchoolMaximum,
    says: "Op een school komen niet meer kandidaten dan het maximum van de school.",
    overrulable: false,
    kind: Kind::Shared { among: Among::School, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    wave.schools
        .pairs()
        .filter_map(|(school, row)| {
            Some(Limit {
                rule: RULE.code,
                members: Members::School(school),
                weight: Weight::One,
                at_most: i64::from(row.maximum?),
                together: None,
            })
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::School(school) = members else { return None };
    wave.schools[school].maximum = Some(whole(at_most));
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.schools.len(), 0);
    for (_, placement) in placed(plan) {
        used[placement.school(wave)] += 1;
    }
    let limit = |school| wave.schools[school].maximum.map(i64::from);
    over(RULE.code, &used, limit, |school| wave.schools[school].id.clone())
}
