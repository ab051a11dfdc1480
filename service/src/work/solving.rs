//! The child at work on a wave: progress and checked plans on the way, the whole outcome at the end.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use loket_instances::matching::outcome::read_outcome;
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::Loaded;
use loket_instances::strict::fields::At;
use loket_instances::strict::problem::Refusal;
use loket_solver::common::control::Control;
use loket_solver::matching::ask::rerun::batch::start_of;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::solve::{Options, solve_telling};
use serde_json::{Value, json};

use super::task::{Task, part};
use crate::memory;
use crate::outcome::outcome_json;

/// Least time between two plans that are told.
const BETWEEN_PLANS: Duration = Duration::from_secs(1);

/// Solves the wave of a request. The answer is the last line to say.
///
/// # Errors
/// What is wrong with the question or with the plan to start from.
pub(super) fn compute(task: Task<'_>) -> Result<Value, Refusal> {
    // Whether to write down its certificates is the only thing that a solve can be asked.
    let certificate = task.question(|at| at.object(&["certificaat"])?.get("certificaat").map_or(Some(false), At::flag))?;
    let Task { given, loaded, speaker, mut desk } = task;
    let start = given.part("start").map(|bytes| start(loaded, bytes)).transpose()?;
    let memory = start.and_then(|plan| start_of(&loaded.wave, plan));
    let (plans, told) = channel();
    desk.tell_progress();
    let began = Instant::now();
    let before = desk.elapsed();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            tell_plans(&told, &|outcome| {
                let file = outcome_json(loaded, outcome, before + began.elapsed(), memory::peak());
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
        Ok(json!({ "soort": "uitkomst", "uitkomst": outcome_json(loaded, &outcome, took, memory::peak()) }))
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

/// What of an earlier outcome still exists in this wave. It may be of the wave before a change: what is gone is left out, and what no
/// longer obeys the rules is left out by the solve.
fn start(loaded: &Loaded, bytes: &[u8]) -> Result<Plan, Refusal> {
    let mut outcome = read_outcome(bytes).map_err(|_| {
        let remedy = "stuur een uitkomst van een eerdere berekening, of geen start";
        Refusal::one("formaat", &part("start"), "het deel start is geen uitkomst", remedy)
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
        let remedy = "stuur een uitkomst die met loket verify klopt";
        Refusal::one("dubbel", &part("start"), "het deel start plaatst iemand twee keer", remedy)
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
