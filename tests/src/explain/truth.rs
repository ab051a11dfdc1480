//! What is true of a changed wave, from every plan that the judge accepts.

use std::ops::ControlFlow;

use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::Judge;
use loket_solver::matching::judge::terms::Kind;

use crate::brute::{choices, every_plan};

/// More combinations than this are not enumerated; a statement about them is passed over.
const MOST_PLANS: u64 = 60_000;

/// V_i and the fewest differences.
#[derive(Debug)]
pub(super) struct Truth {
    pub(super) values: Vec<i64>,
    pub(super) movers: usize,
}

/// How many combinations of placements there are.
pub(super) fn size(wave: &Wave) -> Option<u64> {
    choices(wave).iter().try_fold(1_u64, |plans, choices| plans.checked_mul(1 + choices.len() as u64))
}

/// Every plan that the judge accepts, `only` picks and `wijzigingen` leaves; `None` when there are too many.
pub(super) fn plans(wave: &Wave, only: &dyn Fn(&Plan) -> bool) -> Option<Vec<Plan>> {
    size(wave).filter(|&size| size <= MOST_PLANS)?;
    let judge = Judge::new(wave);
    let mut found = Vec::new();
    let _ = every_plan(wave, &choices(wave), &mut |plan| {
        if only(plan) {
            found.push((judge.change_count(plan), plan.clone()));
        }
        ControlFlow::Continue(())
    });
    if let Some(more) = wave.policy.max_changes {
        let least = found.iter().map(|(changes, _)| *changes).min().unwrap_or(0);
        found.retain(|(changes, _)| *changes <= least + more as usize);
    }
    Some(found.into_iter().map(|(_, plan)| plan).collect())
}

/// The plans that attain every goal, with V_i; none when no plan counts.
pub(super) fn best(wave: &Wave, mut plans: Vec<Plan>) -> Option<(Vec<i64>, Vec<Plan>)> {
    let judge = Judge::new(wave);
    let mut best = Vec::new();
    for (position, goal) in wave.policy.goals.iter().enumerate() {
        let values: Vec<i64> = plans.iter().map(|plan| judge.values(plan)[position]).collect();
        let value = values.iter().copied().max()?;
        let slack = i128::from(value).abs() * i128::from(goal.tolerance_percent) / 100;
        let floor = value - i64::try_from(slack).expect("at most the value itself");
        let mut at = 0;
        plans.retain(|_| {
            at += 1;
            values[at - 1] >= floor
        });
        best.push(value);
    }
    Some((best, plans))
}

/// How many people two plans place differently.
pub(super) fn differences(wave: &Wave, one: &Plan, other: &Plan) -> usize {
    wave.candidates.ids().filter(|&candidate| one[candidate] != other[candidate]).count()
}

/// What is true; the outer `None` when it was not enumerated, the inner one when no plan counts.
#[expect(clippy::option_option, reason = "not enumerated and impossible are two things")]
pub(super) fn truth(wave: &Wave, shown: &Plan, only: &dyn Fn(&Plan) -> bool) -> Option<Option<Truth>> {
    let plans = plans(wave, only)?;
    Some(best(wave, plans).and_then(|(values, plans)| {
        let movers = plans.iter().map(|plan| differences(wave, shown, plan)).min()?;
        Some(Truth { values, movers })
    }))
}

/// Whether a plan obeys every rule but `wijzigingen`.
pub(super) fn obeys(wave: &Wave, plan: &Plan) -> bool {
    Judge::new(wave).obeys(plan, None)
}

/// Goal 1 without the points of one candidate's own placement.
fn others(wave: &Wave, judge: &Judge<'_>, plan: &Plan, candidate: CandidateId) -> i64 {
    let own = plan[candidate].map_or(0, |placement| {
        wave.policy.goals[0]
            .weights
            .iter()
            .map(|&(code, weight)| match code.term().kind {
                Kind::Placement { judge, .. } => weight * judge(wave, candidate, placement),
                Kind::Load { .. } => 0,
            })
            .sum()
    });
    judge.values(plan)[0] - own
}

/// Whether some plan places the candidate while goal 1 is for the others no lower than in the plan shown of the wave as it was.
pub(super) fn room(wave: &Wave, before: &Wave, shown: &Plan, candidate: CandidateId) -> Option<bool> {
    let wanted = others(before, &Judge::new(before), shown, candidate);
    let judge = Judge::new(wave);
    let plans = plans(wave, &|plan| plan[candidate].is_some())?;
    Some(plans.iter().any(|plan| others(wave, &judge, plan, candidate) >= wanted))
}
