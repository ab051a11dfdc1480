//! The funnel monitor: malformed files named, targets by their denominators, and nothing told that is too small.

use loket_instances::planning::monitor::codes::{Target, TargetVerdict};
use loket_instances::planning::monitor::counts_file::read_monitor;
use loket_instances::planning::monitor::targets::{satisfied, stopped, to_json, told};
use serde_json::{Value, json};

fn sound() -> Value {
    json!({ "formaat": "loket-trechter/1", "id": "2027-01", "peildatum": "2027-01-15", "plan": "amsterdam-2026",
        "lichtingen": [{ "id": "L1", "tellingen": { "aangemeld": 220, "intake": 214, "voortraject": 196, "assessment": 171, "opleiding": 171 },
            "open": { "assessment": 6 },
            "gestopt": [{ "na": "voortraject", "reden": "te_zwaar", "aantal": 12 }, { "na": "voortraject", "reden": "prive", "aantal": 3 }],
            "waardering": { "antwoorden": 88, "som_tienden": 7120 } }],
        "pool": { "intern": 15, "extern": 5 }, "uren": { "werkervaring": 2870 }, "kosten": { "intake-intern": 825000 } })
}

fn refused(file: &Value) -> Vec<(String, &'static str)> {
    let problems = read_monitor(file.to_string().as_bytes()).err().map(|refusal| refusal.problems).unwrap_or_default();
    problems.into_iter().map(|problem| (problem.pointer, problem.code)).collect()
}

#[test]
fn targets_count_who_is_no_longer_under_way() {
    let monitor = read_monitor(sound().to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}"));
    let told = told(&monitor.waves[0]);
    let found: Vec<_> = told.iter().map(|it| (it.target, it.counts, it.verdict)).collect();
    let expected = [
        (Target::Start, Some((196, 220)), Some(TargetVerdict::OnCourse)),
        (Target::Voortraject, Some((171, 190)), Some(TargetVerdict::OnCourse)),
        (Target::Opleiding, Some((171, 171)), Some(TargetVerdict::OnCourse)),
        (Target::Diploma, None, None),
        (Target::Blijft, None, None),
    ];
    assert_eq!(found, expected);
    assert_eq!((told[0].text.as_str(), told[3].text.as_str()), ("196 van 220 (89 %)", "nog niet geteld"));
    assert_eq!(
        (satisfied(88, 7_120), satisfied(88, 7_039), satisfied(9, 900)),
        (TargetVerdict::OnCourse, TargetVerdict::Below, TargetVerdict::TooSmall)
    );
    let (_, _, shown) = stopped(&monitor);
    assert_eq!(shown, [["·", "·", "15"], ["·", "·", "15"]]);
    assert!(!to_json(&monitor).to_string().contains(":3"), "a small count is told");
}

#[test]
fn counts_that_cannot_be_are_told_at_their_place() {
    assert_eq!(refused(&sound()), Vec::new());
    let wave = "/lichtingen/0";
    let table = [
        ("/lichtingen/0/tellingen/intake", json!(221), "/lichtingen/0/tellingen/intake", "volgorde"),
        ("/lichtingen/0/tellingen/opleiding", json!(172), "/lichtingen/0/tellingen/opleiding", "volgorde"),
        ("/lichtingen/0/open/assessment", json!(11), wave, "volgorde"),
        ("/lichtingen/0/gestopt/0/aantal", json!(17), wave, "volgorde"),
        ("/lichtingen/0/gestopt/0/reden", json!("zin"), "/lichtingen/0/gestopt/0/reden", "woord"),
        ("/lichtingen/0/gestopt/0/na", json!("lunch"), "/lichtingen/0/gestopt/0/na", "woord"),
        ("/lichtingen/0/gestopt/0/reden", json!("prive"), "/lichtingen/0/gestopt/1", "dubbel"),
        ("/lichtingen/0/waardering/som_tienden", json!(8_801), "/lichtingen/0/waardering/som_tienden", "grens"),
        ("/lichtingen/0/waardering/som_tienden", json!(879), "/lichtingen/0/waardering/som_tienden", "grens"),
        ("/peildatum", json!("2027-02-30"), "/peildatum", "datum"),
        ("/lichtingen", json!([]), "/lichtingen", "leeg"),
        ("/pool/intern", json!(-1), "/pool/intern", "grens"),
        ("/kosten/intake-intern", json!("veel"), "/kosten/intake-intern", "type"),
        ("/formaat", json!("loket-uitkomst/1"), "/formaat", "formaat"),
    ];
    for (place, value, pointer, code) in table {
        let mut file = sound();
        *file.pointer_mut(place).expect("a place") = value;
        let found = refused(&file);
        assert!(found.iter().any(|(at, what)| (at.as_str(), *what) == (pointer, code)), "{place}: {found:?}");
    }
    // With a diploma after 24 months: both counts are one step, and who stays is counted apart from guidance.
    let mut file = sound();
    file["lichtingen"][0]["tellingen"] =
        json!({ "opleiding": 180, "jaar2": 180, "diploma": 140, "diploma_later": 10, "inductie": 120, "blijft1": 145 });
    file["lichtingen"][0]["open"] = json!({ "diploma_later": 20, "inductie": 20 });
    file["lichtingen"][0]["gestopt"] = json!([{ "na": "jaar2", "reden": "prive", "aantal": 10 }]);
    assert_eq!(refused(&file), Vec::new());
    file["lichtingen"][0]["open"]["diploma"] = json!(1);
    assert_eq!(refused(&file), [(wave.to_owned(), "volgorde")]);
    file["lichtingen"][0]["open"] = json!({});
    file["lichtingen"][0]["tellingen"]["blijft1"] = json!(151);
    assert_eq!(refused(&file), [("/lichtingen/0/tellingen/blijft1".to_owned(), "volgorde")]);
}
