//! What one more or one less would change of every goal's best value: by solving the whole horizon again, never from prices.

use rayon::prelude::*;

use crate::common::control::Control;
use crate::common::words::Word;
use crate::planning::facts::codes::Step;
use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::ids::{BoardId, KindId, YearId};
use crate::planning::facts::outcome::{GoalResult, Outcome, Verdict};
use crate::planning::solve::solve_from;

/// A change of one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// One more hire allowed.
    Hire(KindId, YearId),
    /// One seat more in all years.
    Seat(BoardId),
    /// A percentage of the funnel one up or down.
    Percent(Step, i64),
    /// One more person per coach.
    PerCoach,
    /// 1 % more income in every year.
    Income,
}

/// What a change comes to, per goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ComesTo {
    /// Per goal, V_i(changed) − V_i: from the least to the most that it can be, equal when both are proven; `None` where nothing is known.
    Price(Vec<Option<(i64, i64)>>),
    /// It leaves no plan.
    Impossible,
    /// Not known in the time there was.
    Unknown,
}

/// Every change that there is of a horizon, in order.
pub fn changes(horizon: &Horizon) -> Vec<Change> {
    let hires = horizon.kinds.ids().flat_map(|kind| horizon.years.ids().map(move |year| Change::Hire(kind, year)));
    let seats = horizon.boards.ids().map(Change::Seat);
    let percents = Step::ALL.iter().flat_map(|&step| [1, -1].map(|by| Change::Percent(step, by)));
    let within = |change: &Change| match *change {
        Change::Percent(step, by) => (1..=100).contains(&(i64::from(horizon.funnel.percent(step)) + by)),
        _ => true,
    };
    hires.chain(seats).chain(percents).chain([Change::PerCoach, Change::Income]).filter(within).collect()
}

/// The horizon with a change made.
pub fn changed(horizon: &Horizon, change: Change) -> Horizon {
    let mut changed = horizon.clone();
    match change {
        Change::Hire(kind, year) => changed.kinds[kind].hires[year] += 1,
        Change::Seat(board) => horizon.years.ids().for_each(|year| changed.boards[board].seats[year] += 1),
        Change::Percent(step, by) => {
            let percent = i64::from(horizon.funnel.percent(step)) + by;
            changed.funnel.0[step as usize] = u32::try_from(percent.clamp(1, 100)).unwrap_or(1);
        }
        Change::PerCoach => changed.policy.per_coach += 1,
        Change::Income => changed.income_percent = 101,
    }
    changed
}

/// Every change with what it comes to, several at a time; `base` is what the horizon itself comes to. Nothing without a plan.
pub fn sensitivity(horizon: &Horizon, base: &Outcome, control: &dyn Control) -> Vec<(Change, ComesTo)> {
    if base.plan.is_none() {
        return Vec::new();
    }
    changes(horizon).into_par_iter().map(|change| (change, comes_to(horizon, base, change, control))).collect()
}

fn comes_to(horizon: &Horizon, base: &Outcome, change: Change, control: &dyn Control) -> ComesTo {
    let changed = changed(horizon, change);
    let outcome = solve_from(&changed, base.plan.as_ref(), control);
    match outcome.verdict {
        Verdict::Impossible => ComesTo::Impossible,
        Verdict::Stopped => ComesTo::Unknown,
        Verdict::Optimal | Verdict::Feasible => ComesTo::Price(price(&base.goals, &outcome.goals)),
    }
}

/// The difference of two known values lies between these. After a goal that is not proven nothing is known of a later one.
fn price(base: &[GoalResult], changed: &[GoalResult]) -> Vec<Option<(i64, i64)>> {
    let mut sure = true;
    let mut found = Vec::new();
    for (base, changed) in base.iter().zip(changed) {
        found.push(sure.then_some((changed.best.saturating_sub(base.bound), changed.bound.saturating_sub(base.best))));
        sure &= base.proven() && changed.proven();
    }
    found
}

/// The number by which a change goes up or down.
pub fn step(change: Change) -> i64 {
    match change {
        Change::Percent(_, by) => by,
        _ => 1,
    }
}
