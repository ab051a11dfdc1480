//! At least a thousand lies about solved waves are refused: every field changed, dropped or doubled, and plans that are consistent
//! but not what the outcome claims.

use loket_instances::generate;
use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_service::verify::verify;
use loket_solver::common::tables::Id;
use loket_solver::matching::facts::ids::{CandidateId, CoachId, SeatId};
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::plan::{Placement, Plan};
use loket_solver::matching::judge;
use loket_solver::matching::judge::reasons;
use serde_json::Value;

use crate::honest::{plain_outcome, technique};
use crate::support::{load, nth_seed, seed};

/// Parts of an outcome that are told and not checked: times, the engine's own figures, and the least number of changes, which only
/// a solve can find.
fn told_only(pointer: &str) -> bool {
    pointer.ends_with("/seconden")
        || (pointer.starts_with("/techniek") && pointer != "/techniek/seed")
        || pointer == "/kerncijfers/minste_wijzigingen"
}

/// Every value below `value` that differs from it in one place, with the place and what was done there.
fn lies(value: &Value, pointer: &str, lies_so_far: &mut Vec<(String, Value)>, root: &Value) {
    if told_only(pointer) {
        return;
    }
    let mut tell = |what: &str, lie: Value| {
        let mut outcome = root.clone();
        if let Some(place) = outcome.pointer_mut(pointer) {
            *place = lie;
        }
        if outcome != *root {
            lies_so_far.push((format!("{pointer} {what}"), outcome));
        }
    };
    match value {
        Value::Null => {}
        Value::Bool(flag) => tell("flipped", Value::Bool(!flag)),
        Value::Number(number) => {
            if let Some(number) = number.as_i64() {
                tell("one more", Value::from(number + 1));
                tell("one less", Value::from(number - 1));
            }
        }
        Value::String(text) => tell("changed", Value::String(format!("{text}x"))),
        Value::Array(items) => {
            // That fewer locks already meet no plan is, like a bound, something only a solve can refute.
            let refutable = pointer != "/conflict" || items.len() == 1;
            for at in (0..items.len()).filter(|_| refutable) {
                let mut fewer = items.clone();
                fewer.remove(at);
                tell(&format!("without item {at}"), Value::Array(fewer));
            }
            if items.len() >= 2 {
                let mut swapped = items.clone();
                swapped.swap(0, 1);
                tell("first two swapped", Value::Array(swapped));
            }
            if let Some(first) = items.first() {
                let mut more = items.clone();
                more.push(first.clone());
                tell("first item doubled", Value::Array(more));
            }
        }
        Value::Object(fields) => {
            for key in fields.keys() {
                if !told_only(&format!("{pointer}/{key}")) {
                    let mut fewer = fields.clone();
                    fewer.remove(key);
                    tell(&format!("without {key}"), Value::Object(fewer));
                }
            }
        }
    }
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                lies(item, &format!("{pointer}/{at}"), lies_so_far, root);
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                lies(field, &format!("{pointer}/{key}"), lies_so_far, root);
            }
        }
        _ => {}
    }
}

/// Whether the verifier finds something wrong in an outcome.
fn refused(loaded: &Loaded, outcome: &Value) -> bool {
    let bytes = serde_json::to_vec(outcome).expect("a JSON value is written");
    !verify(loaded, &bytes).is_empty()
}

fn file(loaded: &Loaded, outcome: &Outcome) -> Value {
    to_json(&compose(loaded, outcome, &technique(&loaded.wave)))
}

/// Solved waves with their honest outcome: tiny ones with every rule in play, and a few small ones.
fn solved() -> Vec<(u64, Loaded, Outcome)> {
    let base = seed();
    println!("LOKET_SEED={base}");
    let tiny = (0..40).map(|n| (nth_seed(base, n), generate::tiny(nth_seed(base, n))));
    let small = (0..6).map(|n| (nth_seed(base, n), generate::small(nth_seed(base, n))));
    tiny.chain(small)
        .map(|(wave_seed, json)| {
            let loaded = load(&json);
            let outcome = plain_outcome(&loaded.wave);
            (wave_seed, loaded, outcome)
        })
        .collect()
}

