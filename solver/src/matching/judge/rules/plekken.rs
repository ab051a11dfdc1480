//! A seat group holds no more than its seats: placements at p ≤ n(p) (placements).

use crate::common::tables::Table;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::{over, placed, seat_name, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Plekken,
    says: "Op een plek komen niet meer kandidaten dan er ruimte is.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Seat, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    wave.seats
        .pairs()
        .map(|(seat, row)| Limit {
            rule: RULE.code,
            members: Members::Seat(seat),
            weight: Weight::One,
            at_most: i64::from(row.count),
            together: None,
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::Seat(seat) = members else { return None };
    wave.seats[seat].count = whole(at_most);
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.seats.len(), 0);
    for (_, placement) in placed(plan) {
        used[placement.seat] += 1;
    }
    let limit = |seat| Some(wave.seats[seat].count.into());
    over(RULE.code, &used, limit, |seat| seat_name(wave, seat))
}
