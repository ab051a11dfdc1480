//! Random waves of many shapes: tiny and small rich ones, cities in miniature, and waves where everything or nothing binds.

use loket_instances::generate::{self, Options, PhaseMix, Preset, Rerun};
use loket_solver::matching::facts::words::{Phase, Word};
use serde_json::{Map, Value, json};

use crate::support::Dice;

/// How a wave is drawn from its seed.
type Draw = fn(u64) -> Value;

/// Every shape by name. A run goes round them; tiny waves come most, for there brute force has the last word.
pub const SHAPES: &[(&str, Draw)] = &[
    ("klein", generate::tiny),
    ("stad", city),
    ("klein", generate::tiny),
    ("middelklein", generate::small),
    ("klein-los", |seed| unbound(generate::tiny(seed))),
    ("klein-krap", |seed| tight(generate::tiny(seed), seed)),
    ("klein", generate::tiny),
    ("gelijk", |seed| alike(generate::tiny(seed))),
    ("middelklein-krap", |seed| tight(generate::small(seed), seed)),
    ("klein-vrij", |seed| permissive(generate::tiny(seed))),
    ("stad-opnieuw", rerun),
    ("klein-leeg", |seed| empty(generate::tiny(seed), seed)),
    ("middelklein-los", |seed| unbound(generate::small(seed))),
    ("middelklein-gelijk", |seed| alike(generate::small(seed))),
];

/// The shape's name and the wave of the n-th seed.
pub fn wave(n: u64, seed: u64) -> (&'static str, Value) {
    let (name, draw) = SHAPES[usize::try_from(n % SHAPES.len() as u64).expect("a remainder")];
    (name, draw(seed))
}

/// A city in miniature: one phase or mixed hours, plenty or few seats, wide or tight hours.
fn city(seed: u64) -> Value {
    generate::generate(&options(&mut Dice::new(seed), seed))
}

/// The same with an earlier plan of which coaches have dropped out.
fn rerun(seed: u64) -> Value {
    let mut dice = Dice::new(seed);
    let options = options(&mut dice, seed);
    let rerun = Rerun {
        share: 50 + below(&mut dice, 51),
        started: below(&mut dice, 50),
        agreed: below(&mut dice, 50),
        dropped_coaches: dice.throw(2),
    };
    let mut wave = generate::generate(&Options { rerun: Some(rerun), ..options });
    if dice.throw(2) == 0 {
        wave["beleid"]["max_wijzigingen"] = json!(dice.throw(3));
    }
    wave
}

fn options(dice: &mut Dice, seed: u64) -> Options {
    Options {
        candidates: Some(3 + dice.throw(14)),
        seed,
        coaches: Some(2 + dice.throw(3)),
        schools: Some(4 + dice.throw(12)),
        phases: if dice.throw(2) == 0 { PhaseMix::One } else { PhaseMix::Mixed },
        phase: Phase::ALL[dice.throw(Phase::ALL.len())],
        scarcity: 50 + below(dice, 120),
        tightness: 35 + below(dice, 80),
        ..Options::new(Preset::Amsterdam)
    }
}

fn below(dice: &mut Dice, sides: usize) -> u32 {
    u32::try_from(dice.throw(sides)).expect("a small number")
}

/// Visits every row of a list of the wave.
fn each(wave: &mut Value, list: &str, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    for row in wave[list].as_array_mut().into_iter().flatten() {
        change(row.as_object_mut().expect("rows are objects"));
    }
}

fn drop_keys(row: &mut Map<String, Value>, keys: &[&str]) {
    for key in keys {
        row.remove(*key);
    }
}

fn each_group(wave: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    each(wave, "scholen", &mut |school| {
        for group in school["plekken"].as_array_mut().into_iter().flatten() {
            change(group.as_object_mut().expect("seat groups are objects"));
        }
    });
}

/// No shared limit and no lock binds: everybody gets the best of what the pair rules allow.
fn unbound(mut wave: Value) -> Value {
    each_group(&mut wave, &mut |group| {
        group.insert("aantal".into(), json!(50));
    });
    each(&mut wave, "scholen", &mut |school| drop_keys(school, &["maximum", "teamgrootte"]));
    each(&mut wave, "besturen", &mut |board| drop_keys(board, &["maximum"]));
    each(&mut wave, "coaches", &mut |coach| {
        drop_keys(coach, &["uren_vervolg"]);
        coach.insert("maximum".into(), json!(60));
        coach.insert("uren".into(), json!(90_000));
    });
    let row = wave.as_object_mut().expect("a wave is an object");
    drop_keys(row, &["vast"]);
    let policy = row.get_mut("beleid").and_then(Value::as_object_mut).expect("a policy");
    drop_keys(policy, &["max_extern_procent", "max_kosten_cent", "max_wijzigingen"]);
    wave
}

