//! What a child says is proven is shown as proven only where it was checked: by prices, or by looking through what they leave open.

use loket_instances::generate;
use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::Loaded;
use loket_service::work::CheckedOutcome;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::{Conflict, GoalResult, Outcome, Verdict};
use loket_solver::matching::judge::{self, reasons};
use loket_solver::matching::solve::{Options, solve};
use serde_json::{Value, json};

use crate::honest::technique;
use crate::support::{load, nth_seed, seed};

fn certified(loaded: &Loaded) -> Outcome {
    solve(&loaded.wave, &Options { certificate: true, ..Options::default() }, &Unhurried)
}

fn file(loaded: &Loaded, outcome: &Outcome) -> Vec<u8> {
    serde_json::to_vec(&to_json(&compose(loaded, outcome, &technique(&loaded.wave)))).expect("a JSON value is written")
}

/// The outcome of the same wave with one placement forbidden, told as that of the wave itself.
fn worse(json: &Value, loaded: &Loaded, honest: &Outcome) -> Option<Outcome> {
    let plan = honest.plan.as_ref()?;
    for (candidate, placement) in plan.pairs() {
        let Some(placement) = placement else { continue };
        let wave = &loaded.wave;
        let mut other = json.clone();
        let forbidden = json!({
            "kandidaat": wave.candidates[candidate].id, "school": wave.school_of(placement.seat).id, "reden": "anders",
            "plek": wave.seats[placement.seat].id, "coach": wave.coaches[placement.coach].id,
        });
        match other["verboden"].as_array_mut() {
            Some(list) => list.push(forbidden),
            None => other["verboden"] = json!([forbidden]),
        }
        let mut told = certified(&load(&other));
        let less = told.plan.is_some() && told.goals.iter().zip(&honest.goals).any(|(told, true_)| told.best != true_.best);
        if !less {
            continue;
        }
        let plan = told.plan.clone()?;
        if judge::judge(wave, &plan, None).breaches.is_empty() {
            told.unplaced = reasons::unplaced(wave, &plan, told.verdict == Verdict::Optimal);
            return Some(told);
        }
    }
    None
}

fn without_certificates(outcome: &Outcome) -> Outcome {
    let goals = outcome.goals.iter().map(|goal| GoalResult { certificate: None, ..goal.clone() }).collect();
    Outcome { goals, ..outcome.clone() }
}

fn waves(tiny: u64, small: u64) -> impl Iterator<Item = (u64, Value)> {
    let base = seed();
    println!("LOKET_SEED={base}");
    let tiny = (0..tiny).map(move |n| nth_seed(base, n)).map(|seed| (seed, generate::tiny(seed)));
    tiny.chain((0..small).map(move |n| nth_seed(base, n)).map(|seed| (seed, generate::small(seed))))
}

/// `beste` and `bewezen` of each goal.
fn shown(checked: &CheckedOutcome) -> Vec<(i64, bool)> {
    let file: Value = serde_json::from_slice(checked.json()).expect("JSON");
    let goals = file["doelen"].as_array().expect("a list");
    goals.iter().map(|goal| (goal["beste"].as_i64().expect("a number"), goal["bewezen"] == true)).collect()
}

