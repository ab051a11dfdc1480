//! Two people have one coach: both have the same coach, or at most one of them is placed (pairs of kind zelfde_coach).

use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::{Half, Together};
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::PairKind;

use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight, pairs};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::PaarCoach,
    says: "Wie dezelfde coach moet krijgen, krijgt dezelfde coach.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Pair, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    pairs::rows(wave, PairKind::SameCoach, |one, other| Half::all(wave.coaches.len()).map(move |half| Together::Coaches(one, other, half)))
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    pairs::let_go(wave, PairKind::SameCoach, members, at_most)
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    pairs::judge(wave, plan, PairKind::SameCoach, RULE.code, |one, other| one.coach == other.coach)
}
