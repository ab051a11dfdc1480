//! Many waves solved at once, each from its old plan: both cores busy, one progress, one way to stop.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use crate::common::control::{Control, Runs};
use crate::matching::facts::codes::RuleCode;
use crate::matching::facts::outcome::Outcome;
use crate::matching::facts::plan::{self, Plan};
use crate::matching::facts::wave::Wave;
use crate::matching::judge;
use crate::matching::judge::rules::{Kind, RULES};
use crate::matching::solve::{Memory, Options, solve_again};

/// A wave to solve, with a plan to start from.
pub struct Task<'a> {
    /// The wave.
    pub wave: &'a Wave,
    /// The old plan in this wave's numbers.
    pub start: Option<Plan>,
}

/// Passes on when to stop and keeps the goals of the single solves to itself.
pub struct Quiet<'a>(pub &'a dyn Control);

impl Control for Quiet<'_> {
    fn stopped(&self) -> bool {
        self.0.stopped()
    }
    fn left(&self) -> Option<Duration> {
        self.0.left()
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    fn room(&self) -> Option<u64> {
        self.0.room()
    }
    fn runs(&self) -> Runs {
        self.0.runs()
    }
    fn note(&self, remark: std::fmt::Arguments<'_>) {
        self.0.note(remark);
    }
}

/// Hears how many of how many are done.
pub type Heard<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// The outcomes in the order of the tasks; `None` for those that were not begun when the caller stopped.
pub fn solve_all(tasks: &[Task<'_>], control: &dyn Control, heard: Heard<'_>) -> Vec<Option<Outcome>> {
    each(tasks, control, heard, |task| solve_from(task.wave, task.start.clone(), &Quiet(control)))
}

/// Solves a wave from what still stands of an old plan.
pub fn solve_from(wave: &Wave, start: Option<Plan>, control: &dyn Control) -> Outcome {
    let memory = start.and_then(|plan| start_of(wave, plan));
    solve_again(wave, &Options::default(), memory.as_ref(), control)
}

/// What still stands of an old plan, for a solve to start from.
pub fn start_of(wave: &Wave, old: Plan) -> Option<Memory> {
    standing(wave, old).map(Memory::of_plan)
}

/// What of an old plan obeys every rule: all of it, else person by person what still fits beside those before. Nothing when that leaves
/// somebody who is locked without a place: a plan to start from must be one that may be shown.
fn standing(wave: &Wave, old: Plan) -> Option<Plan> {
    let obeys = |plan: &Plan| judge::judge(wave, plan, None).breaches.is_empty();
    if obeys(&old) {
        return Some(old);
    }
    let fits = |plan: &Plan| {
        RULES.iter().all(|rule| match rule.kind {
            Kind::Shared { judge, .. } => rule.code == RuleCode::Vast || judge(wave, plan).is_empty(),
            Kind::Pair { .. } | Kind::Changes { .. } => true,
        })
    };
    let mut plan = plan::empty(wave);
    for (candidate, placement) in old.pairs() {
        let lock = wave.candidates[candidate].lock.as_ref();
        plan[candidate] = placement.filter(|&it| judge::allowed(wave, candidate, it) && lock.is_none_or(|lock| lock.agrees(wave, it)));
        if plan[candidate].is_some() && !fits(&plan) {
            plan[candidate] = None;
        }
    }
    obeys(&plan).then_some(plan)
}

/// Does something for each item, in parallel, and tells how many are done.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    control: &dyn Control,
    heard: Heard<'_>,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<Option<R>> {
    let done = AtomicUsize::new(0);
    items
        .par_iter()
        .map(|item| {
            if control.stopped() || control.left().is_some_and(|left| left.is_zero()) {
                return None;
            }
            let result = work(item);
            heard(done.fetch_add(1, Ordering::Relaxed) + 1, items.len());
            Some(result)
        })
        .collect()
}