#[test]
fn what_is_proven_stays_proven_and_a_worse_plan_is_never_shown_as_proven_best() {
    let (mut proven, mut kept, mut lies, mut refused, mut lowered) = (0, 0, 0, 0, 0);
    for (wave_seed, json) in waves(60, 20) {
        let loaded = load(&json);
        let honest = certified(&loaded);
        if honest.plan.is_none() || loaded.wave.policy.max_changes.is_some() {
            continue;
        }
        let bytes = file(&loaded, &honest);
        let checked = CheckedOutcome::new(&loaded, bytes.clone()).expect("an honest outcome is not refused");
        proven += honest.goals.iter().filter(|goal| goal.proven()).count();
        kept += checked.proven();
        if checked.proven() == honest.goals.len() {
            assert_eq!(checked.json(), bytes, "seed {wave_seed}: nothing is changed where all was checked");
        }
        let Some(told) = worse(&json, &loaded, &honest) else { continue };
        let truth: Vec<i64> = honest.goals.iter().map(|goal| goal.best).collect();
        for lie in [told.clone(), without_certificates(&told)] {
            lies += 1;
            let bytes = file(&loaded, &lie);
            for check in [CheckedOutcome::new, CheckedOutcome::so_far] {
                let Ok(checked) = check(&loaded, bytes.clone()) else {
                    refused += 1;
                    continue;
                };
                lowered += 1;
                // Up to the first goal whose best value is another, what it says is true.
                let mut right = true;
                for ((best, proven), truth) in shown(&checked).into_iter().zip(&truth) {
                    right &= best == *truth;
                    assert!(!proven || right, "seed {wave_seed}: {best} is shown as proven, it is {truth}");
                }
                assert_eq!(checked.status(), Verdict::Feasible, "seed {wave_seed}");
            }
        }
    }
    println!("{kept} of {proven} goals stay proven; {lies} lies: {refused} refused, {lowered} lowered");
    assert!(kept * 100 >= proven * 98, "{kept} of {proven} proven goals stay proven");
    assert!(lies > 20 && refused > 0, "{lies} lies, {refused} refused, {lowered} lowered");
}

#[test]
fn a_large_wave_without_certificates_is_shown_with_what_it_rests_on_and_not_as_proven() {
    let loaded = load(&generate::small(nth_seed(7, 3)));
    let honest = certified(&loaded);
    let told = without_certificates(&honest);
    let checked = CheckedOutcome::so_far(&loaded, file(&loaded, &told)).expect("it agrees with the wave");
    let page: Value = serde_json::from_slice(checked.json()).expect("JSON");
    for goal in page["doelen"].as_array().expect("a list") {
        let said = checked.unchecked().iter().any(|name| *name == goal["naam"]);
        assert_ne!(goal["bewezen"] == true, said, "{goal}: either it was checked, or it is said that it was not");
        assert_eq!(goal["bewezen"] == true, goal["beste"] == goal["bovengrens"], "{goal}");
    }
    let whole = checked.unchecked().is_empty();
    assert_eq!(checked.status() == Verdict::Optimal, whole);
    assert_eq!(page["techniek"].get("niet_nagerekend").is_none(), whole);
    // What is kept is an outcome that agrees with the wave, and checking it again changes nothing.
    let again = CheckedOutcome::so_far(&loaded, checked.json().to_vec()).expect("it agrees with the wave");
    assert_eq!(again.json(), checked.json());
}

#[test]
fn locks_that_can_stand_together_are_no_conflict_whatever_a_child_says() {
    let mut tried = 0;
    // Locks that stand are rare among chance waves: about one of twenty.
    for (wave_seed, json) in waves(400, 0) {
        let loaded = load(&json);
        let outcome = certified(&loaded);
        let locked = loaded.wave.locked();
        if locked.is_empty() {
            continue;
        }
        if outcome.verdict == Verdict::Impossible {
            let bytes = file(&loaded, &outcome);
            let checked = CheckedOutcome::new(&loaded, bytes).expect("an honest conflict is not refused");
            assert_eq!(checked.unchecked(), [] as [String; 0], "seed {wave_seed}");
            continue;
        }
        if outcome.plan.is_none() {
            continue;
        }
        tried += 1;
        let mut people: Vec<_> = locked;
        people.sort_by(|one, other| loaded.wave.candidates[*one].id.as_bytes().cmp(loaded.wave.candidates[*other].id.as_bytes()));
        let rules = vec![loket_solver::matching::facts::codes::RuleCode::Plekken];
        let conflict = people.into_iter().map(|candidate| Conflict { candidate, rules: rules.clone() }).collect();
        let lie = Outcome { verdict: Verdict::Impossible, goals: vec![], plan: None, unplaced: vec![], conflict, ..outcome };
        let findings = CheckedOutcome::new(&loaded, file(&loaded, &lie)).expect_err("a lie");
        assert!(findings.iter().any(|finding| finding.place == "/conflict"), "seed {wave_seed}: {findings:?}");
    }
    assert!(tried >= 10, "{tried} waves with locks that stand");
}
