//! Limits on time and memory as a user meets them: what was cut is said, a checked plan comes rather than nobody placed, and a better
//! outcome that is there stays.

mod common;

use std::path::{Path, PathBuf};

use common::{folder, loket, read, wave, write};
use serde_json::{Value, json};

/// A made-up city.
fn city(name: &str, seed: &str) -> PathBuf {
    let here = folder(&format!("limits-{name}"));
    assert_eq!(loket(&here, &["generate", "--candidates", "60", "--seed", seed, "-o", "w.json"]).status, 0);
    here
}

fn placed(here: &Path, outcome: &str) -> usize {
    read(here, outcome)["plaatsingen"].as_array().map_or(0, Vec::len)
}

/// Everybody may go everywhere: as many placements as candidates times seat groups times coaches.
fn open_wave(candidates: usize) -> Value {
    let at =
        |number: usize| json!({ "lat": 52.30 + (number * 37 % 100) as f64 / 1000.0, "lon": 4.80 + (number * 61 % 100) as f64 / 1000.0 });
    let with = |mut row: Value, number: usize| {
        let place = at(number);
        (row["lat"], row["lon"]) = (place["lat"].clone(), place["lon"].clone());
        row
    };
    let bands = ["onderbouw", "middenbouw", "bovenbouw"];
    let seats: Vec<Value> = bands.iter().map(|bouw| json!({ "bouw": bouw, "aantal": 1_000 })).collect();
    let all = |count: usize, row: &dyn Fn(usize) -> Value| (0..count).map(|number| with(row(number), number)).collect::<Vec<_>>();
    json!({
        "formaat": "loket-lichting/1", "id": "groot", "fase": "opleiding", "besturen": [{ "id": "B1" }],
        "scholen": all(50, &|number| json!({ "id": format!("S{number}"), "bestuur": "B1", "plekken": seats })),
        "coaches": all(20, &|number| json!({ "id": format!("K{number}"), "maximum": 100_000, "uren": 100_000 })),
        "kandidaten": all(candidates, &|number| json!({ "id": format!("Z{number}"), "bouwen": bands })),
    })
}

#[test]
fn a_wave_whose_model_would_not_fit_gets_a_checked_plan_within_the_limit() {
    let here = folder("limits-memory");
    // Six million placements: more than half a GiB while they are solved.
    write(&here, "w.json", &open_wave(2_000));
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--memory-limit", "200"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let outcome = read(&here, "u.json");
    assert_eq!(outcome["status"], "haalbaar");
    assert!(placed(&here, "u.json") > 1_000, "{}", placed(&here, "u.json"));
    if let Some(used) = outcome["techniek"]["geheugen_mib"].as_u64() {
        assert!(used < 300, "{used} MiB");
    }
    assert_eq!(loket(&here, &["verify", "w.json", "u.json"]).status, 0);
}

#[test]
fn without_any_time_somebody_is_placed_and_nothing_is_called_proven() {
    let here = city("no-time", "1");
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--time-limit", "0"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let outcome = read(&here, "u.json");
    assert!(placed(&here, "u.json") > 30, "{}", placed(&here, "u.json"));
    assert!(outcome["doelen"].as_array().is_some_and(|goals| goals.iter().all(|goal| goal["bewezen"] == false)), "{outcome}");
    let ran = loket(&here, &["verify", "w.json", "u.json"]);
    assert_eq!(ran.status, 0, "{}", ran.out);
}

