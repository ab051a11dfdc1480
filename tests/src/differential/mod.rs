//! Differential testing as a command: random waves of every shape, all answers against each other, a failing wave shrunk and kept.
//!
//! `LOKET_WAVES` says how many waves, `LOKET_SEED` which, `LOKET_FROM` after how many of them to go on; `make differential` sets them
//! and `LOKET_KEEP=1`, with which a failing wave is kept among the tests and not only in the target folder.

mod contest;
mod faults;
pub mod shapes;
mod shrink;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use loket_solver::matching::solve::tuning::Tuning;
use serde_json::{Value, json};

use self::contest::{contest, load};
use self::shapes::{SHAPES, wave};
use self::shrink::{shrink, sizes};
use crate::support::{from_environment, keep_wave, load_bytes, nth_seed, root, seed};

/// Waves of a run that names no number.
const WAVES: u64 = 140;
/// One in so many waves is solved with its rows permuted as well.
const PERMUTED: u64 = 5;
/// Most waves that shrinking may try.
const TRIES: u64 = 4_000;

/// Of so many rounds of all shapes, one is solved as if its waves were large.
const LOW: u64 = 3;

/// How the engine works on the n-th wave.
fn tuning(n: u64) -> Tuning {
    if (n / SHAPES.len() as u64).is_multiple_of(LOW) { Tuning::low() } else { Tuning::default() }
}

/// What a run has done, by shape.
#[derive(Default)]
struct Tally {
    by_shape: Mutex<BTreeMap<&'static str, u64>>,
    enumerated: AtomicU64,
    impossible: AtomicU64,
    permuted: AtomicU64,
    low: AtomicU64,
    repairs: AtomicU64,
    finished: AtomicU64,
}

#[test]
fn every_answer_to_random_waves_of_every_shape_is_the_same() {
    let (base, count, from) =
        (seed(), from_environment("LOKET_WAVES").unwrap_or(WAVES), from_environment("LOKET_FROM").unwrap_or_default());
    println!("LOKET_SEED={base} LOKET_WAVES={count} LOKET_FROM={from}");
    let (tally, next) = (Tally::default(), AtomicU64::new(from));
    let failed: Mutex<Option<(u64, Value)>> = Mutex::new(None);
    let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= count || failed.lock().expect("no other thread panics").is_some() {
                        break;
                    }
                    if let Some(json) = one(n, nth_seed(base, n), &tally) {
                        failed.lock().expect("no other thread panics").get_or_insert((n, json));
                    }
                    let finished = tally.finished.fetch_add(1, Ordering::Relaxed) + 1;
                    if finished.is_multiple_of(500) {
                        println!("{finished} done; to go on from here: LOKET_SEED={base} LOKET_FROM={}", from + finished - threads as u64);
                    }
                }
            });
        }
    });
    if let Some((n, json)) = failed.into_inner().expect("no other thread panics") {
        report(base, n, &json);
    }
    let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    println!(
        "{} waves: {:?}; {} enumerated, {} impossible, {} also permuted, {} treated as large; {} engine answers repaired; 0 differences",
        read(&tally.finished),
        tally.by_shape.into_inner().expect("no other thread panics"),
        read(&tally.enumerated),
        read(&tally.impossible),
        read(&tally.permuted),
        read(&tally.low),
        read(&tally.repairs),
    );
    assert_eq!(read(&tally.finished), count.saturating_sub(from));
}

/// Solves the n-th wave every way; the wave when answers differ.
fn one(n: u64, wave_seed: u64, tally: &Tally) -> Option<Value> {
    let (shape, json) = wave(n, wave_seed);
    let wave = crate::support::load(&json).wave;
    let shuffle = n.is_multiple_of(PERMUTED).then_some(wave_seed);
    let result = contest(&wave, &json, shuffle, tuning(n));
    *tally.by_shape.lock().expect("no other thread panics").entry(shape).or_default() += 1;
    tally.enumerated.fetch_add(u64::from(result.enumerated), Ordering::Relaxed);
    tally.impossible.fetch_add(u64::from(result.impossible), Ordering::Relaxed);
    tally.permuted.fetch_add(u64::from(shuffle.is_some()), Ordering::Relaxed);
    tally.low.fetch_add(u64::from(tuning(n) == Tuning::low()), Ordering::Relaxed);
    tally.repairs.fetch_add(result.repairs, Ordering::Relaxed);
    (!result.differences.is_empty()).then_some(json)
}

