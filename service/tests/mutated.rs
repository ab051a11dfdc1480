//! `loket verify` finds every one of many small lies in an outcome that was right.

mod common;

use common::{folder, impossible_wave, loket, read, wave, write};
use serde_json::{Value, json};

/// A lie: its name, and what it does to an outcome.
type Lie = (&'static str, fn(&mut Value));

fn add(value: &mut Value, amount: i64) {
    *value = json!(value.as_i64().expect("a number") + amount);
}

fn rows<'a>(outcome: &'a mut Value, key: &str) -> &'a mut Vec<Value> {
    outcome[key].as_array_mut().expect("a list")
}

/// Placements are of Z3, Z1, Z2 in this order; Z4 is not placed.
const LIES: &[Lie] = &[
    ("another hash", |it| it["invoer_sha256"] = json!("0".repeat(64))),
    ("another wave", |it| it["lichting"] = json!("een-andere")),
    ("another format", |it| it["formaat"] = json!("loket-uitkomst/2")),
    ("an unknown key", |it| it["extra"] = json!(1)),
    ("not proven after all", |it| it["status"] = json!("haalbaar")),
    ("stopped", |it| it["status"] = json!("afgebroken")),
    ("impossible", |it| it["status"] = json!("onmogelijk")),
    ("a status that does not exist", |it| it["status"] = json!("prima")),
    ("a placement is gone", |it| {
        rows(it, "plaatsingen").remove(0);
    }),
    ("a placement twice", |it| {
        let copy = it["plaatsingen"][0].clone();
        rows(it, "plaatsingen").push(copy);
    }),
    ("placements in another order", |it| rows(it, "plaatsingen").swap(0, 1)),
    ("somebody unknown", |it| it["plaatsingen"][0]["kandidaat"] = json!("Z9")),
    ("a school unknown", |it| it["plaatsingen"][0]["school"] = json!("S9")),
    ("another school", |it| {
        let other = if it["plaatsingen"][0]["school"] == "S1" { "S2" } else { "S1" };
        it["plaatsingen"][0]["school"] = json!(other);
    }),
    ("a seat unknown", |it| it["plaatsingen"][0]["plek"] = json!("kelder")),
    ("another bouw", |it| it["plaatsingen"][1]["bouw"] = json!("onderbouw")),
    ("a coach unknown", |it| it["plaatsingen"][0]["coach"] = json!("K9")),
    ("another coach", |it| {
        let other = if it["plaatsingen"][0]["coach"] == "K1" { "K2" } else { "K1" };
        it["plaatsingen"][0]["coach"] = json!(other);
    }),
    ("two coaches swapped", |it| {
        let other = if it["plaatsingen"][1]["coach"] == "K1" { "K2" } else { "K1" };
        it["plaatsingen"][1]["coach"] = json!(other);
    }),
    ("an hour more", |it| add(&mut it["plaatsingen"][0]["uren"], 1)),
    ("a minute less", |it| add(&mut it["plaatsingen"][0]["reistijd"], -1)),
    ("a coach's minute more", |it| add(&mut it["plaatsingen"][0]["coachreistijd"], 1)),
    ("a point more", |it| add(&mut it["plaatsingen"][0]["punten"]["reistijd"], 1)),
    ("points of a term that gives none", |it| it["plaatsingen"][0]["punten"]["intern"] = json!(7)),
    ("points left out", |it| {
        it["plaatsingen"][0]["punten"].as_object_mut().expect("an object").remove("geplaatst");
    }),
    ("somebody unplaced is left out", |it| rows(it, "ongeplaatst").clear()),
    ("somebody placed is unplaced as well", |it| {
        let mut copy = it["ongeplaatst"][0].clone();
        copy["kandidaat"] = json!("Z1");
        rows(it, "ongeplaatst").push(copy);
    }),
    ("no reason", |it| it["ongeplaatst"][0]["redenen"] = json!([])),
    ("a reason that is not true", |it| it["ongeplaatst"][0]["redenen"][0]["code"] = json!("coach-uren")),
    ("a reason with another figure", |it| {
        let data = it["ongeplaatst"][0]["redenen"][0]["gegevens"].as_object_mut().expect("an object");
        add(data.values_mut().next().expect("a figure"), 1);
    }),
    ("a reason in other words", |it| it["ongeplaatst"][0]["redenen"][0]["tekst"] = json!("Zomaar.")),
    ("a goal is gone", |it| {
        rows(it, "doelen").pop();
    }),
    ("goals in another order", |it| rows(it, "doelen").swap(0, 1)),
    ("a goal by another name", |it| it["doelen"][0]["naam"] = json!("geluk")),
    ("a goal with another weight", |it| it["doelen"][0]["punten"]["geplaatst"] = json!(2)),
    ("another tolerance", |it| it["doelen"][3]["tolerantie_procent"] = json!(30)),
    ("a better value", |it| add(&mut it["doelen"][0]["waarde"], 1)),
    ("a worse value", |it| add(&mut it["doelen"][5]["waarde"], -1)),
    ("a better best", |it| add(&mut it["doelen"][0]["beste"], 1)),
    ("a worse best", |it| add(&mut it["doelen"][4]["beste"], -1)),
    ("a bound below the best", |it| add(&mut it["doelen"][0]["bovengrens"], -1)),
    ("proven with room left", |it| add(&mut it["doelen"][0]["bovengrens"], 1)),
    ("not proven without room", |it| it["doelen"][2]["bewezen"] = json!(false)),
    ("best and bound below the plan", |it| {
        for key in ["beste", "bovengrens", "ondergrens"] {
            add(&mut it["doelen"][0][key], -1);
        }
    }),
    ("best and bound above the plan", |it| {
        for key in ["beste", "bovengrens", "ondergrens"] {
            add(&mut it["doelen"][0][key], 1);
        }
    }),
    ("another floor", |it| add(&mut it["doelen"][3]["ondergrens"], -1)),
    ("one more placed", |it| add(&mut it["kerncijfers"]["geplaatst"], 1)),
    ("more first choices", |it| add(&mut it["kerncijfers"]["bouw_1e"], 1)),
    ("less cost", |it| add(&mut it["kerncijfers"]["kosten_cent"], -100)),
    ("a shorter mean", |it| add(&mut it["kerncijfers"]["reistijd_gemiddeld"], -1)),
    ("a change that was none", |it| add(&mut it["kerncijfers"]["gewijzigd"], 1)),
    ("another policy", |it| it["beleid"]["max_starters_procent"] = json!(90)),
    ("a notice left out", |it| rows(it, "meldingen").clear()),
    ("another seed", |it| add(&mut it["techniek"]["seed"], 1)),
    ("a conflict with a plan", |it| it["conflict"] = json!([{ "kandidaat": "Z1", "regels": ["plekken"] }])),
];

