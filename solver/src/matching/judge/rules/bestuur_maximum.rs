//! A board takes no more than its maximum: placements at its schools ≤ bestuur.maximum, when given (placements).

use crate::common::tables::Table;
use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::tally::{over, placed, whole};
use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::BestuurMaximum,
    says: "Bij een bestuur komen niet meer kandidaten dan het maximum van het bestuur.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Board, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    wave.boards
        .pairs()
        .filter_map(|(board, row)| {
            Some(Limit {
                rule: RULE.code,
                members: Members::Board(board),
                weight: Weight::One,
                at_most: i64::from(row.maximum?),
                together: None,
            })
        })
        .collect()
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    let Members::Board(board) = members else { return None };
    wave.boards[board].maximum = Some(whole(at_most));
    Some(())
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    let mut used = Table::filled(wave.boards.len(), 0);
    for (_, placement) in placed(plan) {
        used[wave.school_of(placement.seat).board] += 1;
    }
    let limit = |board| wave.boards[board].maximum.map(i64::from);
    over(RULE.code, &used, limit, |board| wave.boards[board].id.clone())
}
