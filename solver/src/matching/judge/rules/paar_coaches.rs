//! Two people never have one coach (pairs of kind andere_coach).

use crate::matching::facts::plan::Plan;
use crate::matching::facts::together::Together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::PairKind;

use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight, pairs};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::PaarCoaches,
    says: "Wie niet dezelfde coach mag krijgen, krijgt niet dezelfde coach.",
    overrulable: false,
    kind: Kind::Shared { among: Among::Pair, weight: Weight::One, write, grow, judge },
};

fn write(wave: &Wave) -> Vec<Limit> {
    pairs::rows(wave, PairKind::OtherCoach, |one, other| wave.coaches.ids().map(move |coach| Together::Coach(one, other, coach)))
}

fn grow(wave: &mut Wave, members: Members, at_most: i64) -> Option<()> {
    pairs::let_go(wave, PairKind::OtherCoach, members, at_most)
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    pairs::judge(wave, plan, PairKind::OtherCoach, RULE.code, |one, other| one.coach != other.coach)
}
