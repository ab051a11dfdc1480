//! Outcome files: composed from wave and plan, written, read back, and refused when malformed.

mod common;

use std::time::Duration;

use common::{bytes, set, wave};
use loket_instances::matching::outcome::{OutcomeFile, Technique, compose, read_outcome, to_json};
use loket_instances::matching::read::{Loaded, policy_json, read_wave};
use loket_solver::matching::facts::codes::{ReasonCode, RuleCode};
use loket_solver::matching::facts::ids::CandidateId;
use loket_solver::matching::facts::outcome::{Conflict, GoalResult, Outcome, Reason, Verdict, Work};
use loket_solver::matching::facts::plan::{self, Placement};
use serde_json::{Value, json};

fn loaded() -> Loaded {
    let mut changed = wave();
    set(&mut changed, "/coaches/0/eigen_school", json!("S9"));
    read_wave(&bytes(&changed)).unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn candidate(loaded: &Loaded, id: &str) -> CandidateId {
    let wave = &loaded.wave;
    wave.candidates.ids().find(|&row| wave.candidates[row].id == id).expect("the candidate exists")
}

fn technique() -> Technique {
    Technique { version: "0.1.0".into(), engine: "proef".into(), seed: 1, seconds: 0.123_456, memory_mib: Some(70) }
}

/// Z1 at her locked seat, Z2 left out.
fn solved(loaded: &Loaded) -> Outcome {
    let wave = &loaded.wave;
    let seat = wave.seats.ids().find(|&seat| wave.seats[seat].id == "groep 6").expect("the seat exists");
    let coach = wave.coaches.ids().next().expect("there is a coach");
    let mut plan = plan::empty(wave);
    plan[candidate(loaded, "Z1")] = Some(Placement { seat, coach });
    let goal = |best, bound| GoalResult { best, bound, floor: best, value: best, time: Duration::from_micros(1_500), certificate: None };
    let reasons = vec![
        Reason { code: ReasonCode::Rule(RuleCode::Plekken), data: vec![("plekken", 1)] },
        Reason { code: ReasonCode::NotProven, data: vec![] },
    ];
    Outcome {
        verdict: Verdict::Feasible,
        goals: vec![goal(1, 2), goal(2, 2)],
        plan: Some(plan),
        unplaced: vec![(candidate(loaded, "Z2"), reasons)],
        conflict: Vec::new(),
        least_changes: Some(0),
        work: Work { columns: 12, ..Work::default() },
    }
}

fn file() -> (Loaded, OutcomeFile) {
    let loaded = loaded();
    let file = compose(&loaded, &solved(&loaded), &technique());
    (loaded, file)
}

#[test]
fn an_outcome_is_written_as_the_format_says() {
    let (loaded, file) = file();
    let expected = json!({
        "formaat": "loket-uitkomst/1", "lichting": "proef", "invoer_sha256": loaded.sha256, "status": "haalbaar",
        "doelen": [
            { "naam": "geplaatst", "punten": { "geplaatst": 1 }, "tolerantie_procent": 0, "beste": 1, "bovengrens": 2, "bewezen": false, "ondergrens": 1, "waarde": 1, "seconden": 0.002 },
            { "naam": "rust", "punten": { "ongewijzigd": 2 }, "tolerantie_procent": 0, "beste": 2, "bovengrens": 2, "bewezen": true, "ondergrens": 2, "waarde": 2, "seconden": 0.002 }
        ],
        // Z1: 31 minutes by reistijden, 100 − floor(3100/60) = 49; K1 to S1: 1303 m, 3 + ceil(5.9938) = 9 minutes, 100 − 15 = 85.
        "plaatsingen": [{ "kandidaat": "Z1", "school": "S1", "plek": "groep 6", "bouw": "bovenbouw", "coach": "K1", "uren": 60, "reistijd": 31, "coachreistijd": 9,
            "punten": { "geplaatst": 1, "bouw": 100, "reistijd": 49, "coachreis": 85, "intern": 100, "kosten": -300_000, "ongewijzigd": 1, "ongewijzigd_school": 1, "ongewijzigd_coach": 1, "afspraak_school": 10, "afspraak_coach": 10 } }],
        "ongeplaatst": [{ "kandidaat": "Z2", "redenen": [
            { "code": "plekken", "gegevens": { "plekken": 1 }, "tekst": "De plekken die passen zijn vol (1 plek)." },
            { "code": "niet-bewezen", "gegevens": {}, "tekst": "De berekening is gestopt voordat zeker was dat het niet beter kan." }
        ] }],
        "meldingen": [{ "code": "onbekende-verwijzing", "plaats": "/coaches/0/eigen_school", "tekst": "coach K1, eigen_school: school \"S9\" staat niet in dit bestand; dit veld telt niet mee" }],
        "kerncijfers": { "kandidaten": 2, "geplaatst": 1, "bouw_1e": 1, "bouw_2e": 0, "bouw_later": 0, "reistijd_gemiddeld": 31, "reistijd_hoogste": 31, "kosten_cent": 300_000, "gewijzigd": 0, "gedwongen": 0, "minste_wijzigingen": 0 },
        "beleid": policy_json(&loaded.wave),
        "techniek": { "versie": "0.1.0", "engine": "proef", "seed": 1, "seconden": 0.123, "mogelijke_plaatsingen": 0, "kolommen": 12, "programmas": 0, "knopen": 0, "herstellingen": 0, "geheugen_mib": 70 }
    });
    assert_eq!(to_json(&file), expected);
}

#[test]
fn what_is_written_reads_back_the_same() {
    let (_, file) = file();
    let written = to_json(&file);
    let read = read_outcome(&bytes(&written)).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(read, file);
    assert_eq!(serde_json::to_string(&to_json(&read)).expect("text"), serde_json::to_string(&written).expect("text"));
}

#[test]
fn an_impossible_wave_has_a_conflict_and_no_goals() {
    let loaded = loaded();
    let outcome = Outcome {
        verdict: Verdict::Impossible,
        goals: Vec::new(),
        plan: None,
        unplaced: Vec::new(),
        conflict: vec![Conflict { candidate: candidate(&loaded, "Z1"), rules: vec![RuleCode::Plekken] }],
        least_changes: None,
        work: Work::default(),
    };
    let file = compose(&loaded, &outcome, &technique());
    let written = to_json(&file);
    assert_eq!((&written["status"], &written["doelen"], &written["plaatsingen"]), (&json!("onmogelijk"), &json!([]), &json!([])));
    assert_eq!(written["conflict"], json!([{ "kandidaat": "Z1", "regels": ["plekken"] }]));
    assert_eq!((&written["kerncijfers"]["kandidaten"], &written["kerncijfers"]["reistijd_gemiddeld"]), (&json!(2), &json!(0)));
    assert_eq!(read_outcome(&bytes(&written)).unwrap_or_else(|refusal| panic!("{refusal}")), file);
}

#[test]
fn the_mean_is_rounded_half_up_and_rows_keep_the_order_of_the_file() {
    let mut changed = wave();
    set(&mut changed, "/reistijden/-", json!({ "van": "Z2", "naar": "S1", "minuten": 34 }));
    let loaded = read_wave(&bytes(&changed)).unwrap_or_else(|refusal| panic!("{refusal}"));
    let mut outcome = solved(&loaded);
    let seat = outcome.plan.as_ref().and_then(|plan| plan[candidate(&loaded, "Z1")]).expect("Z1 is placed");
    outcome.unplaced.clear();
    outcome.plan.as_mut().expect("a plan")[candidate(&loaded, "Z2")] = Some(seat);
    let file = compose(&loaded, &outcome, &technique());
    assert_eq!(file.placements.iter().map(|line| line.candidate.as_str()).collect::<Vec<_>>(), ["Z1", "Z2"]);
    // (31 + 34) / 2 = 32.5; bovenbouw is not among the choices of Z2.
    assert_eq!((file.figures.mean_travel, file.figures.most_travel, file.figures.later_bouw), (33, 34, 1));
}

#[test]
fn malformed_outcomes_are_refused_with_code_and_place() {
    let written = to_json(&file().1);
    let table: Vec<(&str, Value, &str)> = vec![
        ("/formaat", json!("loket-lichting/1"), "formaat"),
        ("/status", json!("klaar"), "woord"),
        ("/lichting", Value::Null, "ontbreekt"),
        ("/extra", json!(1), "onbekende-sleutel"),
        ("/doelen/0/beste", json!(1.5), "type"),
        ("/doelen/0/bewezen", json!("ja"), "type"),
        ("/doelen/0/seconden", json!(-1), "grens"),
        ("/doelen/0/punten/geplatst", json!(1), "woord"),
        ("/doelen/0/waarde", Value::Null, "ontbreekt"),
        ("/plaatsingen/0/bouw", json!("kleuters"), "woord"),
        ("/plaatsingen/0/coach", Value::Null, "ontbreekt"),
        ("/plaatsingen/0/punten/reistijd", json!("49"), "type"),
        ("/plaatsingen/0/naam", json!("iemand"), "onbekende-sleutel"),
        ("/ongeplaatst/0/redenen/0/gegevens/plekken", json!(0.5), "type"),
        ("/ongeplaatst/0/redenen", json!({}), "type"),
        ("/conflict", json!("geen"), "type"),
        ("/meldingen/0/plaats", json!(3), "type"),
        ("/kerncijfers/geplaatst", json!("1"), "type"),
        ("/beleid/seed", json!(-1), "grens"),
        ("/techniek/versie", Value::Null, "ontbreekt"),
    ];
    for (pointer, value, code) in table {
        let mut changed = written.clone();
        set(&mut changed, pointer, value);
        let refusal = read_outcome(&bytes(&changed)).expect_err(pointer);
        assert_eq!(refusal.problems.iter().map(|p| (p.code, p.pointer.as_str())).collect::<Vec<_>>(), [(code, pointer)]);
    }
}

#[test]
fn keys_may_be_added_under_figures_and_technique_only() {
    let mut written = to_json(&file().1);
    set(&mut written, "/kerncijfers/nieuw", json!({ "a": [1, 2.5, null] }));
    set(&mut written, "/techniek/machine", json!("2 kernen"));
    set(&mut written, "/doelen/0/certificaat", json!({ "prijzen": [3, 4] }));
    let read = read_outcome(&bytes(&written)).unwrap_or_else(|refusal| panic!("{refusal}"));
    assert_eq!(to_json(&read), written);
}
