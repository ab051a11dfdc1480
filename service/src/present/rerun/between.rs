//! What differs between the plans of any two outcomes.

use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::rerun::difference::{Side, difference};
use loket_solver::matching::facts::outcome::{Outcome, Verdict, Work};
use loket_solver::matching::facts::plan::Plan;
use serde_json::Value;

use super::{Compared, machine};

/// The difference as JSON: per person what changes and why, and the goals and figures of both.
pub fn between(before: &Loaded, old: &Plan, after: &Loaded, new: &Plan) -> Value {
    let found = difference(Side { wave: &before.wave, plan: old }, Side { wave: &after.wave, plan: new });
    // Nothing was solved here: how the new plan was found is told with its own run.
    let outcome = Outcome {
        verdict: Verdict::Feasible,
        goals: Vec::new(),
        plan: None,
        unplaced: Vec::new(),
        conflict: Vec::new(),
        least_changes: None,
        work: Work::default(),
    };
    let compared = Compared {
        before,
        old,
        after,
        new,
        outcome: &outcome,
        rerun: false,
        difference: &found,
        remarks: &[],
        trade_off: None,
        took: Duration::ZERO,
    };
    machine::between(&compared)
}
