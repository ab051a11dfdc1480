//! An engine that never comes back: a solve ends soon after its limit, or after it was told to stop, with what was known by then; and whether
//! the engine works on a thread of its own changes no answer.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use loket_instances::generate;
use loket_instances::generate::rosters::roster;
use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_instances::scheduling;
use loket_instances::scheduling::examine::examine;
use loket_instances::scheduling::roster_file::read_roster;
use loket_service::verify::verify;
use loket_solver::common::control::{Control, Runs, Unhurried};
use loket_solver::matching::ask::rerun::batch::solve_from;
use loket_solver::matching::ask::stress::stress;
use loket_solver::matching::facts::outcome::{Outcome, Verdict};
use loket_solver::matching::facts::words::Status;
use loket_solver::matching::solve::tuning::Tuning;
use loket_solver::matching::solve::{Engine, Options, solve};
use loket_solver::scheduling::facts::codes::Kind;

use crate::honest::technique;
use crate::support::{load, nth_seed, seed};

/// What a solve is given here.
const GIVEN: Duration = Duration::from_secs(3);

/// How soon after that it must have ended. Meant are two seconds; the machine that tests run on is shared, and without somebody who leaves the
/// engine it would never end.
const SOON: Duration = Duration::from_secs(10);

/// How a caller ends a solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Limit,
    Stop,
}

/// Ends after [`GIVEN`]. Every run of the engine has a thread of its own, and from the n-th time that is asked on none comes back.
struct Stuck {
    began: Instant,
    ending: Ending,
    runs: AtomicU64,
    well: u64,
}

impl Stuck {
    fn new(ending: Ending, well: u64) -> Self {
        Self { began: Instant::now(), ending, runs: AtomicU64::new(0), well }
    }

    /// Asserts that it ended in time, and gives how many runs were begun.
    fn soon(&self, what: &str) -> u64 {
        let over = self.began.elapsed().saturating_sub(GIVEN);
        assert!(over < SOON, "{what}: {over:?} over, {:?} after {} runs", self.ending, self.well);
        self.runs.load(Ordering::Relaxed)
    }
}

impl Control for Stuck {
    fn stopped(&self) -> bool {
        self.ending == Ending::Stop && self.began.elapsed() > GIVEN
    }
    fn left(&self) -> Option<Duration> {
        (self.ending == Ending::Limit).then(|| GIVEN.saturating_sub(self.began.elapsed()))
    }
    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
    fn runs(&self) -> Runs {
        Runs { apart: 0, stall: self.runs.fetch_add(1, Ordering::Relaxed) >= self.well }
    }
}

/// Every run of the engine on a thread of its own.
struct Apart;

