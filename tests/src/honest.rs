//! Honest outcomes that no engine had a hand in: the second opinion's plan with values and reasons by the judge.

use std::time::Duration;

use loket_instances::matching::outcome::Technique;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::outcome::{Conflict, GoalResult, Outcome, Verdict, Work};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::judge;
use loket_solver::matching::judge::reasons::unplaced;
use loket_solver::matching::solve::plain::{PlainStatus, conflict_plain, solve_plain};

/// The outcome of the second opinion, with values and reasons by the judge: an honest outcome that no engine had a hand in.
pub fn plain_outcome(wave: &Wave) -> Outcome {
    let result = solve_plain(wave, &Unhurried);
    let (verdict, plan) = match result.status {
        PlainStatus::Optimal => (Verdict::Optimal, result.plan),
        PlainStatus::Impossible => (Verdict::Impossible, None),
        status => panic!("the second opinion ended with {status:?}"),
    };
    let values = plan.as_ref().map(|plan| judge(wave, plan, result.least_changes).values).unwrap_or_default();
    let goals = wave
        .policy
        .goals
        .iter()
        .zip(&result.best)
        .zip(&values)
        .map(|((goal, &best), &value)| GoalResult {
            best,
            bound: best,
            floor: goal.floor(best),
            value,
            time: Duration::ZERO,
            certificate: None,
        })
        .collect();
    let conflict = match verdict {
        Verdict::Impossible => conflict_plain(wave).expect("an impossible wave has a conflict"),
        _ => Vec::new(),
    };
    Outcome {
        verdict,
        goals,
        unplaced: plan.as_ref().map(|plan| unplaced(wave, plan, true)).unwrap_or_default(),
        plan,
        conflict: conflict.into_iter().map(|candidate| Conflict { candidate, rules: vec![RuleCode::Vast] }).collect(),
        least_changes: result.least_changes,
        work: Work::default(),
    }
}

/// The technique of an outcome made here.
pub fn technique(wave: &Wave) -> Technique {
    Technique { version: "test".into(), engine: "plain".into(), seed: wave.policy.seed, seconds: 0.0, memory_mib: None }
}
