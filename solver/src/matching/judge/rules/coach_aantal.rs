//! A coach follows no more candidates than the maximum: placements with k ≤ k.maximum (placements).

use crate::common::tables::Table;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::{over, placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachAantal,
    says: "Een coach begeleidt niet meer kandidaten dan het maximum van de coach.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Coach, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    wave.coaches
        .pairs()
        .map(|(coach, row)| Limit {
            rule: RULE.code,
            members: Members::Coach(coach),
            weight: Weight::One,
            at_most: i64::from(row.maximum),
            together: None,
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::Coach(coach) = members else { return None };
    wave.coaches[coach].maximum = whole(at_most);
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.coaches.len(), 0);
    for (_, placement) in placed(plan) {
        used[placement.coach] += 1;
    }
    let limit = |coach| Some(wave.coaches[coach].maximum.into());
    over(RULE.code, &used, limit, |coach| wave.coaches[coach].id.clone())
}
