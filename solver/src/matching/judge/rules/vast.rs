//! A locked candidate is placed and agrees with every field the lock names (placements that are missing or disagree; none may).

use crate::matching::facts::plan::Plan;
use crate::matching::facts::wave::Wave;

use super::{Among, Breach, Kind, Limit, Members, Rule, RuleCode, Weight};

/// The rule with both halves.
pub const RULE: Rule = Rule {
    code: RuleCode::Vast,
    says: "Wie vastgezet is, krijgt precies wat is vastgezet.",
    overrulable: false,
    kind: Kind::Shared { among: Among::All, weight: Weight::One, write, grow: never, judge },
};

/// No rows: the model gives every candidate a row of its own, an equality for a locked one, and drops what disagrees with a lock.
fn write(_wave: &Wave) -> Vec<Limit> {
    Vec::new()
}

/// A lock has no limit that could be wider.
fn never(_wave: &mut Wave, _members: Members, _at_most: i64) -> Option<()> {
    None
}

fn judge(wave: &Wave, plan: &Plan) -> Vec<Breach> {
    wave.candidates
        .pairs()
        .filter_map(|(candidate, person)| {
            let lock = person.lock.as_ref()?;
            let kept = plan[candidate].is_some_and(|placement| lock.agrees(wave, placement));
            (!kept).then(|| Breach { rule: RULE.code, candidate: Some(candidate), place: person.id.clone(), used: 1, at_most: 0 })
        })
        .collect()
}
