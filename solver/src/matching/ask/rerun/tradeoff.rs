//! The trade-off of a rerun: with 0, 1, 2, … chosen changes, what each goal is worth, until nothing more is gained.
//!
//! Row 0 is the rerun with the fewest changes, agreements first. In every other row the wave's own goals come first
//! ([`goals_that_gain`]): row b is exactly `max_wijzigingen` = b with those goals.

use rayon::prelude::*;

use crate::common::control::Control;
use crate::matching::facts::outcome::{Outcome, Verdict};
use crate::matching::facts::plan::Plan;
use crate::matching::facts::policy::Goal;
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::solve::{Memory, Options, solve_again};

use super::batch::{Quiet, solve_from};
use super::{goals_that_gain, goals_that_keep};
use crate::matching::ask::explain::over;

/// What a budget buys.
#[derive(Clone, Debug)]
pub struct Row {
    /// Changes that may be chosen, beyond the least possible number.
    pub budget: u32,
    /// Changes in the plan.
    pub changes: usize,
    /// Per own goal, its value in the plan.
    pub values: Vec<i64>,
    /// The outcome with its plan.
    pub outcome: Outcome,
}

/// The whole trade-off.
#[derive(Clone, Debug)]
pub struct TradeOff {
    /// The wave's own goals, without the two of a rerun.
    pub goals: Vec<Goal>,
    /// Rows by budget from 0; a budget with the same values as the row before it is left out.
    pub rows: Vec<Row>,
    /// Whether more changes than in the last row gain nothing; false when the limit was reached or a solve was not proven.
    pub complete: bool,
    /// Whether it was cut off: later rows were not looked at.
    pub stopped: bool,
}

/// The trade-off of a wave with a previous plan, with budgets up to `most`. `None` when stopped before row 0, or impossible.
pub fn trade_off(wave: &Wave, start: &Plan, most: u32, control: &dyn Control, heard: &dyn Fn(u32)) -> Option<TradeOff> {
    let quiet = Quiet(control);
    let gain = goals_that_gain(wave);
    let own = |goal: &&Goal| !goal.keeps_agreements();
    let goals: Vec<Goal> = gain.iter().filter(own).cloned().collect();
    let asked = |budget: Option<u32>, goals: Vec<Goal>| {
        let mut asked = wave.clone();
        asked.policy.goals = goals;
        asked.policy.max_changes = budget;
        asked
    };
    let row = |budget: u32, outcome: Outcome| {
        let plan = outcome.plan.as_ref()?;
        let values = goals.iter().map(|goal| judge::value(wave, goal, plan)).collect();
        Some(Row { budget, changes: judge::changes(wave, plan).changed.len(), values, outcome })
    };
    let first = row(0, solve_from(&asked(Some(0), goals_that_keep(wave)), Some(start.clone()), &quiet))?;
    heard(0);
    let from = first.outcome.plan.clone()?;
    // The free solve's prices are nearly right for every budget.
    let options = Options { certificate: true, ..Options::default() };
    let free = solve_again(&asked(None, gain.clone()), &options, Some(&Memory::of_plan(from.clone())), &quiet);
    let certificates = free.goals.iter().map(|goal| goal.certificate.clone()).collect();
    let memory = Memory { plan: from, certificates };
    let proven = |outcome: &Outcome| outcome.verdict == Verdict::Optimal;
    let sure = proven(&first.outcome) && proven(&free);
    let widest = row(u32::MAX, free.clone())?;
    let mut found = TradeOff { goals: goals.clone(), complete: sure && widest.values == first.values, rows: vec![first], stopped: false };
    let budgets: Vec<u32> = (1..=most).collect();
    // As many at once as there are cores. Each starts from row 0, so that how many that are decides nothing.
    for some in budgets.chunks(rayon::current_num_threads().max(1)) {
        if found.complete || over(control) {
            break;
        }
        let outcomes: Vec<Outcome> = some
            .par_iter()
            .map(|&budget| solve_again(&asked(Some(budget), gain.clone()), &Options::default(), Some(&memory), &quiet))
            .collect();
        for (&budget, outcome) in some.iter().zip(outcomes) {
            if found.complete || !proven(&outcome) && over(control) {
                // Cut off halfway: more may be had for as many changes.
                break;
            }
            heard(budget);
            found.complete = sure && proven(&outcome) && bests(&outcome, &gain) == bests(&free, &gain);
            let Some(next) = row(budget, outcome) else { break };
            if found.rows.last().is_none_or(|last| last.values != next.values) {
                found.rows.push(next);
            }
        }
    }
    found.stopped = !found.complete && over(control);
    Some(found)
}

/// V_i of the goals that are not about agreements.
fn bests(outcome: &Outcome, goals: &[Goal]) -> Option<Vec<i64>> {
    outcome.plan.as_ref()?;
    Some(goals.iter().zip(&outcome.goals).filter(|(goal, _)| !goal.keeps_agreements()).map(|(_, result)| result.best).collect())
}
