//! What rosters of the sizes of a year take; `cargo test -p loket-instances --test scheduling -- --ignored --nocapture sizes`, with `LOKET_SIZE`,
//! `LOKET_KIND` and `LOKET_SECONDS`.

use std::time::{Duration, Instant};

use loket_instances::generate::rosters::roster;
use loket_instances::scheduling::roster_file::read_roster;
use loket_solver::common::control::{Control, Progress};
use loket_solver::common::words::Word;
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::solve::solve;

use crate::random::number;

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
        let Progress { name, value, bound, columns, .. } = progress;
        println!("   {:>7.1} s  {name}: {value:?} of at most {bound:?}, {columns} columns", self.0.elapsed().as_secs_f64());
    }
}

#[test]
#[ignore = "minutes; it prints what it takes"]
fn sizes() {
    let size = u32::try_from(number("LOKET_SIZE", 0)).ok().filter(|size| *size > 0);
    let kinds = std::env::var("LOKET_KIND").ok().and_then(|kind| Kind::parse(&kind)).map_or(Kind::ALL.to_vec(), |kind| vec![kind]);
    for kind in kinds {
        let file = serde_json::to_vec(&roster(kind, size, number("LOKET_SEED", 1))).expect("JSON");
        let loaded = read_roster(&file).unwrap_or_else(|refusal| panic!("{refusal}"));
        let clock = Clock(Instant::now(), Duration::from_secs(number("LOKET_SECONDS", 60)));
        println!("{} ({} units)", kind.code(), loaded.roster.units.len());
        let outcome = solve(&loaded.roster, &clock);
        let proven = outcome.goals.iter().filter(|goal| goal.proven()).count();
        println!("   {:?}: {proven} of {} goals proven in {:.1} s", outcome.verdict, outcome.goals.len(), clock.0.elapsed().as_secs_f64());
    }
}
