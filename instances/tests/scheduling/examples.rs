//! The hand-made rosters of instances/rosters come to what their page says.

use std::path::Path;

use loket_instances::scheduling::examine::examine;
use loket_instances::scheduling::outcome::{Technique, compose, to_json};
use loket_instances::scheduling::roster_file::{RosterFile, read_roster};
use loket_solver::common::control::Unhurried;
use loket_solver::scheduling::ask::alternatives::{ComesTo, alternatives, other_staff};
use loket_solver::scheduling::facts::roster::{Claim, Part};
use loket_solver::scheduling::solve::solve;
use serde_json::{Value, json};

/// The outcome of one of them, examined.
fn outcome(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters").join(format!("{name}.json"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let loaded = read_roster(&bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    assert_eq!(RosterFile::read(&loaded.file.write()).unwrap_or_else(|refusal| panic!("{refusal}")), loaded.file, "{name}");
    let solved = solve(&loaded.roster, &Unhurried);
    let technique = Technique { version: "0".into(), engine: String::new(), seed: 1, seconds: 0.0, memory_mib: None };
    let file = to_json(&compose(&loaded, &solved, &technique));
    assert_eq!(examine(&loaded, &serde_json::to_vec(&file).expect("JSON")), Vec::new(), "{name}");
    file
}

fn members(block: &Value) -> Vec<&str> {
    block["leden"].as_array().expect("members").iter().map(|member| member["id"].as_str().expect("an id")).collect()
}

#[test]
fn every_example_has_its_line_and_every_line_its_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters");
    let page = std::fs::read_to_string(folder.join("README.md")).expect("the page");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            assert!(page.contains(&format!("| `{name}` |")), "{name} has no line");
            count += 1;
        }
    }
    assert_eq!(page.matches("| `").count(), count);
}

#[test]
fn the_smallest_interview_is_planned() {
    let file = outcome("gesprekken-kleinste");
    assert_eq!(file["status"], "optimaal");
    assert_eq!(members(&file["blokken"][0]), ["Z1"]);
    assert_eq!(file["blokken"][0]["bezetting"], json!([{ "rol": "coach", "persoon": "K1" }, { "rol": "intermediair", "persoon": "I1" }]));
}

#[test]
fn a_coach_who_falls_ill_changes_nobodys_moment() {
    let file = outcome("gesprekken-panellid-ziek");
    assert_eq!((&file["kerncijfers"]["gewijzigd"], &file["kerncijfers"]["gedwongen"]), (&json!(0), &json!(0)));
    let monday = &file["blokken"][0];
    assert_eq!((&monday["dagdeel"], &monday["bezetting"][0]["persoon"]), (&json!("2026-09-07-o"), &json!("K2")));
    assert_eq!(members(monday).len(), 2);
    assert_eq!(monday["leden"][1]["tijd"], "10:15");
    assert_eq!((&file["blokken"][1]["dagdeel"], &file["blokken"][1]["bezetting"][0]["persoon"]), (&json!("2026-09-08-o"), &json!("K1")));
}

#[test]
fn a_lock_that_has_nothing_to_do_with_it_is_not_blamed() {
    let file = outcome("gesprekken-vast-botst");
    assert_eq!(file["status"], "onmogelijk");
    let conflict = file["conflict"].as_array().expect("a conflict");
    assert_eq!(conflict.iter().map(|lock| lock["deelnemer"].as_str().expect("an id")).collect::<Vec<_>>(), ["Z1", "Z2"]);
    assert_eq!(conflict[0]["dagdeel"], "2026-09-07-o");
    assert!(conflict[0]["regels"].as_array().expect("rules").contains(&json!("omvang")), "{conflict:?}");
}

#[test]
fn a_closed_week_shifts_a_series_and_one_school_sits_apart() {
    let file = outcome("intervisie-vrije-week");
    let shown: Vec<&Value> = file["blokken"].as_array().expect("blocks").iter().map(|block| &block["dagdelen"]).collect();
    assert_eq!(shown, [&json!(["2026-09-08-m", "2026-09-29-m"]), &json!(["2026-09-15-m", "2026-10-06-m"])]);
    assert_eq!(file["doelen"][1]["waarde"], 0, "nobody meets the own school");
    assert_eq!(file["kerncijfers"]["scholen_samen"], json!([{ "scholen": ["S1", "S2"], "groepen": 2 }]));
}

