//! What the pair rules say of one placement, with what the candidate's lock overrules.

use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::ids::CandidateId;
use crate::matching::facts::plan::Placement;
use crate::matching::facts::wave::Wave;
use crate::matching::judge::rules::{self, RULES, Rule};

/// Whether the pair rules allow a placement, with what the candidate's lock overrules. Whether it agrees with the lock is `vast`.
pub fn allowed(wave: &Wave, candidate: CandidateId, placement: Placement) -> bool {
    RULES.iter().all(|rule| !forbids(wave, rule, candidate, placement))
}

/// The pair rules that forbid a placement, in the order of the list of rules.
pub fn blocking(wave: &Wave, candidate: CandidateId, placement: Placement) -> Vec<RuleCode> {
    RULES.iter().filter(|rule| forbids(wave, rule, candidate, placement)).map(|rule| rule.code).collect()
}

/// Whether this is a pair rule that forbids a placement and that the candidate's lock does not overrule.
pub fn forbids(wave: &Wave, rule: &Rule, candidate: CandidateId, placement: Placement) -> bool {
    let rules::Kind::Pair { judge, .. } = rule.kind else {
        return false;
    };
    let overruled = || {
        let lock = wave.candidates[candidate].lock.as_ref();
        rule.overrulable && lock.is_some_and(|it| it.despite.contains(&rule.code) && it.agrees(wave, placement))
    };
    !(judge(wave, candidate, placement) || overruled())
}