#[test]
fn an_outcome_changed_in_any_one_place_is_refused() {
    let (mut told, mut believed) = (0, Vec::new());
    for (wave_seed, loaded, outcome) in solved() {
        let honest = file(&loaded, &outcome);
        let bytes = serde_json::to_vec(&honest).expect("a JSON value is written");
        let findings = verify(&loaded, &bytes);
        assert!(findings.is_empty(), "seed {wave_seed}: an honest outcome is refused: {findings:?}");
        let mut all = Vec::new();
        lies(&honest, "", &mut all, &honest);
        told += all.len();
        for (what, lie) in all {
            if !refused(&loaded, &lie) {
                believed.push(format!("seed {wave_seed}: {what}"));
            }
        }
    }
    println!("{told} lies in one place, {} believed", believed.len());
    assert!(told >= 1_000, "only {told} lies were told");
    assert!(believed.is_empty(), "believed:\n{}", believed.join("\n"));
}

/// Plans that differ from this one for one or two people: a coach swapped or changed, a seat moved, a person dropped or added.
fn neighbours(plan: &Plan, seats: usize, coaches: usize) -> Vec<(String, Plan)> {
    let mut found = Vec::new();
    let people: Vec<CandidateId> = plan.ids().collect();
    let mut other = |what: &str, changes: &[(CandidateId, Option<Placement>)]| {
        let mut changed = plan.clone();
        for &(candidate, placement) in changes {
            changed[candidate] = placement;
        }
        if changed != *plan {
            found.push((format!("{what} {changes:?}"), changed));
        }
    };
    for &one in &people {
        other("dropped", &[(one, None)]);
        let now = plan[one];
        for seat in (0..seats).map(SeatId::new) {
            for coach in (0..coaches).map(CoachId::new) {
                other("moved", &[(one, Some(Placement { seat, coach }))]);
            }
        }
        for &two in people.iter().filter(|&&two| two > one) {
            other("exchanged", &[(one, plan[two]), (two, now)]);
            if let (Some(a), Some(b)) = (now, plan[two]) {
                let with = |of: Placement, coach| Some(Placement { coach, ..of });
                other("coaches swapped", &[(one, with(a, b.coach)), (two, with(b, a.coach))]);
            }
        }
    }
    found
}

#[test]
fn another_plan_with_the_claims_of_the_best_one_is_refused_unless_it_earns_them() {
    let (mut told, mut earned, mut believed) = (0, 0, Vec::new());
    for (wave_seed, loaded, outcome) in solved() {
        let wave = &loaded.wave;
        let Some(plan) = &outcome.plan else { continue };
        let claimed: Vec<i64> = outcome.goals.iter().map(|goal| goal.value).collect();
        for (what, changed) in neighbours(plan, wave.seats.len(), wave.coaches.len()) {
            let findings = judge::judge(wave, &changed, outcome.least_changes);
            let lie = Outcome { unplaced: reasons::unplaced(wave, &changed, true), plan: Some(changed), ..outcome.clone() };
            if findings.breaches.is_empty() && findings.values == claimed {
                earned += 1;
                assert!(!refused(&loaded, &file(&loaded, &lie)), "{what}");
                continue;
            }
            told += 1;
            if !refused(&loaded, &file(&loaded, &lie)) {
                believed.push(format!("seed {wave_seed}: {what}"));
            }
        }
    }
    println!("{told} other plans with claims they do not earn, {} believed; {earned} as good", believed.len());
    assert!(told >= 1_000, "only {told} lies were told");
    assert!(believed.is_empty(), "believed:\n{}", believed.join("\n"));
}
