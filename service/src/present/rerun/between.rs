//! What differs between the plans of any two outcomes, where nothing is solved.

use std::time::Duration;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::ask::rerun::difference::{Side, difference};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Outcome, Reason, Verdict, Work};
use loket_solver::matching::facts::plan::Plan;

use super::machine::Verschil;
use super::told::Told;
use super::{Compared, machine};

/// One of two outcomes: a wave and its plan.
#[derive(Clone, Copy)]
pub struct Sided<'a> {
    /// The wave.
    pub loaded: &'a Loaded,
    /// Its plan.
    pub plan: &'a Plan,
}

/// Hands the difference between two outcomes to `show`; `unplaced` is who has no place in the second one, and why.
pub fn compare<T>(
    before: Sided<'_>,
    after: Sided<'_>,
    (verdict, unplaced): (Verdict, Vec<(CandidateId, Vec<Reason>)>),
    show: impl FnOnce(&Told<'_>) -> T,
) -> T {
    let found = difference(Side { wave: &before.loaded.wave, plan: before.plan }, Side { wave: &after.loaded.wave, plan: after.plan });
    // Nothing was solved here: how the new plan was found is told with its own run.
    let outcome =
        Outcome { verdict, goals: Vec::new(), plan: None, unplaced, conflict: Vec::new(), least_changes: None, work: Work::default() };
    let compared = Compared {
        before: before.loaded,
        old: before.plan,
        after: after.loaded,
        new: after.plan,
        outcome: &outcome,
        rerun: false,
        difference: &found,
        remarks: &[],
        trade_off: None,
        took: Duration::ZERO,
    };
    show(&Told::new(&compared))
}

/// The difference for machines: per person what changes and why, and the goals and figures of both.
pub fn between(before: &Loaded, old: &Plan, after: &Loaded, new: &Plan) -> Verschil {
    let (before, after) = (Sided { loaded: before, plan: old }, Sided { loaded: after, plan: new });
    compare(before, after, (Verdict::Feasible, Vec::new()), machine::between)
}