/// No pair rule binds: everybody may go everywhere with everyone, so that only the shared limits decide.
fn permissive(mut wave: Value) -> Value {
    let all = json!(["onderbouw", "middenbouw", "bovenbouw"]);
    each(&mut wave, "kandidaten", &mut |candidate| {
        drop_keys(candidate, &["besturen", "dagdelen", "coach_eisen", "uitgesloten"]);
        candidate.insert("max_reistijd".into(), json!(600));
        candidate.insert("soorten".into(), json!(["bo", "sbo", "so"]));
        let bouwen = candidate["bouwen"].as_array_mut().expect("bouwen");
        let more: Vec<Value> = all.as_array().into_iter().flatten().filter(|it| !bouwen.contains(it)).cloned().collect();
        bouwen.extend(more);
    });
    each(&mut wave, "coaches", &mut |coach| {
        drop_keys(coach, &["bouwen", "eigen_school", "uitgesloten_scholen"]);
        coach.insert("max_reistijd".into(), json!(600));
        coach.insert("soorten".into(), json!(["bo", "sbo", "so"]));
    });
    each(&mut wave, "scholen", &mut |school| drop_keys(school, &["kwaliteit"]));
    wave["beleid"]["alleen_noodplan"] = json!(false);
    drop_keys(wave.as_object_mut().expect("a wave is an object"), &["verboden"]);
    wave
}

/// Hours, counts and limits about as large as what is asked of them, so that several bind at once.
fn tight(mut wave: Value, seed: u64) -> Value {
    let mut dice = Dice::new(seed ^ 0x7161);
    let people = wave["kandidaten"].as_array().map_or(1, Vec::len).max(1);
    let coaches = wave["coaches"].as_array().map_or(1, Vec::len).max(1);
    let each_coach = people.div_ceil(coaches);
    each(&mut wave, "kandidaten", &mut |candidate| {
        candidate.insert("uren".into(), json!([7, 15, 20, 30, 45, 60][dice.throw(6)]));
    });
    each(&mut wave, "coaches", &mut |coach| {
        coach.insert("maximum".into(), json!(each_coach + dice.throw(2)));
        coach.insert("uren".into(), json!(10 + dice.throw(25 * each_coach)));
        if dice.throw(3) == 0 {
            coach.insert("uren_vervolg".into(), json!(dice.throw(30 * each_coach)));
        }
        coach.insert("tarief_cent".into(), json!([4_000, 5_000, 9_680][dice.throw(3)]));
    });
    each_group(&mut wave, &mut |group| {
        group.insert("aantal".into(), json!(1 + dice.throw(2)));
    });
    each(&mut wave, "scholen", &mut |school| {
        if dice.throw(2) == 0 {
            school.insert("maximum".into(), json!(1 + dice.throw(2)));
        }
    });
    each(&mut wave, "besturen", &mut |board| {
        if dice.throw(2) == 0 {
            board.insert("maximum".into(), json!(1 + dice.throw(people)));
        }
    });
    if dice.throw(2) == 0 {
        wave["beleid"]["max_kosten_cent"] = json!(100_000 * (1 + dice.throw(2 * people)));
    }
    if dice.throw(2) == 0 {
        wave["beleid"]["max_extern_procent"] = json!(dice.throw(101));
    }
    wave
}

/// Everybody the same but for the id: nothing but ties.
fn alike(mut wave: Value) -> Value {
    for list in ["kandidaten", "coaches"] {
        let Some(first) = wave[list].get(0).cloned() else { continue };
        each(&mut wave, list, &mut |row| {
            let id = row["id"].clone();
            *row = first.as_object().cloned().expect("rows are objects");
            row.insert("id".into(), id);
            // The first may have no place of its own because every travel time of its own is given.
            row.entry("lat").or_insert(json!(52.0));
            row.entry("lon").or_insert(json!(5.0));
        });
    }
    drop_keys(wave.as_object_mut().expect("a wave is an object"), &["verboden", "vast"]);
    wave
}

/// A wave that lacks something altogether: candidates, coaches, schools, seats or everything.
fn empty(mut wave: Value, seed: u64) -> Value {
    let lists: &[&str] = match Dice::new(seed ^ 0x6c65).throw(4) {
        0 => &["kandidaten", "vast", "verboden", "vorig_plan", "paren"],
        1 => &["coaches", "vast"],
        2 => &["scholen", "vast"],
        _ => &["vast", "vorig_plan", "verboden"],
    };
    for list in lists {
        if wave.get(*list).is_some() {
            wave[*list] = json!([]);
        }
    }
    if lists.len() == 3 {
        each_group(&mut wave, &mut |group| {
            group.insert("aantal".into(), json!(0));
        });
    }
    wave
}
