//! A coach's candidates also fit in the coach's hours for the next phase: Σ hv(c) over the placements with k ≤ k.uren_vervolg, when given (hours).

use crate::common::tables::Table;
use crate::matching::facts::hours;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::{over, placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::CoachVervolg,
    says: "De kandidaten van een coach passen ook in de uren van de coach voor de volgende fase.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Coach, weight: Weight::NextHours, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    wave.coaches
        .pairs()
        .filter_map(|(coach, row)| {
            Some(Limit {
                rule: RULE.code,
                members: Members::Coach(coach),
                weight: Weight::NextHours,
                at_most: i64::from(row.next_hours?),
                together: None,
            })
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::Coach(coach) = members else { return None };
    wave.coaches[coach].next_hours = Some(whole(at_most));
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.coaches.len(), 0);
    for (candidate, placement) in placed(plan) {
        used[placement.coach] += i64::from(hours::next_hours(wave, candidate));
    }
    let limit = |coach| wave.coaches[coach].next_hours.map(i64::from);
    over(RULE.code, &used, limit, |coach| wave.coaches[coach].id.clone())
}
