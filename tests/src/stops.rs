//! A solve that is stopped at its k-th question gives a checked plan or none, and never a bound below the true best value.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use loket_instances::generate;
use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_service::verify::verify;
use loket_solver::common::control::{Control, Progress, Unhurried};
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::judge;
use loket_solver::matching::solve::{Options, solve, solve_telling};

use crate::honest::technique;
use crate::support::{load, nth_seed, seed};

/// What was said of a goal on the way.
struct Told {
    goal: usize,
    value: Option<i64>,
    bound: Option<i64>,
}

/// Answers "no" to the first questions and "stop" from then on; remembers what was said of each goal on the way.
struct Patience {
    asked: AtomicU64,
    most: u64,
    told: Mutex<Vec<Told>>,
}

impl Patience {
    fn new(most: u64) -> Self {
        Self { asked: AtomicU64::new(0), most, told: Mutex::new(Vec::new()) }
    }
}

impl Control for Patience {
    fn stopped(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= self.most
    }
    fn left(&self) -> Option<Duration> {
        None
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
    fn progress(&self, progress: &Progress<'_>) {
        self.told.lock().expect("nobody panics while telling").push(Told {
            goal: progress.goal,
            value: progress.value,
            bound: progress.bound,
        });
    }
}

/// How the stopped runs ended.
#[derive(Debug, Default)]
struct Endings {
    optimal: u64,
    feasible: u64,
    stopped: u64,
    impossible: u64,
}

impl Endings {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Optimal => self.optimal += 1,
            Verdict::Feasible => self.feasible += 1,
            Verdict::Stopped => self.stopped += 1,
            Verdict::Impossible => self.impossible += 1,
        }
    }
}

/// What is not true of a stopped run, given the full one of the same wave.
fn untrue(wave: &Wave, full: &Outcome, outcome: &Outcome, told: &[Told]) -> Vec<String> {
    let mut found = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            found.push(what);
        }
    };
    match outcome.verdict {
        Verdict::Impossible => {
            expect(full.verdict == Verdict::Impossible, "called impossible".into());
            expect(
                outcome.conflict.iter().map(|it| it.candidate).eq(full.conflict.iter().map(|it| it.candidate)),
                format!("conflict {:?}", outcome.conflict),
            );
        }
        Verdict::Stopped => expect(outcome.plan.is_none() && outcome.goals.is_empty(), "stopped, yet with a plan or goals".into()),
        Verdict::Optimal | Verdict::Feasible => expect(outcome.plan.is_some(), "no plan".into()),
    }
    let proven = outcome.goals.iter().all(|goal| goal.proven());
    expect(proven == (outcome.verdict != Verdict::Feasible), format!("{:?} with goals {:?}", outcome.verdict, outcome.goals));
    if let Some(plan) = &outcome.plan {
        expect(outcome.goals.len() == wave.policy.goals.len(), "a goal is missing".into());
        // Whatever the stopped run believes to be the least number of changes, the true one counts.
        let findings = judge::judge(wave, plan, full.least_changes);
        expect(findings.breaches.is_empty(), format!("breaches {:?}", findings.breaches));
        let values: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
        expect(findings.values == values, format!("shows {values:?}, the judge counts {:?}", findings.values));
        expect(outcome.unplaced.iter().all(|(_, reasons)| !reasons.is_empty()), "an unplaced candidate has no reason".into());
    }
    let mut earlier_proven = true;
    for (number, (goal, truth)) in outcome.goals.iter().zip(&full.goals).enumerate() {
        expect(goal.bound >= truth.best, format!("goal {number}: bound {} below {}", goal.bound, truth.best));
        expect(goal.best <= goal.bound && goal.value >= goal.floor, format!("goal {number}: {goal:?}"));
        if earlier_proven {
            expect(goal.best <= truth.best, format!("goal {number}: {} above {}", goal.best, truth.best));
        }
        earlier_proven &= goal.proven();
        expect(!goal.proven() || goal.best == truth.best, format!("goal {number}: {} proven, it is {}", goal.best, truth.best));
    }
    for Told { goal, value, bound } in told {
        let truth = full.goals.get(*goal).map(|goal| goal.best);
        expect(
            bound.zip(truth).is_none_or(|(bound, truth)| bound >= truth),
            format!("on the way: goal {goal}: bound {bound:?} below {truth:?}"),
        );
        expect(value.zip(*bound).is_none_or(|(value, bound)| value <= bound), format!("on the way: {value:?} above {bound:?}"));
    }
    found
}

