//! On random tiny waves the engine, the second opinion and brute force through the judge give the same answer, or the wave is kept.

use std::sync::atomic::{AtomicU64, Ordering};

use loket_instances::generate;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::solve::plain::solve_plain;
use loket_solver::matching::solve::{Options, solve};
use serde_json::Value;

use crate::brute::{self, Answer};
use crate::compare::{against_engine, against_plain};
use crate::support::{keep_wave, load, nth_seed, seed, tiny_count};

/// What was compared, for the line that is printed.
#[derive(Default)]
struct Tally {
    waves: AtomicU64,
    impossible: AtomicU64,
    too_large: AtomicU64,
    limited_changes: AtomicU64,
    repairs: AtomicU64,
}

#[test]
fn engine_second_opinion_and_brute_force_agree_on_tiny_waves() {
    let (base, count) = (seed(), tiny_count());
    println!("LOKET_SEED={base} LOKET_TINY={count}");
    let tally = Tally::default();
    let next = AtomicU64::new(0);
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count {
                        break;
                    }
                    let wave_seed = nth_seed(base, n);
                    compare(wave_seed, &generate::tiny(wave_seed), &tally);
                }
            });
        }
    });
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    println!(
        "{} waves compared, {} of them impossible and {} with max_wijzigingen; {} had too many plans to enumerate; {} engine answers were repaired; 0 differences",
        read(&tally.waves),
        read(&tally.impossible),
        read(&tally.limited_changes),
        read(&tally.too_large),
        read(&tally.repairs),
    );
    assert!(read(&tally.waves) * 2 > count, "most tiny waves are small enough to enumerate");
}

/// Seeds of waves on which an answer was once wrong, with what was wrong.
const ONCE_WRONG: &[(u64, &str)] =
    &[(77_001_632, "HiGHS called the second opinion's last goal infeasible, while the plan of nobody obeys every row")];

#[test]
fn waves_that_once_differed_agree() {
    let tally = Tally::default();
    for &(wave_seed, what) in ONCE_WRONG {
        println!("{wave_seed}: {what}");
        compare(wave_seed, &generate::tiny(wave_seed), &tally);
    }
}

/// Compares the answers to one wave; keeps the wave and panics when they differ.
fn compare(wave_seed: u64, json: &Value, tally: &Tally) {
    let loaded = load(json);
    let wave = &loaded.wave;
    let Some(truth) = brute::answer(wave) else {
        tally.too_large.fetch_add(1, Ordering::Relaxed);
        return;
    };
    let plain = solve_plain(wave, &Unhurried);
    let outcome = solve(wave, &Options::default(), &Unhurried);
    let mut differences = against_plain(wave, &truth, &plain);
    differences.extend(against_engine(wave, &truth, &outcome));
    if !differences.is_empty() {
        let path = keep_wave(&format!("verschil-{wave_seed}.json"), json);
        panic!("seed {wave_seed}: answers differ on {}\nbrute force: {truth:?}\n{}", path.display(), differences.join("\n"));
    }
    tally.waves.fetch_add(1, Ordering::Relaxed);
    tally.repairs.fetch_add(outcome.work.repairs, Ordering::Relaxed);
    match truth {
        Answer::Impossible { .. } => tally.impossible.fetch_add(1, Ordering::Relaxed),
        Answer::Best { least_changes, .. } => tally.limited_changes.fetch_add(u64::from(least_changes.is_some()), Ordering::Relaxed),
    };
}
