//! Two people come to one school: both are placed at the same school, or at most one of them is placed (pairs of kind samen).

use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::{Half, Together};
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::PairKind;

use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight, pairs};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::PaarSamen,
    says: "Wie samen geplaatst moet worden, komt op dezelfde school.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Pair, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    pairs::rows(wave, PairKind::Together, |one, other| Half::all(wave.schools.len()).map(move |half| Together::Schools(one, other, half)))
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    pairs::let_go(wave, PairKind::Together, members, at_most)
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    pairs::judge(wave, plan, PairKind::Together, RULE.code, |one, other| one.school(wave) == other.school(wave))
}