/// Stops solves of a wave at many questions: each of the first ones, then ever further apart.
fn stop_everywhere(name: &str, loaded: &Loaded, endings: &mut Endings, wrong: &mut Vec<String>) {
    let wave = &loaded.wave;
    let full = solve(wave, &Options::default(), &Unhurried);
    assert!(matches!(full.verdict, Verdict::Optimal | Verdict::Impossible), "{name}: {:?}", full.verdict);
    let unhurried = Patience::new(u64::MAX);
    solve(wave, &Options::default(), &unhurried);
    let questions = unhurried.asked.load(Ordering::Relaxed);
    let mut most = 0;
    while most <= questions {
        let control = Patience::new(most);
        let outcome = solve(wave, &Options { certificate: true, ..Options::default() }, &control);
        let file = to_json(&compose(loaded, &outcome, &technique(wave)));
        let findings = verify(loaded, &serde_json::to_vec(&file).expect("a JSON value is written"));
        wrong.extend(findings.iter().map(|it| format!("{name}, stopped at question {most}: verify: {} {}", it.place, it.what)));
        let told = control.told.into_inner().expect("nobody panics while telling");
        endings.count(outcome.verdict);
        wrong.extend(untrue(wave, &full, &outcome, &told).into_iter().map(|what| format!("{name}, stopped at question {most}: {what}")));
        most += 1 + most / 16;
    }
}

#[test]
fn every_plan_told_on_the_way_is_verified_and_keeps_what_the_finished_goals_reached() {
    let base = seed();
    println!("LOKET_SEED={base}");
    let tiny = (0..150).map(|n| ("tiny", nth_seed(base, n), load(&generate::tiny(nth_seed(base, n)))));
    let small = (0..20).map(|n| ("small", nth_seed(base, n), load(&generate::small(nth_seed(base, n)))));
    let (mut plans, mut feasible, mut wrong) = (0, 0, Vec::new());
    for (shape, wave_seed, loaded) in tiny.chain(small) {
        let wave = &loaded.wave;
        let keeper = Mutex::new(Vec::new());
        let keep = |so_far: Outcome| keeper.lock().expect("nobody panics while keeping").push(so_far);
        let options = Options { certificate: true, ..Options::default() };
        let full = solve_telling(wave, &options, None, &Unhurried, &keep);
        let without = solve(wave, &options, &Unhurried);
        assert_eq!((&full.plan, &full.goals), (&without.plan, &without.goals), "keeping plans changes nothing");
        let kept = keeper.into_inner().expect("nobody panics while keeping");
        let expected = if full.plan.is_some() { wave.policy.goals.len() - 1 } else { 0 };
        assert_eq!(kept.len(), expected, "{shape} {wave_seed}: one plan after each goal but the last");
        for (number, so_far) in kept.iter().enumerate() {
            let name = format!("{shape} {wave_seed}, after goal {number}");
            let file = to_json(&compose(&loaded, so_far, &technique(wave)));
            let findings = verify(&loaded, &serde_json::to_vec(&file).expect("a JSON value is written"));
            wrong.extend(findings.iter().map(|it| format!("{name}: verify: {} {}", it.place, it.what)));
            wrong.extend(untrue(wave, &full, so_far, &[]).into_iter().map(|what| format!("{name}: {what}")));
            assert!(so_far.goals[..=number].iter().zip(&full.goals).all(|(goal, truth)| goal.best == truth.best), "{name}");
            feasible += usize::from(so_far.verdict == Verdict::Feasible);
        }
        plans += kept.len();
    }
    println!("{plans} plans on the way, {feasible} of them with goals to come, {} untrue", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(plans >= 100 && feasible >= 50, "there are plans to look at: {plans}, {feasible}");
}

/// Tiny waves on which a stopped solve once showed more changes than are allowed, or a bound that a later goal's best value passes.
const ONCE_UNTRUE: [u64; 3] = [7_000_038, 8_000_026, 7_000_041];

#[test]
fn a_solve_stopped_at_any_question_gives_a_checked_plan_or_none_and_honest_bounds() {
    let base = seed();
    println!("LOKET_SEED={base}");
    let (mut endings, mut wrong) = (Endings::default(), Vec::new());
    for n in 0..60 {
        let wave_seed = nth_seed(base, n);
        stop_everywhere(&format!("tiny {wave_seed}"), &load(&generate::tiny(wave_seed)), &mut endings, &mut wrong);
    }
    for n in 0..12 {
        let wave_seed = nth_seed(base, n);
        stop_everywhere(&format!("small {wave_seed}"), &load(&generate::small(wave_seed)), &mut endings, &mut wrong);
    }
    for wave_seed in ONCE_UNTRUE {
        stop_everywhere(&format!("tiny {wave_seed}"), &load(&generate::tiny(wave_seed)), &mut endings, &mut wrong);
    }
    println!("{endings:?}, {} untrue", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(endings.feasible >= 20 && endings.stopped >= 20 && endings.optimal >= 20, "every ending is seen: {endings:?}");
}