impl Control for Apart {
    fn stopped(&self) -> bool {
        false
    }
    fn left(&self) -> Option<Duration> {
        None
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
    fn runs(&self) -> Runs {
        Runs { apart: 0, stall: false }
    }
}

fn city(candidates: usize, mixed: bool) -> Loaded {
    let mut options = generate::Options::new(generate::Preset::Amsterdam);
    options.candidates = Some(candidates);
    if mixed {
        options.phases = generate::PhaseMix::Mixed;
    }
    load(&generate::generate(&options))
}

/// Everything that is wrong with the outcome file of this.
fn wrong(loaded: &Loaded, outcome: &Outcome) -> Vec<String> {
    let file = to_json(&compose(loaded, outcome, &technique(&loaded.wave)));
    let findings = verify(loaded, &serde_json::to_vec(&file).expect("a JSON value is written"));
    findings.iter().map(|it| format!("{} {}", it.place, it.what)).collect()
}

#[test]
fn a_solve_ends_soon_after_its_limit_or_a_stop_though_the_engine_never_comes_back() {
    let waves = [city(60, false), city(60, true)].map(|loaded| {
        let truth = solve(&loaded.wave, &Options::default(), &Unhurried);
        (loaded, truth)
    });
    let asked: Vec<(usize, Ending, u64)> = (0..2)
        .flat_map(|wave| [(wave, Ending::Limit, 0), (wave, Ending::Stop, 0), (wave, Ending::Limit, 2), (wave, Ending::Stop, 3)])
        .collect();
    std::thread::scope(|scope| {
        for (wave, ending, well) in asked {
            let (loaded, truth) = &waves[wave];
            scope.spawn(move || {
                let control = Stuck::new(ending, well);
                let outcome = solve(&loaded.wave, &Options { certificate: true, ..Options::default() }, &control);
                assert!(control.soon("a solve") > 0, "the engine is asked");
                assert_eq!(outcome.verdict, Verdict::Feasible);
                assert_eq!(wrong(loaded, &outcome), Vec::<String>::new());
                let placed = outcome.plan.iter().flat_map(|plan| plan.iter().flatten()).count();
                assert!(placed > 30, "{placed} placed");
                assert!(outcome.goals.iter().zip(&truth.goals).all(|(goal, truth)| goal.bound >= truth.best), "{:?}", outcome.goals);
            });
        }
    });
}

#[test]
fn a_rerun_a_stress_test_and_a_roster_end_as_soon() {
    let loaded = city(40, false);
    let truth = solve(&loaded.wave, &Options::default(), &Unhurried);
    let plan = truth.plan.expect("a city has a plan");
    std::thread::scope(|scope| {
        for ending in [Ending::Limit, Ending::Stop] {
            let (loaded, plan) = (&loaded, &plan);
            scope.spawn(move || {
                let control = Stuck::new(ending, 0);
                // A plan that is known is kept, whatever becomes of the engine.
                let outcome = solve_from(&loaded.wave, Some(plan.clone()), &control);
                control.soon("a rerun");
                assert_eq!((outcome.verdict, wrong(loaded, &outcome)), (Verdict::Feasible, Vec::new()));
            });
            scope.spawn(move || {
                let control = Stuck::new(ending, 3);
                let found = stress(&loaded.wave, plan, true, Status::Akkoord, &control, &|_, _| {});
                control.soon("a stress test");
                assert!(!found.complete);
            });
            for kind in [Kind::Interviews, Kind::Courses] {
                scope.spawn(move || {
                    let file = serde_json::to_vec(&roster(kind, Some(24), 1)).expect("JSON");
                    let read = read_roster(&file).unwrap_or_else(|refusal| panic!("{refusal}"));
                    let control = Stuck::new(ending, 0);
                    let outcome = loket_solver::scheduling::solve::solve(&read.roster, &control);
                    assert!(control.soon("a roster") > 0, "the engine is asked");
                    assert!(!outcome.verdict.proven());
                    let technique = scheduling::outcome::Technique {
                        version: "0".into(),
                        engine: String::new(),
                        seed: 1,
                        seconds: 0.0,
                        memory_mib: None,
                    };
                    let told = scheduling::outcome::to_json(&scheduling::outcome::compose(&read, &outcome, &technique));
                    assert_eq!(examine(&read, &serde_json::to_vec(&told).expect("JSON")), Vec::new());
                });
            }
        }
    });
}

#[test]
fn the_second_opinion_ends_as_soon() {
    let loaded = city(12, false);
    std::thread::scope(|scope| {
        for ending in [Ending::Limit, Ending::Stop] {
            let loaded = &loaded;
            scope.spawn(move || {
                let control = Stuck::new(ending, 0);
                let outcome = solve(&loaded.wave, &Options { engine: Engine::Plain, ..Options::default() }, &control);
                assert!(control.soon("the second opinion") > 0, "the engine is asked");
                assert_eq!((outcome.verdict, wrong(loaded, &outcome)), (Verdict::Stopped, Vec::new()));
            });
        }
    });
}

#[test]
fn a_thread_of_its_own_changes_no_answer() {
    let base = seed();
    println!("LOKET_SEED={base}");
    let small = (0..24).map(|n| load(&generate::small(nth_seed(base, n))));
    for (n, loaded) in small.chain([city(40, false), city(40, true)]).enumerate() {
        for tuning in [Tuning::default(), Tuning::low()] {
            let options = Options { certificate: true, tuning, ..Options::default() };
            let (here, apart) = (solve(&loaded.wave, &options, &Unhurried), solve(&loaded.wave, &options, &Apart));
            assert_eq!(format!("{here:?}"), format!("{apart:?}"), "wave {n}, {tuning:?}");
        }
    }
    for kind in [Kind::Interviews, Kind::PeerGroups, Kind::Courses] {
        let file = serde_json::to_vec(&roster(kind, Some(12), 1)).expect("JSON");
        let read = read_roster(&file).unwrap_or_else(|refusal| panic!("{refusal}"));
        let [here, apart] =
            [&Unhurried as &dyn Control, &Apart].map(|control| loket_solver::scheduling::solve::solve(&read.roster, control));
        assert_eq!(format!("{here:?}"), format!("{apart:?}"), "{kind:?}");
    }
}
