//! Holds an answer against the truth of brute force (or of a stored case) and tells every difference.

use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;
use loket_solver::matching::solve::plain::{PlainResult, PlainStatus, conflict_plain};

use crate::brute::Answer;
use crate::support::names;

/// What the second opinion says otherwise than brute force.
pub fn against_plain(wave: &Wave, truth: &Answer, plain: &PlainResult) -> Vec<String> {
    let mut differences = Vec::new();
    match truth {
        Answer::Impossible { conflict } => {
            if plain.status != PlainStatus::Impossible {
                differences.push(format!("second opinion: {:?}", plain.status));
            }
            let found = conflict_plain(wave).map(|locks| names(wave, &locks));
            if found.as_ref() != Some(conflict) {
                differences.push(format!("second opinion: conflict {found:?}"));
            }
        }
        Answer::Best { values, least_changes } => {
            if plain.status != PlainStatus::Optimal || plain.best != *values || plain.least_changes != *least_changes {
                differences.push(format!("second opinion: {plain:?}"));
            }
            match &plain.plan {
                Some(plan) => {
                    let findings = judge::judge(wave, plan, *least_changes);
                    if !findings.breaches.is_empty() {
                        differences.push(format!("second opinion: {:?}", findings.breaches));
                    }
                    if findings.values.last() != values.last() {
                        differences.push(format!("the second opinion's plan is worth {:?}", findings.values));
                    }
                }
                None => differences.push("second opinion: no plan".into()),
            }
        }
    }
    differences
}

/// What the engine says otherwise than brute force, and what of its outcome is not true by the judge.
pub fn against_engine(wave: &Wave, truth: &Answer, outcome: &Outcome) -> Vec<String> {
    let mut differences = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            differences.push(format!("engine: {what}"));
        }
    };
    match truth {
        Answer::Impossible { conflict } => {
            let found: Vec<_> = outcome.conflict.iter().map(|it| it.candidate).collect();
            let found = names(wave, &found);
            expect(
                outcome.verdict == Verdict::Impossible && outcome.plan.is_none(),
                format!("{:?} on an impossible wave", outcome.verdict),
            );
            expect(found == *conflict, format!("conflict {found:?}"));
            expect(outcome.conflict.iter().all(|lock| !lock.rules.is_empty()), "a lock in the conflict meets no rule".into());
        }
        Answer::Best { values, least_changes } => {
            let best: Vec<i64> = outcome.goals.iter().map(|goal| goal.best).collect();
            expect(outcome.verdict == Verdict::Optimal && best == *values, format!("{:?} with {best:?}", outcome.verdict));
            expect(outcome.goals.iter().all(|goal| goal.proven()), format!("not every goal is proven: {:?}", outcome.goals));
            expect(outcome.least_changes == *least_changes, format!("least changes {:?}", outcome.least_changes));
            let Some(plan) = &outcome.plan else {
                expect(false, "no plan".into());
                return differences;
            };
            let findings = judge::judge(wave, plan, *least_changes);
            expect(findings.breaches.is_empty(), format!("{:?}", findings.breaches));
            let shown: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
            expect(shown == findings.values, format!("shows {shown:?}, the judge counts {:?}", findings.values));
            expect(shown.last() == values.last(), format!("the plan shown misses the last goal's best: {shown:?}"));
            for (goal, result) in wave.policy.goals.iter().zip(&outcome.goals) {
                expect(
                    result.floor == goal.floor(result.best) && result.value >= result.floor,
                    format!("floor of {}: {result:?}", goal.name),
                );
            }
            let unplaced: Vec<_> = outcome.unplaced.iter().map(|(who, _)| *who).collect();
            let mut expected = wave.candidates_by_row();
            expected.retain(|&candidate| plan[candidate].is_none());
            expect(unplaced == expected, "the unplaced are not listed in the order of the file".into());
            expect(outcome.unplaced.iter().all(|(_, reasons)| !reasons.is_empty()), "an unplaced candidate has no reason".into());
        }
    }
    differences
}