#[test]
fn a_group_goes_on_with_its_facilitator_and_a_newcomer() {
    let file = outcome("intervisie-groep-blijft");
    let group = &file["blokken"][0];
    assert_eq!((&group["vervolg_van"], &group["bezetting"][0]["persoon"]), (&json!("G1"), &json!("F2")));
    assert_eq!(members(group).len(), 3);
}

#[test]
fn two_schools_fit_in_one_morning() {
    let file = outcome("bezoeken-twee-scholen");
    let blocks = file["blokken"].as_array().expect("blocks");
    assert_eq!(blocks.len(), 2);
    assert!(blocks.iter().all(|block| members(block).len() == 2 && block["punten"]["reistijd"] == -45));
}

#[test]
fn a_course_runs_when_it_is_paid_and_gaps_are_told() {
    let file = outcome("aanbod-kostendekkend");
    assert_eq!(file["blokken"][0]["aanbod"], "C");
    assert_eq!(file["kerncijfers"]["loopt_niet"][0]["aanbod"], "T");
    assert_eq!(file["kerncijfers"]["loopt_niet"][0]["tekort"], json!([{ "wat": "geld", "cent": 100_000 }]));
    assert_eq!(file["kerncijfers"]["vragen_zonder_aanbod"], json!([{ "leervraag": "ict", "deelnemers": 2 }]));
    let left = &file["ongepland"][0];
    assert_eq!((&left["id"], &left["redenen"][0]["code"]), (&json!("P3"), &json!("dekking")));
}

/// What else is possible for one unit of an example, and its price by goal.
fn others(name: &str, id: &str) -> Vec<(String, ComesTo)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters").join(format!("{name}.json"));
    let loaded = read_roster(&std::fs::read(path).expect("an example")).unwrap_or_else(|refusal| panic!("{refusal}"));
    let roster = &loaded.roster;
    let solved = solve(roster, &Unhurried);
    let unit = roster.units.ids().find(|&unit| roster.units[unit].id == id).expect("the unit");
    let found = alternatives(roster, solved.plan.as_ref().expect("a plan"), &solved.goals, unit, 20, &Unhurried);
    found.into_iter().map(|it| (it.place.moments(roster)[0].to_string(), it.comes_to)).collect()
}

#[test]
fn somebody_else_on_the_staff_has_the_price_of_a_roster_with_that_lock() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rosters").join("gesprekken-panellid-ziek.json");
    let loaded = read_roster(&std::fs::read(path).expect("an example")).unwrap_or_else(|refusal| panic!("{refusal}"));
    let roster = &loaded.roster;
    let solved = solve(roster, &Unhurried);
    let plan = solved.plan.as_ref().expect("a plan");
    let mut tried = 0;
    for unit in roster.units.ids() {
        for it in other_staff(roster, plan, &solved.goals, unit, 20, &Unhurried) {
            let person = it.person.expect("somebody");
            assert!(plan.with(unit).all(|block| block.place == it.place && !block.has(person)));
            let mut forced = roster.clone();
            let moment = it.place.moment();
            let (location, person) = (it.place.location.map_or(Part::Absent, Part::Known), Part::Known(person));
            forced.units[unit].locks = vec![Claim { moment, location, series: None, offer: Part::Absent, person }];
            let other = solve(&forced, &Unhurried);
            let price = other.goals.iter().zip(&solved.goals).map(|(forced, now)| forced.best - now.best).collect();
            assert_eq!(it.comes_to, ComesTo::Price(price));
            tried += 1;
        }
    }
    assert!(tried > 0, "nobody else could be on any staff");
}

#[test]
fn another_moment_has_its_exact_price() {
    // The afternoon of the same day is as good; nothing else is open.
    assert_eq!(others("gesprekken-kleinste", "Z1"), [("2026-09-07-m".to_owned(), ComesTo::Price(vec![0; 8]))]);
    // Moving an agreed talk alone breaks an agreement (3 · 10) and takes a second session on Monday.
    let other = others("gesprekken-panellid-ziek", "Z1");
    let (moment, ComesTo::Price(price)) = &other[0] else { panic!("{other:?}") };
    assert_eq!((moment.as_str(), price[0]), ("2026-09-07-m", -30));
    // In the other series somebody of the own school is met, or a group is lost: it has a price or none, and is never unknown.
    let other = others("intervisie-vrije-week", "P1");
    assert!(!other.is_empty() && other.iter().all(|(_, it)| matches!(it, ComesTo::Price(price) if price[0] <= 0)), "{other:?}");
}
