//! What the rules about two people have in common: their rows, how one is let go, and who breaks it.

use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::{Placement, Plan};
use crate::matching::facts::together::Together;
use crate::matching::facts::wave::Wave;
use crate::matching::facts::words::PairKind;

use super::{Breach, Limit, Members, RuleCode, Weight};

/// The rows of every pair of a kind.
pub(super) fn rows<R: Iterator<Item = Together>>(wave: &Wave, kind: PairKind, rows: impl Fn(CandidateId, CandidateId) -> R) -> Vec<Limit> {
    let limit = |row: Together, one, other| Limit {
        rule: row.rule(),
        members: Members::Pair(one, other),
        weight: Weight::One,
        at_most: 1,
        together: Some(row),
    };
    let pairs = wave.pairs.iter().filter(|pair| pair.kind == kind);
    pairs.flat_map(|pair| rows(pair.one, pair.other).map(|row| limit(row, pair.one, pair.other))).collect()
}

/// Room for both is a pair that no longer holds.
pub(super) fn let_go(wave: &mut Wave, kind: PairKind, members: Members, at_most: i64) -> Option<()> {
    let Members::Pair(one, other) = members else { return None };
    wave.pairs.retain(|pair| at_most < 2 || pair.kind != kind || (pair.one, pair.other) != (one, other));
    Some(())
}

/// A breach for every pair of a kind who are both placed and do not suit each other.
pub(super) fn judge(wave: &Wave, plan: &Plan, kind: PairKind, rule: RuleCode, suits: impl Fn(Placement, Placement) -> bool) -> Vec<Breach> {
    let pairs = wave.pairs.iter().filter(|pair| pair.kind == kind);
    let broken = pairs.filter(|pair| plan[pair.one].zip(plan[pair.other]).is_some_and(|(one, other)| !suits(one, other)));
    let name = |it: CandidateId| &wave.candidates[it].id;
    broken
        .map(|pair| Breach { rule, candidate: None, place: format!("{}:{}", name(pair.one), name(pair.other)), used: 2, at_most: 1 })
        .collect()
}
