//! Neither the order of a file's rows nor that of a list without meaning changes anything in a plan or its values.

use std::collections::BTreeMap;

use loket_instances::generate;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::wave::Wave;
use loket_solver::matching::solve::plain::solve_plain;
use loket_solver::matching::solve::{Options, solve};
use serde_json::Value;

use crate::support::{Dice, by_id, keep_wave, load, names, nth_seed, seed};

/// Lists whose order means something: bouwen of a candidate (first choice first), goals (first goal first), points per choice.
fn ordered(path: &[&str]) -> bool {
    matches!(path, ["kandidaten", "bouwen"] | ["beleid", "doelen"] | ["beleid", "bouw_punten"])
}

/// Shuffles every list of the wave whose order has no meaning. `path` is the keys from the root, without positions.
fn shuffle<'a>(value: &'a mut Value, path: &mut Vec<&'a str>, dice: &mut Dice) {
    match value {
        Value::Array(items) => {
            if !ordered(path) {
                dice.shuffle(items);
            }
            for item in items {
                shuffle(item, path, dice);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                path.push(key);
                shuffle(field, path, dice);
                path.pop();
            }
        }
        _ => {}
    }
}

/// What must not change when rows change places, by the ids of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Essence {
    verdict: String,
    goals: Vec<(i64, i64, i64)>,
    plan: BTreeMap<String, (String, String, String)>,
    conflict: Vec<String>,
    unplaced: BTreeMap<String, String>,
}

/// What must not change of an outcome.
pub fn essence(wave: &Wave, outcome: &Outcome) -> Essence {
    let conflict: Vec<_> = outcome.conflict.iter().map(|it| it.candidate).collect();
    Essence {
        verdict: format!("{:?}", outcome.verdict),
        goals: outcome.goals.iter().map(|goal| (goal.best, goal.bound, goal.value)).collect(),
        plan: outcome.plan.as_ref().map(|plan| by_id(wave, plan)).unwrap_or_default(),
        conflict: names(wave, &conflict),
        unplaced: outcome.unplaced.iter().map(|(who, reasons)| (wave.candidates[*who].id.clone(), format!("{reasons:?}"))).collect(),
    }
}

/// The wave with every list shuffled whose order has no meaning.
pub fn shuffled(json: &Value, seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let mut result = json.clone();
    shuffle(&mut result, &mut Vec::new(), &mut dice);
    result
}

fn compare(json: &Value, wave_seed: u64) {
    let (one, other) = (load(json), load(&shuffled(json, wave_seed)));
    let (one, other) = (&one.wave, &other.wave);
    let mut differences = Vec::new();

    let (plain, plain_other) = (solve_plain(one, &Unhurried), solve_plain(other, &Unhurried));
    let plans = [(one, &plain), (other, &plain_other)].map(|(wave, result)| result.plan.as_ref().map(|plan| by_id(wave, plan)));
    if plain.status != plain_other.status || plain.best != plain_other.best || plans[0] != plans[1] {
        differences.push(format!("second opinion: {plain:?}\n{plain_other:?}"));
    }

    let solved = |wave| essence(wave, &solve(wave, &Options::default(), &Unhurried));
    let (engine, engine_other) = (solved(one), solved(other));
    if engine != engine_other {
        differences.push(format!("engine: {engine:?}\n{engine_other:?}"));
    }

    if !differences.is_empty() {
        let path = keep_wave(&format!("volgorde-{wave_seed}.json"), json);
        panic!("seed {wave_seed}: the order of rows matters on {}\n{}", path.display(), differences.join("\n"));
    }
}

#[test]
fn permuting_a_waves_rows_changes_neither_plan_nor_values() {
    let base = seed();
    println!("LOKET_SEED={base}");
    for n in 0..60 {
        let wave_seed = nth_seed(base, n);
        compare(&generate::tiny(wave_seed), wave_seed);
    }
    for n in 0..6 {
        let wave_seed = nth_seed(base, n);
        compare(&generate::small(wave_seed), wave_seed);
    }
}

#[test]
fn shuffling_leaves_the_order_of_choices_and_goals_alone() {
    let json = serde_json::json!({
        "kandidaten": [{ "bouwen": ["bovenbouw", "middenbouw", "onderbouw"] }],
        "coaches": [{ "bouwen": ["bovenbouw", "middenbouw", "onderbouw"] }],
        "beleid": { "doelen": [1, 2, 3, 4, 5], "bouw_punten": [9, 5, 1] },
    });
    let mut coach_moved = false;
    for throw in 0..20 {
        let mut shuffled = json.clone();
        shuffle(&mut shuffled, &mut Vec::new(), &mut Dice::new(throw));
        assert_eq!(shuffled["kandidaten"], json["kandidaten"]);
        assert_eq!(shuffled["beleid"], json["beleid"]);
        coach_moved |= shuffled["coaches"] != json["coaches"];
    }
    assert!(coach_moved);
}
