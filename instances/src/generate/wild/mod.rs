//! Small waves with every rule and term of docs/model.md switched on now and then: food for brute force and for comparing solvers.
//!
//! Every wave is valid (docs/format.md); most can be solved, some are impossible by their locks. Their names say that they are
//! generated.

mod links;
mod people;
mod policy;
mod together;
mod world;

use loket_solver::matching::facts::words::{Phase, Word};
use serde_json::{Map, Value, json};

use super::draw::Draw;

/// How big a wave is.
struct Size {
    candidates: usize,
    schools: usize,
    groups: usize,
    coaches: usize,
}

/// A random tiny wave: 1–6 candidates, 1–4 schools, 1–6 seat groups, 1–3 coaches, mostly at most 50,000 plans.
pub fn tiny(seed: u64) -> Value {
    let mut draw = Draw::new("klein", seed);
    let candidates = draw.pick(&[1, 2, 3, 3, 4, 4, 5, 5, 6]);
    let coaches = draw.pick(&[1, 2, 2, 3, 3]);
    // (1 + groups · coaches)^candidates plans before the pair rules, which forbid more than half of the placements.
    let choices = [18, 18, 18, 18, 18, 15][candidates - 1];
    let size = Size {
        candidates,
        schools: draw.between(1, 4) as usize,
        groups: draw.pick(&[1, 3, 4, 5, 5, 6, 6, 6]).min(choices / coaches),
        coaches,
    };
    together::more(wave(&format!("tiny-{seed}"), &size, &mut draw), seed)
}

/// A random small wave: 8–20 candidates, 5–12 schools, 3–6 coaches, as rich as a tiny one.
pub fn small(seed: u64) -> Value {
    let mut draw = Draw::new("middelklein", seed);
    let candidates = draw.between(8, 20);
    let size = Size {
        candidates: candidates as usize,
        schools: draw.between(5, 12) as usize,
        groups: draw.between(candidates * 2 / 3, candidates * 5 / 4) as usize,
        coaches: draw.between(3, 6) as usize,
    };
    together::more(wave(&format!("small-{seed}"), &size, &mut draw), seed)
}

/// A JSON object under construction.
type Row = Map<String, Value>;

/// Writes a key in this many of a hundred draws; the value is drawn either way.
fn maybe(row: &mut Row, draw: &Chance, key: &str, value: impl Into<Value>) {
    if draw.0 {
        row.insert(key.into(), value.into());
    }
}

/// Whether something is switched on, drawn beforehand.
struct Chance(bool);

impl Draw {
    fn chance(&mut self, percent: u32) -> Chance {
        Chance(self.percent(percent))
    }
}

/// Ids that differ, in an order of their own, now and then unusual.
fn ids(prefix: &str, count: usize, draw: &mut Draw) -> Vec<String> {
    let mut numbers: Vec<usize> = (1..=count).collect();
    draw.shuffle(&mut numbers);
    let mut ids: Vec<String> = numbers.iter().map(|number| format!("{prefix}{number}")).collect();
    if let Some(first) = ids.first_mut().filter(|_| draw.percent(10)) {
        *first = format!("{prefix} é/{first}");
    }
    ids
}

fn wave(id: &str, size: &Size, draw: &mut Draw) -> Value {
    let phase = draw.pick(Phase::ALL);
    let boards = world::boards(draw);
    let schools = world::schools(size, &boards, draw);
    let coaches = people::coaches(size, &schools, &boards, phase, draw);
    let candidates = people::candidates(size, &schools, &coaches, &boards, draw);
    let mut wave = Row::new();
    wave.insert("formaat".into(), json!("loket-lichting/1"));
    wave.insert("id".into(), json!(id));
    wave.insert("naam".into(), json!(format!("Gegenereerde proeflichting {id} (geen echte personen)")));
    wave.insert("fase".into(), json!(phase.code()));
    wave.insert("beleid".into(), policy::policy(size, phase, draw));
    wave.insert("besturen".into(), json!(boards));
    wave.insert("scholen".into(), json!(schools));
    wave.insert("coaches".into(), json!(coaches));
    wave.insert("kandidaten".into(), json!(candidates));
    links::links(&mut wave, &schools, &coaches, &candidates, &boards, draw);
    Value::Object(wave)
}

/// The ids of rows.
fn ids_of(rows: &[Row]) -> Vec<&str> {
    rows.iter().filter_map(|row| row["id"].as_str()).collect()
}
