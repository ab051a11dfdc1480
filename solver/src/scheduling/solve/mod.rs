//! Solves a roster: every goal in order, proven where the time allows, and judged before anyone sees the plan.

mod builder;
mod conflict;
mod counts;
mod orders;
mod part;
pub mod plain;
mod pursue;
mod quick;
mod staffing;

use rayon::prelude::*;

use crate::common::control::{Control, Share, Turns};
use crate::engine;
use crate::scheduling::facts::ids::UnitId;
use crate::scheduling::facts::outcome::{Conflict, GoalResult, Outcome, Verdict, Work};
use crate::scheduling::facts::part::{Part, parts};
use crate::scheduling::facts::plan::Plan;
use crate::scheduling::facts::roster::Roster;
use crate::scheduling::judge::Judge;
use crate::scheduling::judge::reasons::unplanned;
use part::{Begun, Ended, Solved};
pub use plain::Form;

/// The best plan for the roster, or why there is none. Visits are solved coach by coach: what is reported of a goal is the sum.
pub fn solve(roster: &Roster, control: &dyn Control) -> Outcome {
    solve_by(roster, Form::Open, control)
}

/// [`solve`] with staff written down in a form: enumerated, it is the second opinion.
pub fn solve_by(roster: &Roster, form: Form, control: &dyn Control) -> Outcome {
    let mut work = Work { engine: engine::name(), ..Work::default() };
    let mut solved: Vec<(Part, Solved)> = Vec::new();
    let mut conflict: Vec<Conflict> = Vec::new();
    let mut stopped = false;
    // Parts share nothing, so each is solved by itself, several at a time; they are put together in their order. Every part has a plan to begin
    // with before any is searched for long, and each search has its fair share of the time, so that nobody is left out who came last.
    let (all, threads) = (parts(roster), rayon::current_num_threads());
    let turns = Turns::new(control, all.len(), threads);
    let begun: Vec<(Part, Begun, Work)> = all
        .into_par_iter()
        .map(|part| {
            let mut own = Work::default();
            let begun = part::begin(&part.roster, form, &Share::of(&turns.next(), 2), &mut own);
            (part, begun, own)
        })
        .collect();
    // With one part that cannot be there is no plan: then the time is for which locks of it stand against each other.
    let impossible = begun.iter().any(|(_, begun, _)| matches!(begun, Begun::Impossible));
    let turns = Turns::new(control, begun.len(), threads);
    let ended: Vec<(Part, Ended, Work)> = begun
        .into_par_iter()
        .map(|(part, begun, mut own)| {
            let turn = turns.next();
            let ended = match begun {
                Begun::With(_) if impossible => Ended::Stopped,
                begun => part::solve(&part.roster, form, begun, &turn, &mut own),
            };
            (part, ended, own)
        })
        .collect();
    for (part, ended, own) in ended {
        work.columns = work.columns.max(own.columns);
        work.programs += own.programs;
        match ended {
            Ended::Solved(found) => solved.push((part, found)),
            Ended::Impossible => {
                let own = conflict::irreducible(&part.roster, control);
                conflict.extend(own.into_iter().map(|lock| Conflict { unit: part.units[lock.unit], ..lock }));
            }
            Ended::Stopped => stopped = true,
        }
    }
    let without_plan = |verdict, conflict, work| Outcome {
        verdict,
        goals: Vec::new(),
        plan: None,
        unplanned: Vec::new(),
        conflict,
        least_changes: None,
        work,
    };
    if !conflict.is_empty() {
        conflict.sort_by_cached_key(|lock| lock_order(roster, lock.unit, lock.lock));
        return without_plan(Verdict::Impossible, conflict, work);
    }
    if stopped {
        return without_plan(Verdict::Stopped, Vec::new(), work);
    }
    let plan = Plan::of(roster, solved.iter().flat_map(|(part, found)| part.outside(&found.plan)).collect());
    let least: Option<Vec<u32>> = roster.policy.max_changes.map(|_| solved.iter().map(|(_, found)| found.least_changes).collect());
    let findings = Judge::new(roster).findings(&plan, least.as_deref());
    if !findings.breaches.is_empty() {
        // What the judge does not pass is not shown, whoever is wrong.
        return without_plan(Verdict::Stopped, Vec::new(), work);
    }
    let goals = goals(roster, &solved, &findings.values);
    let proven = goals.iter().all(GoalResult::proven);
    let verdict = if proven { Verdict::Optimal } else { Verdict::Feasible };
    let unplanned = unplanned(roster, &plan, proven);
    Outcome { verdict, goals, plan: Some(plan), unplanned, conflict, least_changes: least, work }
}

/// The locks that cannot stand together, part by part, as [`solve`] gives them; empty when they can, or when that is not known.
pub fn conflict_of(roster: &Roster, control: &dyn Control) -> Vec<Conflict> {
    let mut found = Vec::new();
    for part in parts(roster) {
        if conflict::possible(&part.roster, &part::locks(&part.roster), &[], control) == Some(false) {
            let own = conflict::irreducible(&part.roster, control);
            found.extend(own.into_iter().map(|lock| Conflict { unit: part.units[lock.unit], ..lock }));
        }
    }
    found.sort_by_cached_key(|lock| lock_order(roster, lock.unit, lock.lock));
    found
}

/// The fewest entries that must change, part by part, as [`solve`] gives them; nothing when the policy does not limit them, or when that is not
/// known.
pub fn least_changes_of(roster: &Roster, control: &dyn Control) -> Option<Vec<u32>> {
    roster.policy.max_changes?;
    parts(roster).iter().map(|part| part::least_changes(&part.roster, control)).collect()
}

/// What is known of each goal: sums over parts, and the value by the judge.
fn goals(roster: &Roster, solved: &[(Part, Solved)], values: &[i64]) -> Vec<GoalResult> {
    let numbered = roster.policy.goals.iter().enumerate().zip(values);
    numbered
        .map(|((at, goal), &value)| {
            let of = || solved.iter().filter_map(|(_, found)| found.goals.get(at));
            GoalResult {
                best: of().map(|known| known.best).sum(),
                bound: of().map(|known| known.bound).sum(),
                floor: of().map(|known| goal.floor(known.best)).sum(),
                value,
                time: of().map(|known| known.time).sum(),
            }
        })
        .collect()
}

/// The order in which locks are dropped and shown: by the bytes of (unit id, half-day).
fn lock_order(roster: &Roster, unit: UnitId, at: usize) -> (String, Option<String>) {
    let row = &roster.units[unit];
    (row.id.clone(), row.locks.get(at).and_then(|lock| lock.moment).map(|moment| moment.to_string()))
}
