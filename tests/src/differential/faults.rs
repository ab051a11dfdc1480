//! Seeded faults: the engine gets a wave with one thing wrong and must be caught by those who have the true wave, within a few waves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use loket_instances::generate;
use loket_solver::common::control::Unhurried;
use loket_solver::common::tables::{Id, Table};
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::wave::{Candidate, Coach, Wave};
use loket_solver::matching::facts::words::PairKind;
use loket_solver::matching::solve::{Options, solve};
use serde_json::Value;

use super::contest::truth;
use super::kept_waves;
use super::shrink::{shrink, sizes};
use crate::compare::against_engine;
use crate::support::{load, load_bytes};

/// What is done to the wave that the engine gets; a fault that changes nothing of a wave is not tried on it.
type Spoil = fn(&mut Wave);

fn each<I: Id, T: Clone>(rows: &mut Table<I, T>, change: impl Fn(&mut T)) {
    for id in rows.ids() {
        change(&mut rows[id]);
    }
}

fn coaches(wave: &mut Wave, change: impl Fn(&mut Coach)) {
    each(&mut wave.coaches, change);
}

fn candidates(wave: &mut Wave, change: impl Fn(&mut Candidate)) {
    each(&mut wave.candidates, change);
}

fn pairs(wave: &mut Wave, dropped: PairKind) {
    wave.pairs.retain(|pair| pair.kind != dropped);
}

/// Faults in what the engine believes of a wave: limits off by one, rules dropped, points and goals changed.
const SPOILS: &[(&str, Spoil)] = &[
    ("plekken: one seat more", |wave| each(&mut wave.seats, |seat| seat.count += 1)),
    ("plekken: one seat less", |wave| each(&mut wave.seats, |seat| seat.count = seat.count.saturating_sub(1))),
    ("school-maximum: dropped", |wave| each(&mut wave.schools, |school| school.maximum = None)),
    ("starters: one starter forgotten", |wave| each(&mut wave.schools, |school| school.starters = school.starters.saturating_sub(1))),
    ("starters: another percentage", |wave| wave.policy.max_starters_percent += 5),
    ("bestuur-maximum: one more", |wave| each(&mut wave.boards, |board| board.maximum = board.maximum.map(|most| most + 1))),
    ("coach-aantal: one more", |wave| coaches(wave, |coach| coach.maximum += 1)),
    ("coach-aantal: one less", |wave| coaches(wave, |coach| coach.maximum = coach.maximum.saturating_sub(1))),
    ("coach-uren: one hour more", |wave| coaches(wave, |coach| coach.hours += 1)),
    ("coach-uren: one hour less", |wave| coaches(wave, |coach| coach.hours = coach.hours.saturating_sub(1))),
    ("coach-vervolg: dropped", |wave| coaches(wave, |coach| coach.next_hours = None)),
    ("extern-aandeel: dropped", |wave| wave.policy.max_external_percent = None),
    ("budget: dropped", |wave| wave.policy.max_cost_cents = None),
    ("paar-samen: dropped", |wave| pairs(wave, PairKind::Together)),
    ("paar-apart: dropped", |wave| pairs(wave, PairKind::Apart)),
    ("paar-coach: dropped", |wave| pairs(wave, PairKind::SameCoach)),
    ("paar-coaches: dropped", |wave| pairs(wave, PairKind::OtherCoach)),
    ("duo-delen: dropped", |wave| each(&mut wave.seats, |seat| seat.shared = false)),
    ("vast: locks dropped", |wave| candidates(wave, |candidate| candidate.lock = None)),
    ("vast: only the coach of a lock forgotten", |wave| {
        candidates(wave, |candidate| {
            candidate.lock.iter_mut().for_each(|lock| lock.coach = None);
        });
    }),
    ("ondanks: forgotten", |wave| {
        candidates(wave, |candidate| candidate.lock.iter_mut().for_each(|lock| lock.despite.clear()));
    }),
    ("wijzigingen: one more", |wave| wave.policy.max_changes = wave.policy.max_changes.map(|most| most + 1)),
    ("verboden: dropped", |wave| candidates(wave, |candidate| candidate.bans.clear())),
    ("coach-eis: dropped", |wave| candidates(wave, |candidate| candidate.coach_needs.clear())),
    ("reistijd: a minute more", |wave| candidates(wave, |candidate| candidate.max_travel += 1)),
    ("coach-reistijd: five minutes less", |wave| coaches(wave, |coach| coach.max_travel = coach.max_travel.saturating_sub(5))),
    ("dagdelen: one less shared", |wave| wave.policy.shared_half_days = wave.policy.shared_half_days.saturating_sub(1)),
    ("coach-school: own school forgotten", |wave| coaches(wave, |coach| coach.own_school = None)),
    ("uitsluiting: coaches forgotten", |wave| candidates(wave, |candidate| candidate.excluded_coaches.clear())),
    ("noodplan: forgotten", |wave| wave.policy.noodplan_only = false),
    ("h(c, s): extra hours forgotten", |wave| wave.policy.extra_hours = 0),
    ("a goal's weight: one more", |wave| wave.policy.goals.iter_mut().for_each(|goal| goal.weights[0].1 += 1)),
    ("a goal's last term: dropped", |wave| {
        wave.policy.goals.iter_mut().for_each(|goal| goal.weights.truncate(goal.weights.len().max(2) - 1));
    }),
    ("tolerance: one percent more", |wave| {
        wave.policy.goals.iter_mut().for_each(|goal| goal.tolerance_percent = (goal.tolerance_percent + 1).min(100));
    }),
    ("tolerance: one percent less", |wave| {
        wave.policy.goals.iter_mut().for_each(|goal| goal.tolerance_percent = goal.tolerance_percent.saturating_sub(1));
    }),
    ("goals: the first two swapped", |wave| {
        if wave.policy.goals.len() >= 2 {
            wave.policy.goals.swap(0, 1);
        }
    }),
    ("bouw: the second choice worth as much as the first", |wave| {
        if let [first, second, ..] = &mut wave.policy.bouw_points[..] {
            *second = *first;
        }
    }),
    ("afspraak: proposals weigh as well", |wave| wave.policy.keep_weights[0] += 1),
    ("belasting: running candidates forgotten", |wave| coaches(wave, |coach| coach.running = 0)),
    ("wachttijd: cut off at eight", |wave| candidates(wave, |candidate| candidate.waited = candidate.waited.min(8))),
    ("bewaren: hours for nothing", |wave| coaches(wave, |coach| coach.hour_price = 0)),
    ("continuiteit: the coach so far forgotten", |wave| candidates(wave, |candidate| candidate.current_coach = None)),
];