/// Lies in an outcome that says the wave is impossible because of Z2 and Z3.
const LIES_OF_CONFLICT: &[Lie] = &[
    ("no conflict", |it| it["conflict"] = json!([])),
    ("somebody without a lock", |it| it["conflict"][0]["kandidaat"] = json!("Z1")),
    ("somebody unknown", |it| it["conflict"][0]["kandidaat"] = json!("Z9")),
    ("no rules", |it| it["conflict"][0]["regels"] = json!([])),
    ("a rule that does not exist", |it| it["conflict"][0]["regels"] = json!(["pech"])),
    ("another order", |it| rows(it, "conflict").swap(0, 1)),
    ("optimal after all", |it| it["status"] = json!("optimaal")),
    ("stopped", |it| it["status"] = json!("afgebroken")),
];

fn every_lie_is_found(name: &str, wave: &Value, status: i32, lies: &[Lie]) {
    let here = folder(name);
    write(&here, "w.json", wave);
    let solved = loket(&here, &["solve", "w.json", "-o", "u.json"]);
    assert_eq!(solved.status, status, "{}", solved.err);
    let right = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(right.status, 0, "{}", right.out);
    let truth = read(&here, "u.json");
    let mut believed = Vec::new();
    for (lie, tell) in lies {
        let mut outcome = truth.clone();
        tell(&mut outcome);
        assert_ne!(outcome, truth, "{lie} changes nothing");
        write(&here, "lie.json", &outcome);
        let ran = loket(&here, &["verify", "w.json", "lie.json", "--json"]);
        let page: Value = serde_json::from_str(&ran.out).expect("JSON");
        let findings = page["bevindingen"].as_array().map_or(0, Vec::len);
        if ran.status != 1 || page["klopt"] != false || findings == 0 {
            believed.push(lie);
        }
    }
    assert!(believed.is_empty(), "verify believes: {believed:?}");
}

#[test]
fn every_lie_in_an_outcome_is_found() {
    assert!(LIES.len() >= 25);
    every_lie_is_found("lies", &wave(), 0, LIES);
}

#[test]
fn every_lie_in_a_conflict_is_found() {
    every_lie_is_found("lies-of-conflict", &impossible_wave(), 3, LIES_OF_CONFLICT);
}

#[test]
fn a_lie_is_told_with_its_place() {
    let here = folder("place");
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let mut outcome = read(&here, "u.json");
    outcome["plaatsingen"][0]["uren"] = json!(61);
    write(&here, "u.json", &outcome);
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("/plaatsingen/0/uren (Z3): Er staat 61, het moet 60 zijn."), "{}", ran.out);
}
