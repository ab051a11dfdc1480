//! Two people never come to one school (pairs of kind apart).

use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::Together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::PairKind;

use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight, pairs};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::PaarApart,
    says: "Wie niet samen geplaatst mag worden, komt niet op dezelfde school.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Pair, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    pairs::rows(wave, PairKind::Apart, |one, other| wave.schools.ids().map(move |school| Together::School(one, other, school)))
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    pairs::let_go(wave, PairKind::Apart, members, at_most)
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    pairs::judge(wave, plan, PairKind::Apart, RULE.code, |one, other| one.school(wave) != other.school(wave))
}
