//! Brute force: every plan of a tiny wave, accepted by the judge alone, and the best of them by the letter of docs/model.md.

use std::ops::ControlFlow;

use loket_solver::matching::facts::codes::RuleCode;
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::plan::{self, Placement, Plan};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge::rules::{Breach, Kind, RULES};
use loket_solver::matching::judge::{self, Judge};

/// More combinations than this are not enumerated.
pub const MOST_PLANS: u64 = 300_000;

/// What enumeration says of a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// V_i per goal, and the least number of changes when the policy limits them.
    Best {
        /// V_i in the order of the policy's goals.
        values: Vec<i64>,
        /// Least number of changes among plans that obey all other rules.
        least_changes: Option<u32>,
    },
    /// No plan obeys the locks; what remains of them, by their ids.
    Impossible {
        /// The irreducible set.
        conflict: Vec<String>,
    },
}

/// Enumerates the wave; `None` when it has more than [`MOST_PLANS`] combinations.
pub fn answer(wave: &Wave) -> Option<Answer> {
    let choices = choices(wave);
    let plans =
        choices.iter().try_fold(1_u64, |plans, choices| plans.checked_mul(1 + choices.len() as u64)).filter(|&plans| plans <= MOST_PLANS);
    plans?;
    let judge = Judge::new(wave);
    let mut found = Vec::new();
    let _ = every_plan(wave, &choices, &mut |plan| {
        let changes = match wave.policy.max_changes {
            Some(_) => judge.change_count(plan),
            None => 0,
        };
        found.push((changes, judge.values(plan)));
        ControlFlow::Continue(())
    });
    Some(match found.iter().map(|(changes, _)| *changes).min() {
        None => Answer::Impossible { conflict: conflict(wave) },
        Some(least) => {
            if let Some(more) = wave.policy.max_changes {
                found.retain(|(changes, _)| *changes <= least + more as usize);
            }
            let least_changes = wave.policy.max_changes.map(|_| u32::try_from(least).expect("a tiny wave"));
            Answer::Best { values: best(wave, found.into_iter().map(|(_, values)| values).collect()), least_changes }
        }
    })
}

/// V_i: the best value of goal i among plans with value_j ≥ V_j − floor(|V_j| · tolerance_j / 100) for every earlier j.
fn best(wave: &Wave, mut plans: Vec<Vec<i64>>) -> Vec<i64> {
    let mut best = Vec::new();
    for (position, goal) in wave.policy.goals.iter().enumerate() {
        let value = plans.iter().map(|values| values[position]).max().expect("each step keeps the plan that attains it");
        let slack = i128::from(value).abs() * i128::from(goal.tolerance_percent) / 100;
        let floor = value - i64::try_from(slack).expect("at most the value itself");
        plans.retain(|values| values[position] >= floor);
        best.push(value);
    }
    best
}

/// The locks that remain when they are dropped in turn, from last to first by the bytes of the candidate's id, while still
/// impossible.
fn conflict(wave: &Wave) -> Vec<String> {
    let mut wave = wave.clone();
    let mut locked: Vec<CandidateId> = wave.candidates.ids().filter(|&candidate| wave.candidates[candidate].lock.is_some()).collect();
    locked.sort_by_key(|&candidate| wave.candidates[candidate].id.clone().into_bytes());
    let mut remain = Vec::new();
    for &candidate in locked.iter().rev() {
        let lock = wave.candidates[candidate].lock.take();
        if possible(&wave) {
            wave.candidates[candidate].lock = lock;
            remain.push(wave.candidates[candidate].id.clone());
        }
    }
    remain.reverse();
    remain
}

fn possible(wave: &Wave) -> bool {
    every_plan(wave, &choices(wave), &mut |_| ControlFlow::Break(())).is_break()
}

/// Every candidate's placements that the judge's pair rules allow.
pub fn choices(wave: &Wave) -> Vec<Vec<Placement>> {
    wave.candidates
        .ids()
        .map(|candidate| {
            wave.seats
                .ids()
                .flat_map(|seat| wave.coaches.ids().map(move |coach| Placement { seat, coach }))
                .filter(|&placement| judge::allowed(wave, candidate, placement))
                .collect()
        })
        .collect()
}

/// Visits every plan that the judge accepts, `wijzigingen` aside, until the visitor breaks off.
pub fn every_plan(wave: &Wave, choices: &[Vec<Placement>], visit: &mut dyn FnMut(&Plan) -> ControlFlow<()>) -> ControlFlow<()> {
    let search = Search {
        wave,
        candidates: wave.candidates.ids().collect(),
        choices,
        shared: RULES
            .iter()
            .filter_map(|rule| match rule.kind {
                Kind::Shared { judge, .. } => Some(judge),
                Kind::Pair { .. } | Kind::Changes { .. } => None,
            })
            .collect(),
    };
    search.descend(0, &mut plan::empty(wave), visit)
}

/// The judge's half of a shared rule.
type Shared = fn(&Wave, &Plan) -> Vec<Breach>;

struct Search<'a> {
    wave: &'a Wave,
    candidates: Vec<CandidateId>,
    choices: &'a [Vec<Placement>],
    shared: Vec<Shared>,
}

impl Search<'_> {
    /// Decides the candidate at `depth` and goes on with the next one.
    fn descend(&self, depth: usize, plan: &mut Plan, visit: &mut dyn FnMut(&Plan) -> ControlFlow<()>) -> ControlFlow<()> {
        let Some(&candidate) = self.candidates.get(depth) else {
            return visit(plan);
        };
        let options = self.choices[depth].iter().copied().map(Some);
        for placement in std::iter::once(None).chain(options) {
            plan[candidate] = placement;
            if !self.hopeless(plan, depth + 1) {
                self.descend(depth + 1, plan, visit)?;
            }
        }
        plan[candidate] = None;
        ControlFlow::Continue(())
    }

    /// Whether no plan that agrees on the first `decided` candidates obeys the shared rules: a breach stays a breach when more
    /// people are placed, except one of `vast` by a candidate who is not decided yet.
    fn hopeless(&self, plan: &Plan, decided: usize) -> bool {
        self.shared.iter().any(|judge| {
            judge(self.wave, plan).iter().any(|breach| {
                breach.rule != RuleCode::Vast || breach.candidate.is_none_or(|candidate| !self.candidates[decided..].contains(&candidate))
            })
        })
    }
}