#[test]
fn a_better_outcome_that_is_there_stays_unless_it_is_to_be_replaced() {
    let here = city("kept", "2");
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let best = std::fs::read(here.join("u.json")).unwrap();
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--time-limit", "0"]);
    assert_eq!(ran.status, 4, "{}", ran.err);
    assert!(ran.err.contains("al een betere uitkomst"), "{}", ran.err);
    assert_eq!(std::fs::read(here.join("u.json")).unwrap(), best);

    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--time-limit", "0", "--vervang"]);
    assert_eq!((ran.status, read(&here, "u.json")["status"].clone()), (0, json!("haalbaar")), "{}", ran.err);
    // What is proven takes the place of what is not, and an outcome of another wave is no outcome of this one.
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    assert_eq!(read(&here, "u.json")["status"], "optimaal");
    let mut other = read(&here, "w.json");
    other["naam"] = json!("Een andere lichting");
    write(&here, "w.json", &other);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json", "--time-limit", "0"]).status, 0);
    assert_eq!(read(&here, "u.json")["status"], "haalbaar");
}

#[test]
fn a_stop_before_any_plan_writes_nothing_and_says_so() {
    let here = folder("limits-nothing");
    // Against an unknown least number of changes no plan can be judged.
    let mut limited = wave();
    limited["beleid"] = json!({ "max_wijzigingen": 0 });
    write(&here, "w.json", &limited);
    let ran = loket(&here, &["solve", "w.json", "-o", "u.json", "--time-limit", "0"]);
    assert_eq!(ran.status, 4, "{}", ran.err);
    assert!(ran.err.contains("er is niets geschreven"), "{}", ran.err);
    assert!(!here.join("u.json").exists());
}

#[test]
fn a_question_that_is_cut_off_does_not_call_a_proven_plan_unproven() {
    let here = city("cut", "1");
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "o.json"]).status, 0);
    let outcome = read(&here, "o.json");
    assert_eq!(outcome["status"], "optimaal");
    let left = outcome["ongeplaatst"].as_array().expect("a list");
    let somebody = outcome["plaatsingen"][0]["kandidaat"].as_str().expect("an id").to_owned();
    let mut cut = 0;
    for id in left.iter().filter_map(|row| row["kandidaat"].as_str()).chain([somebody.as_str()]) {
        let ran = loket(&here, &["explain", "w.json", "o.json", "--candidate", id, "--time-limit", "0"]);
        assert!(!ran.out.contains("niet bewezen") && !ran.out.contains("niet zeker"), "{id}: {}", ran.out);
        cut += usize::from(ran.status == 4);
        let said = ran.out.contains("afgebroken") || ran.out.contains("Gestopt");
        assert_eq!(ran.status == 4, said, "{id}: {} {}", ran.status, ran.out);
    }
    assert!(cut > 0, "nobody's question was cut off");
    let ran = loket(&here, &["explain", "w.json", "o.json", "--scarcity", "--time-limit", "0"]);
    assert_eq!(ran.status, 4, "{}", ran.out);
}

#[test]
fn a_plan_that_was_not_proven_says_so_first_and_what_is_better_anyway_is_not_blamed_on_the_question() {
    let here = city("unproven", "1");
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "o.json", "--time-limit", "0"]).status, 0);
    let somebody = read(&here, "o.json")["plaatsingen"][0]["kandidaat"].as_str().expect("an id").to_owned();
    let ran = loket(&here, &["explain", "w.json", "o.json", "--candidate", &somebody, "--alternatives", "1", "--json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.err.contains("niet bewezen dat het niet beter kan"), "{}", ran.err);
    let page: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(page["plan"]["bewezen"], false, "{page}");
    assert_eq!(page["plan"]["nu_uitgezocht"], true, "{page}");
    let anyway = page["plan"]["verhuizingen_hoe_dan_ook"].as_u64().expect("a number");
    assert!(anyway > 5, "{page}");
    // Compared with the better plan a question costs what it costs, and few people move for it.
    let price = &page["alternatieven"]["alternatieven"][0]["prijs"];
    assert!(price["verhuizingen"].as_u64().is_some_and(|moved| moved < anyway), "{price}");
    let ran = loket(&here, &["explain", "w.json", "o.json", "--candidate", &somebody, "--alternatives", "1"]);
    assert!(
        ran.out.trim_start().starts_with("Het plan zelf") && ran.out.contains("Los van elke vraag is er een beter plan"),
        "{}",
        ran.out
    );
}