/// Shrinks a wave on which answers differ, keeps it, and fails with what is left.
fn report(base: u64, n: u64, json: &Value) -> ! {
    let shuffle = Some(nth_seed(base, n));
    let differences = |json: &Value| load(json).map(|wave| contest(&wave, json, shuffle, tuning(n)).differences).unwrap_or_default();
    let name = format!("regression-{base}-{n}.json");
    let whole = keep_wave(&format!("heel-{name}"), json);
    println!("wave {n} of seed {base} differs ({}): {}; shrinking it", whole.display(), sizes(json));
    let shrunk = shrink(json, TRIES, &|smaller| !differences(smaller).is_empty());
    let path = keep(&name, &shrunk.wave);
    panic!(
        "answers differ on {}: {} after {} tries{}\n{}\nto see it again: LOKET_SEED={base} LOKET_FROM={n} make differential N={}",
        path.display(),
        sizes(&shrunk.wave),
        shrunk.tried,
        if shrunk.finished { "" } else { " (not at its smallest)" },
        differences(&shrunk.wave).join("\n"),
        n + 1,
    )
}

/// Keeps a wave among the tests when `LOKET_KEEP=1`, else in the target folder, with the word what to do with it.
fn keep(name: &str, json: &Value) -> PathBuf {
    if std::env::var("LOKET_KEEP").is_ok_and(|keep| keep == "1") {
        let path = kept_waves().join(name);
        let text = serde_json::to_string_pretty(json).expect("a JSON value is written") + "\n";
        std::fs::create_dir_all(kept_waves()).and_then(|()| std::fs::write(&path, text)).expect("tests/waves can be written");
        return path;
    }
    let path = keep_wave(name, json);
    println!("to keep it: copy {} to tests/waves, where every wave is replayed by each run of the tests", path.display());
    path
}

fn kept_waves() -> PathBuf {
    root().join("tests/waves")
}

#[test]
fn every_kept_wave_has_one_answer() {
    let mut files: Vec<PathBuf> = match std::fs::read_dir(kept_waves()) {
        Ok(entries) => entries.map(|entry| entry.expect("the folder can be listed").path()).collect(),
        Err(_) => Vec::new(),
    };
    files.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
    files.sort();
    let mut wrong = Vec::new();
    for path in &files {
        let bytes = std::fs::read(path).expect("a kept wave");
        let json = serde_json::from_slice(&bytes).expect("a kept wave is JSON");
        for tuning in [Tuning::default(), Tuning::low()] {
            let result = contest(&load_bytes(&bytes).wave, &json, Some(1), tuning);
            if !result.differences.is_empty() {
                wrong.push(format!("{}, {tuning:?}:\n{}", path.display(), result.differences.join("\n")));
            }
        }
    }
    println!("{} kept waves replayed", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_shape_gives_valid_waves() {
    for wave_seed in 0..12 {
        for (n, (shape, _)) in SHAPES.iter().enumerate() {
            let (name, json) = wave(n as u64, wave_seed);
            assert_eq!(name, *shape);
            let bytes = serde_json::to_vec(&json).expect("a JSON value is written");
            assert!(load(&json).is_some(), "{shape}, seed {wave_seed}: {:?}", loket_instances::matching::read::read_wave(&bytes).err());
        }
    }
}

#[test]
fn a_wave_shrinks_to_the_lock_that_an_injected_fault_is_about() {
    let locked = |json: &Value| load(json).is_some_and(|wave| wave.candidates.iter().any(locks_a_coach));
    let mut shrunk_waves = 0;
    for wave_seed in 0..60 {
        let json = loket_instances::generate::small(wave_seed);
        if !locked(&json) {
            continue;
        }
        let shrunk = shrink(&json, TRIES, &locked);
        assert!(shrunk.finished);
        let left = load(&shrunk.wave).expect("what is left is valid");
        assert_eq!((left.candidates.len(), left.coaches.len(), left.schools.len(), left.boards.len()), (1, 1, 0, 0));
        assert!(locked(&shrunk.wave));
        assert_eq!(shrunk.wave.get("beleid"), None);
        shrunk_waves += 1;
    }
    assert!(shrunk_waves >= 5, "{shrunk_waves} of the waves lock a coach");
}

fn locks_a_coach(candidate: &loket_solver::matching::facts::wave::Candidate) -> bool {
    candidate.lock.as_ref().is_some_and(|lock| lock.coach.is_some())
}

#[test]
fn shrinking_stops_when_its_tries_are_used_up_and_leaves_a_wave_that_still_shows_the_fault() {
    let json = loket_instances::generate::small(1);
    let many = |json: &Value| load(json).is_some_and(|wave| wave.candidates.len() >= 3);
    let shrunk = shrink(&json, 2, &many);
    assert_eq!((shrunk.tried, shrunk.finished), (2, false));
    assert!(many(&shrunk.wave));
    let shrunk = shrink(&json, TRIES, &many);
    assert_eq!(shrunk.wave["kandidaten"].as_array().map(Vec::len), Some(3));
    assert_eq!(shrunk.wave["coaches"], json!([]));
}
