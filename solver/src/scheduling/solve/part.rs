//! One part of a roster at work: the fewest changes first when the policy limits them, then each goal on what the goals before it left.

use std::time::Duration;

use crate::common::control::{Control, Progress};
use crate::scheduling::facts::outcome::Work;
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;

use super::plain::{Form, Lock};
use super::pursue::{Objective, Pursued, Run};
use super::quick;

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

/// What is known of a part before any goal is looked at.
pub(super) enum Begun {
    /// A plan that the judge passes.
    With(Plan),
    /// No plan yet.
    Without,
    /// Its locks cannot all be met.
    Impossible,
}

/// A plan to begin with: of visits a quick one, and where locks let none be made quickly, the first that a search finds. The second opinion begins
/// with nothing of what it is held against.
pub(super) fn begin(roster: &Roster, form: Form, control: &dyn Control, work: &mut Work) -> Begun {
    if roster.visits().is_none() || form == Form::Enumerated {
        return Begun::Without;
    }
    if let Some(plan) = quick::plan(roster) {
        return Begun::With(plan);
    }
    let mut run = Run::new(roster, form, control);
    let pursued = run.pursue(Objective::Any);
    count(&run, work);
    match (pursued, run.known) {
        (Pursued::Impossible, _) => Begun::Impossible,
        (_, Some(plan)) => Begun::With(plan),
        (_, None) => Begun::Without,
    }
}

/// Solves a part, from what it began with.
pub(super) fn solve(roster: &Roster, form: Form, begun: Begun, control: &dyn Control, work: &mut Work) -> Ended {
    let plan = match begun {
        Begun::With(plan) => Some(plan),
        Begun::Without => None,
        Begun::Impossible => return Ended::Impossible,
    };
    let mut run = Run::from(roster, form, control, plan);
    let ended = goals(&mut run);
    count(&run, work);
    ended
}

fn count(run: &Run<'_>, work: &mut Work) {
    work.columns = work.columns.max(run.columns as u64);
    work.programs += run.programs;
}

/// The fewest entries of a part that must change; nothing when that is not known.
pub(super) fn least_changes(roster: &Roster, control: &dyn Control) -> Option<u32> {
    let mut run = Run::from(roster, Form::Open, control, quick::plan(roster));
    match run.pursue(Objective::Kept) {
        Pursued::Best(kept) => u32::try_from(run.keepable() - kept).ok(),
        Pursued::Impossible | Pursued::Open { .. } => None,
    }
}

fn goals(run: &mut Run<'_>) -> Ended {
    let (roster, control) = (run.roster, run.control);
    let mut least_changes = 0;
    if let Some(more) = roster.policy.max_changes {
        match run.pursue(Objective::Kept) {
            Pursued::Best(kept) => {
                least_changes = u32::try_from(run.keepable() - kept).unwrap_or(0);
                run.keep(Objective::Kept, kept - i64::from(more));
            }
            Pursued::Impossible => return Ended::Impossible,
            Pursued::Open { .. } => return Ended::Stopped,
        }
    }
    let mut goals: Vec<Known> = Vec::new();
    for (at, goal) in roster.policy.goals.iter().enumerate() {
        let began = control.elapsed();
        // After a goal that is not proven nobody knows on what face this one is best: then no bound may meet the best value.
        let sure = goals.iter().all(|goal| goal.best == goal.bound);
        let (best, bound) = match run.pursue(Objective::Goal(at)) {
            Pursued::Best(value) if sure => (value, value),
            Pursued::Best(value) => (value, run.ceiling(Objective::Goal(at)).unwrap_or(value).max(value + 1)),
            Pursued::Open { best: Some(best), bound } => (best, bound.max(if sure { best } else { best + 1 })),
            Pursued::Impossible => return Ended::Impossible,
            Pursued::Open { best: None, .. } => return Ended::Stopped,
        };
        run.keep(Objective::Goal(at), goal.floor(best));
        goals.push(Known { best, bound, time: control.elapsed().saturating_sub(began) });
        control.progress(&Progress {
            goal: at,
            name: &goal.name,
            value: Some(best),
            bound: Some(bound),
            columns: run.columns as u64,
            nodes: 0,
            finished: true,
        });
    }
    if run.known.is_none() {
        // No goals at all and locks: a plan is still to be found.
        match run.pursue(Objective::Any) {
            Pursued::Impossible => return Ended::Impossible,
            Pursued::Best(_) | Pursued::Open { .. } => {}
        }
    }
    match run.known.take() {
        Some(plan) => Ended::Solved(Solved { plan, goals, least_changes }),
        None => Ended::Stopped,
    }
}
