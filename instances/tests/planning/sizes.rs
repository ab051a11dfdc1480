//! What plans of many years take; `cargo test -p loket-instances --test planning -- --ignored --nocapture sizes`, with `LOKET_SIZE` (years).

use std::time::{Duration, Instant};

use loket_instances::generate::horizons::horizon;
use loket_instances::planning::examine::examine;
use loket_instances::planning::outcome::Answered;
use loket_solver::common::control::{Control, Progress};
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::solve::solve;

use crate::cases::written;
use crate::common::{load, number};

struct Clock(Instant, Duration);

impl Control for Clock {
    fn stopped(&self) -> bool {
        false
    }
    fn left(&self) -> Option<Duration> {
        Some(self.1.saturating_sub(self.0.elapsed()))
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
    fn progress(&self, progress: &Progress<'_>) {
        let Progress { name, value, bound, columns, finished, .. } = progress;
        if *finished {
            println!("   {:>7.2} s  {name}: {value:?} of at most {bound:?}, {columns} columns", self.0.elapsed().as_secs_f64());
        }
    }
}

#[test]
#[ignore = "prints how long it takes, and holds what came of it against the plan"]
fn sizes() {
    let years = u32::try_from(number("LOKET_SIZE", 10)).expect("years");
    for seed in number("LOKET_SEED", 1)..number("LOKET_SEED", 1) + number("LOKET_PLANS", 1) {
        let loaded = load(&horizon(years, seed));
        let clock = Clock(Instant::now(), Duration::from_secs(number("LOKET_SECONDS", 60)));
        println!("{years} years, {} waves, {} boards, seed {seed}", loaded.horizon.waves.len(), loaded.horizon.boards.len());
        let outcome = solve(&loaded.horizon, &clock);
        let proven = outcome.goals.iter().filter(|goal| goal.proven()).count();
        println!("   {:?}: {proven} of {} goals proven in {:.2} s", outcome.verdict, outcome.goals.len(), clock.0.elapsed().as_secs_f64());
        let told = written(&loaded, &outcome, &Answered::default());
        assert_eq!(examine(&loaded, told.to_string().as_bytes()), Vec::new());
        if number("LOKET_TABLE", 0) > 0 {
            let clock = Clock(Instant::now(), Duration::from_secs(600));
            let quiet = Quiet(&clock);
            let rows = sensitivity(&loaded.horizon, &outcome, &quiet);
            println!("   sensitivity: {} rows in {:.1} s", rows.len(), clock.0.elapsed().as_secs_f64());
        }
    }
}

/// The same clock without telling.
struct Quiet<'a>(&'a Clock);

impl Control for Quiet<'_> {
    fn stopped(&self) -> bool {
        false
    }
    fn left(&self) -> Option<Duration> {
        self.0.left()
    }
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
