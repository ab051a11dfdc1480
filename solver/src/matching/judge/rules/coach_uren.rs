//! A coach's candidates fit in the coach's hours: Σ h(c, s) over the placements with k ≤ k.uren (hours).

use crate::common::tables::Table;
use crate::matching::facts::hours;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::{over, placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachUren,
    says: "De kandidaten van een coach passen in de uren van de coach.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Coach, weight: Weight::Hours, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    wave.coaches
        .pairs()
        .map(|(coach, row)| Limit {
            rule: RULE.code,
            members: Members::Coach(coach),
            weight: Weight::Hours,
            at_most: i64::from(row.hours),
            together: None,
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::Coach(coach) = members else { return None };
    wave.coaches[coach].hours = whole(at_most);
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.coaches.len(), 0);
    for (candidate, placement) in placed(plan) {
        used[placement.coach] += i64::from(hours::hours(wave, candidate, placement.school(wave)));
    }
    let limit = |coach| Some(wave.coaches[coach].hours.into());
    over(RULE.code, &used, limit, |coach| wave.coaches[coach].id.clone())
}