/// What is done to the engine's own answer.
type Lie = fn(&Wave, &mut Outcome);

/// Faults in what the engine says of a plan it found on the true wave.
const LIES: &[(&str, Lie)] = &[
    ("the last bound is one too low and called proven", |_, outcome| {
        if let Some(last) = outcome.goals.last_mut() {
            last.best -= 1;
            last.bound -= 1;
        }
    }),
    ("the first bound is one too high", |_, outcome| {
        if let Some(first) = outcome.goals.first_mut() {
            first.bound += 1;
        }
    }),
    ("somebody is left out of the plan", |wave, outcome| {
        if let Some(plan) = &mut outcome.plan {
            let placed = wave.candidates.ids().find(|&candidate| plan[candidate].is_some());
            placed.into_iter().for_each(|candidate| plan[candidate] = None);
        }
    }),
    ("a lock is left out of the conflict", |_, outcome| {
        outcome.conflict.pop();
    }),
    ("one change more is called the least", |_, outcome| outcome.least_changes = outcome.least_changes.map(|least| least + 1)),
    ("reasons are left out", |_, outcome| outcome.unplaced.iter_mut().for_each(|(_, reasons)| reasons.clear())),
];

/// What the net says of a fault on a wave that brute force can answer; nothing when the wave is too large or is not changed by it.
fn catch(wave: &Wave, spoil: Spoil) -> Vec<String> {
    let mut spoiled = wave.clone();
    spoil(&mut spoiled);
    match truth(wave) {
        Ok((truth, true)) if spoiled != *wave => against_engine(wave, &truth, &solve(&spoiled, &Options::default(), &Unhurried)),
        _ => Vec::new(),
    }
}

