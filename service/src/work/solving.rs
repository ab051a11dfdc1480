//! The child at work on a wave: progress and checked plans on the way, the whole outcome at the end.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use loket_instances::matching::outcome::{Technique, compose, read_outcome, to_json};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::{Control, Progress};
use loket_solver::matching::ask::rerun::batch::start_of;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::solve::{Options, solve_telling};
use serde_json::{Value, json};

use super::fields::refusal;
use super::question;
use super::request::Request;
use super::speaker::Speaker;
use crate::memory;
use crate::progress;
use crate::watch::Watch;

/// Least time between two plans that are told.
const BETWEEN_PLANS: Duration = Duration::from_secs(1);

/// The caller's side of a solve in the child: the limits of the request, and everything told on standard output.
pub(super) struct Desk<'a> {
    watch: Watch<'a>,
    speaker: &'a Speaker,
    /// Whether the work is a solve, whose progress is told.
    tells: bool,
}

impl<'a> Desk<'a> {
    /// Starts the clock of a request.
    pub(super) fn new(request: &Request, speaker: &'a Speaker, stop: &'a AtomicBool) -> Self {
        let mut watch = Watch::new(stop, Some(request.time));
        watch.limit_memory(request.memory_mib);
        Self { watch, speaker, tells: false }
    }

    /// Whether to stop with what there is: asked to, or out of time or memory.
    pub(super) fn over(&self) -> bool {
        self.stopped() || self.left().is_some_and(|left| left.is_zero())
    }
}

impl Control for Desk<'_> {
    fn stopped(&self) -> bool {
        self.watch.stopped()
    }

    fn left(&self) -> Option<Duration> {
        self.watch.left()
    }

    fn elapsed(&self) -> Duration {
        self.watch.elapsed()
    }

    fn note(&self, remark: std::fmt::Arguments<'_>) {
        self.watch.note(remark);
    }

    fn progress(&self, told: &Progress<'_>) {
        if self.tells {
            let mut line = json!({ "soort": "voortgang" });
            if let (Some(line), Value::Object(fields)) = (line.as_object_mut(), progress::machine(told, self.elapsed())) {
                line.extend(fields);
            }
            self.speaker.progress(&line, told.finished);
        }
    }
}

/// Solves the wave of a request. The answer is the last line to say.
///
/// # Errors
/// What is wrong with the question or with the plan to start from.
pub(super) fn solve(request: &Request, loaded: &Loaded, mut desk: Desk<'_>) -> Result<Value, Refusal> {
    let certificate = question::certificate(&request.question)?;
    let start = request.part("start").map(|bytes| start(loaded, bytes)).transpose()?;
    let memory = start.and_then(|plan| start_of(&loaded.wave, plan));
    let (plans, told) = channel();
    desk.tells = true;
    let (speaker, began) = (desk.speaker, Instant::now());
    let before = desk.elapsed();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            tell_plans(&told, &|outcome| {
                let file = outcome_json(loaded, outcome, before + began.elapsed());
                speaker.say(&json!({ "soort": "tussenstand", "uitkomst": file }));
            })
        });
        let options = Options { certificate, ..Options::default() };
        let checked = |so_far: Outcome| {
            // Nobody listens any more once the solve is over.
            let _ = plans.send(so_far);
        };
        let outcome = solve_telling(&loaded.wave, &options, memory.as_ref(), &desk, &checked);
        let took = desk.elapsed();
        // Ends the thread above: a plan that waits there is older than the outcome.
        drop(plans);
        Ok(json!({ "soort": "uitkomst", "uitkomst": outcome_json(loaded, &outcome, took) }))
    })
}

/// Tells plans as they come, the latest of those that come too soon after each other; nothing more when the solve is over.
fn tell_plans(plans: &Receiver<Outcome>, tell: &dyn Fn(&Outcome)) {
    let mut next = Instant::now();
    while let Ok(mut plan) = plans.recv() {
        loop {
            match plans.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(newer) => plan = newer,
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        tell(&plan);
        next = Instant::now() + BETWEEN_PLANS;
    }
}

fn outcome_json(loaded: &Loaded, outcome: &Outcome, took: Duration) -> Value {
    let technique = Technique {
        version: env!("CARGO_PKG_VERSION").into(),
        engine: outcome.work.engine.clone(),
        seed: loaded.wave.policy.seed,
        seconds: took.as_secs_f64(),
        memory_mib: memory::peak(),
    };
    to_json(&compose(loaded, outcome, &technique))
}

/// What of an earlier outcome still exists in this wave. It may be of the wave before a change: what is gone is left out, and what no
/// longer obeys the rules is left out by the solve.
fn start(loaded: &Loaded, bytes: &[u8]) -> Result<Plan, Refusal> {
    let mut outcome = read_outcome(bytes).map_err(|_| {
        refusal(
            "formaat",
            "/delen/start",
            "het deel start is geen uitkomst",
            "stuur een uitkomst van een eerdere berekening, of geen start",
        )
    })?;
    let wave = &loaded.wave;
    let people: std::collections::HashSet<&str> = wave.candidates.iter().map(|it| it.id.as_str()).collect();
    let coaches: std::collections::HashSet<&str> = wave.coaches.iter().map(|it| it.id.as_str()).collect();
    let seats: std::collections::HashSet<(&str, &str)> =
        wave.seats.iter().map(|it| (wave.schools[it.school].id.as_str(), it.id.as_str())).collect();
    outcome.placements.retain(|line| {
        people.contains(line.candidate.as_str())
            && coaches.contains(line.coach.as_str())
            && seats.contains(&(line.school.as_str(), line.seat.as_str()))
    });
    plan_of(wave, &outcome).map_err(|_| {
        refusal("dubbel", "/delen/start", "het deel start plaatst iemand twee keer", "stuur een uitkomst die met loket verify klopt")
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use loket_solver::matching::facts::outcome::{Verdict, Work};

    use super::*;

    fn numbered(number: u64) -> Outcome {
        let work = Work { programs: number, ..Work::default() };
        Outcome { verdict: Verdict::Feasible, goals: vec![], plan: None, unplaced: vec![], conflict: vec![], least_changes: None, work }
    }

    #[test]
    fn of_plans_that_come_quickly_the_first_is_told_at_once_and_then_the_latest_each_second() {
        let (plans, told) = channel();
        let heard = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            let heard = &heard;
            scope.spawn(move || tell_plans(&told, &|plan| heard.lock().unwrap().push(plan.work.programs)));
            plans.send(numbered(1)).unwrap();
            std::thread::sleep(Duration::from_millis(300));
            (2..=9).for_each(|number| plans.send(numbered(number)).unwrap());
            std::thread::sleep(Duration::from_millis(1_200));
            plans.send(numbered(10)).unwrap();
            drop(plans);
        });
        assert_eq!(heard.into_inner().unwrap(), [1, 9]);
    }
}
