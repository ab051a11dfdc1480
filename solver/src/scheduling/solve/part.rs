//! One part of a roster at work: the fewest changes first when the policy limits them, then each goal on what the goals before it left.

use std::time::Duration;

use crate::common::control::{Control, Progress};
use crate::scheduling::facts::outcome::Work;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::{Judge, breaches, value as value_of};

use super::plain::{Form, Found, Lock, Model};

/// How a part ended.
pub(super) enum Ended {
    /// With a plan that the judge passes.
    Solved(Solved),
    /// Its locks cannot all be met.
    Impossible,
    /// Without a plan.
    Stopped,
}

/// What is known of a part.
pub(super) struct Solved {
    pub plan: Plan,
    pub goals: Vec<Known>,
    /// Fewest changes, when the policy limits them.
    pub least_changes: u32,
}

/// What is known of one goal of a part.
pub(super) struct Known {
    pub best: i64,
    /// Largest integer not excluded.
    pub bound: i64,
    pub time: Duration,
}

/// Every lock of a roster, in the order of (unit id, half-day).
pub(super) fn locks(roster: &Roster) -> Vec<Lock> {
    let all = roster.units.pairs().flat_map(|(unit, row)| (0..row.locks.len()).map(move |at| Lock { unit, at }));
    let mut locks: Vec<Lock> = all.collect();
    locks.sort_by_cached_key(|lock| super::lock_order(roster, lock.unit, lock.at));
    locks
}

/// Solves a part.
pub(super) fn solve(roster: &Roster, form: Form, control: &dyn Control, work: &mut Work) -> Ended {
    let judge = Judge::new(roster);
    let Some(mut model) = Model::new(roster, &locks(roster), &[], form) else { return Ended::Stopped };
    // The empty plan obeys every rule of a roster without locks.
    let mut known = Some(Plan::default()).filter(|plan| breaches(roster, plan).is_empty());
    let mut least_changes = 0;
    if let Some(more) = roster.policy.max_changes {
        let entries = model.kept();
        let keepable = judge.keepable().entries().len() as i64;
        let kept = |plan: &Plan| keepable - judge.changes(plan).changed.len() as i64;
        work.programs += 1;
        match model.maximise(&entries, &kept, known.as_ref().map(kept), control.left()) {
            Found::Best { value, plan } => {
                least_changes = u32::try_from(keepable - value).unwrap_or(0);
                model.keep_at_least(&entries, value - i64::from(more));
                known = Some(plan);
            }
            Found::Impossible => return Ended::Impossible,
            Found::Open { .. } => return Ended::Stopped,
        }
    }
    let mut goals: Vec<Known> = Vec::new();
    for (at, goal) in roster.policy.goals.iter().enumerate() {
        let began = control.elapsed();
        let entries = model.goal(goal);
        work.columns = work.columns.max(model.columns() as u64);
        let value = known.as_ref().map(|plan| value_of(roster, goal, plan));
        let found = match control.over() {
            true => Found::Open { bound: model.ceiling(&entries) },
            false => {
                work.programs += 1;
                model.best(goal, &entries, value, control.left())
            }
        };
        // After a goal that is not proven nobody knows on what face this one is best: then no bound may meet the best value.
        let sure = goals.iter().all(|goal| goal.best == goal.bound);
        let open = |best: i64, bound: i64| (best, bound.max(if sure { best } else { best + 1 }));
        let (best, bound) = match (found, value) {
            (Found::Best { value, plan }, _) => {
                known = Some(plan);
                if sure { (value, value) } else { open(value, model.ceiling(&entries)) }
            }
            (Found::Open { bound }, Some(value)) => open(value, bound),
            (Found::Impossible, None) => return Ended::Impossible,
            (Found::Impossible, Some(value)) => open(value, model.ceiling(&entries).max(value + 1)),
            (Found::Open { .. }, None) => return Ended::Stopped,
        };
        model.keep_at_least(&entries, goal.floor(best));
        model.blocks_needed(goal, goal.floor(best));
        let time = control.elapsed().saturating_sub(began);
        goals.push(Known { best, bound, time });
        control.progress(&Progress {
            goal: at,
            name: &goal.name,
            value: Some(best),
            bound: Some(bound),
            columns: model.columns() as u64,
            nodes: 0,
            finished: true,
        });
    }
    match known {
        Some(plan) => Ended::Solved(Solved { plan, goals, least_changes }),
        // No goals at all and locks: a plan is still to be found.
        None => match model.maximise(&[], &|_| 0, None, control.left()) {
            Found::Best { plan, .. } => Ended::Solved(Solved { plan, goals, least_changes }),
            Found::Impossible => Ended::Impossible,
            Found::Open { .. } => Ended::Stopped,
        },
    }
}