/// Where the smallest wave that catches a fault is kept: its name with hyphens for everything that is not a letter or digit.
fn own_wave(fault: &str) -> PathBuf {
    let words: Vec<&str> = fault.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    kept_waves().join(format!("vangt-{}.json", words.join("-")))
}

/// `LOKET_BLESS=1` makes the waves again.
#[test]
fn every_seeded_fault_is_caught_by_the_smallest_wave_kept_for_it() {
    let bless = std::env::var("LOKET_BLESS").is_ok_and(|bless| bless == "1");
    let mut wrong = Vec::new();
    for (name, spoil) in SPOILS {
        let path = own_wave(name);
        if bless {
            keep_smallest(&path, name, *spoil);
        }
        let Ok(bytes) = std::fs::read(&path) else {
            wrong.push(format!("{} is not there: make it with LOKET_BLESS=1", path.display()));
            continue;
        };
        let wave = load_bytes(&bytes).wave;
        if catch(&wave, *spoil).is_empty() {
            wrong.push(format!("{name} is not caught by {}", path.display()));
        }
        if wave.candidates.len() > 4 || wave.coaches.len() > 3 {
            wrong.push(format!("{} is not small", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Shrinks the first wave that catches a fault and on which the engine itself is right.
fn keep_smallest(path: &Path, name: &str, spoil: Spoil) {
    let caught = |json: &Value| super::contest::load(json).is_some_and(|wave| !catch(&wave, spoil).is_empty() && catch_nothing(&wave));
    let first = (0..WAVES).map(generate::tiny).find(|json| caught(json));
    let first = first.unwrap_or_else(|| panic!("{name} is not caught within {WAVES} waves"));
    let shrunk = shrink(&first, 4_000, &caught);
    println!("{name}: {} -> {} after {} tries", sizes(&first), sizes(&shrunk.wave), shrunk.tried);
    let text = serde_json::to_string_pretty(&shrunk.wave).expect("a JSON value is written") + "\n";
    std::fs::create_dir_all(kept_waves()).and_then(|()| std::fs::write(path, text)).expect("tests/waves can be written");
}

fn catch_nothing(wave: &Wave) -> bool {
    truth(wave).is_ok_and(|(truth, _)| against_engine(wave, &truth, &solve(wave, &Options::default(), &Unhurried)).is_empty())
}

/// Waves within which every fault must be caught.
const WAVES: u64 = 600;

#[test]
fn every_seeded_fault_is_caught_within_a_bounded_number_of_waves() {
    let mut caught: BTreeMap<&str, (u64, String)> = BTreeMap::new();
    let mut false_alarms = Vec::new();
    for wave_seed in 0..WAVES {
        if caught.len() == SPOILS.len() + LIES.len() {
            break;
        }
        let wave = load(&generate::tiny(wave_seed)).wave;
        let Ok((truth, true)) = truth(&wave) else { continue };
        let honest = solve(&wave, &Options::default(), &Unhurried);
        if !against_engine(&wave, &truth, &honest).is_empty() {
            false_alarms.push(wave_seed);
            continue;
        }
        let mut look = |name: &'static str, outcome: &Outcome| {
            if let Some(first) = against_engine(&wave, &truth, outcome).into_iter().next() {
                caught.entry(name).or_insert((wave_seed, first));
            }
        };
        for (name, lie) in LIES {
            let mut outcome = honest.clone();
            lie(&wave, &mut outcome);
            look(name, &outcome);
        }
        for (name, spoil) in SPOILS {
            let mut spoiled = wave.clone();
            spoil(&mut spoiled);
            if spoiled != wave {
                look(name, &solve(&spoiled, &Options::default(), &Unhurried));
            }
        }
    }
    for (name, (wave_seed, how)) in &caught {
        println!("{name}: wave {}, {}", wave_seed + 1, how.chars().take(90).collect::<String>());
    }
    assert_eq!(false_alarms, Vec::<u64>::new(), "the engine itself differs on these tiny waves");
    let missed: Vec<&str> =
        SPOILS.iter().map(|(name, _)| *name).chain(LIES.iter().map(|(name, _)| *name)).filter(|name| !caught.contains_key(name)).collect();
    println!("{} seeded faults, {} caught", SPOILS.len() + LIES.len(), caught.len());
    assert!(missed.is_empty(), "not caught within {WAVES} tiny waves: {missed:?}");
}
