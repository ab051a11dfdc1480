//! `loket rooster` as a user meets it: each example solved, verified and explained, a rerun that keeps what it can, and exit statuses.

mod common;

use std::path::Path;

use common::{Ran, folder, loket, read, write};
use serde_json::{Value, json};

/// A folder with this hand-made roster as `r.json`.
fn with(name: &str, example: &str) -> std::path::PathBuf {
    let here = folder(name);
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../instances/rosters").join(format!("{example}.json"));
    std::fs::copy(&from, here.join("r.json")).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    here
}

fn rooster(here: &Path, words: &[&str]) -> Ran {
    loket(here, &[&["rooster"], words].concat())
}

#[test]
fn every_example_is_solved_and_verified_and_a_wrong_outcome_is_told() {
    let examples = [
        "gesprekken-kleinste",
        "gesprekken-panellid-ziek",
        "intervisie-groep-blijft",
        "intervisie-vrije-week",
        "bezoeken-twee-scholen",
        "aanbod-kostendekkend",
    ];
    for example in examples {
        let here = with(&format!("rooster-{example}"), example);
        let checked = rooster(&here, &["check", "r.json"]);
        assert_eq!((checked.status, checked.out.contains("is in orde")), (0, true), "{example}: {}{}", checked.out, checked.err);
        let solved = rooster(&here, &["solve", "r.json", "-o", "u.json"]);
        assert_eq!((solved.status, solved.out.contains("Bewezen: beter kan niet.")), (0, true), "{example}: {}{}", solved.out, solved.err);
        let verified = rooster(&here, &["verify", "r.json", "u.json"]);
        assert_eq!(verified.status, 0, "{example}: {}", verified.out);
        let mut outcome = read(&here, "u.json");
        let best = outcome["doelen"][0]["waarde"].as_i64().expect("a value");
        outcome["doelen"][0]["waarde"] = (best + 1).into();
        write(&here, "x.json", &outcome);
        let wrong = rooster(&here, &["verify", "r.json", "x.json"]);
        assert_eq!(wrong.status, 1, "{example}: {}", wrong.out);
    }
}

#[test]
fn locks_that_cannot_stand_together_are_named() {
    let here = with("rooster-botst", "gesprekken-vast-botst");
    let solved = rooster(&here, &["solve", "r.json", "-o", "u.json"]);
    assert_eq!((solved.status, solved.out.contains("kan niet allemaal samen")), (3, true), "{}{}", solved.out, solved.err);
    assert_eq!(rooster(&here, &["verify", "r.json", "u.json"]).status, 0);
}

#[test]
fn somebody_who_falls_out_gives_a_roster_and_an_outcome_that_verify_accepts() {
    let here = with("rooster-uitval", "gesprekken-panellid-ziek");
    assert_eq!(rooster(&here, &["solve", "r.json", "-o", "u.json"]).status, 0);
    let outcome = read(&here, "u.json");
    let staff = outcome["blokken"][0]["bezetting"].clone();
    let person = staff.as_array().and_then(|all| all.first()).and_then(|it| it["persoon"].as_str());
    let person = person.unwrap_or_else(|| panic!("{staff}")).to_owned();
    let ran = rooster(&here, &["rerun", "r.json", "u.json", "--without-person", &person, "-o", "n.json", "--file-out", "nr.json"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let verified = rooster(&here, &["verify", "nr.json", "n.json"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    let people: Vec<Value> = read(&here, "nr.json")["personen"].as_array().expect("people").clone();
    assert!(people.iter().all(|it| it["id"] != person.as_str()), "{person} is still in it");
    assert!(read(&here, "nr.json")["vorig"].as_array().is_some_and(|rows| !rows.is_empty()), "what was planned is the plan of before");
}

#[test]
fn an_explanation_says_what_else_is_possible_and_what_cannot_be_read_is_refused_whole() {
    let here = with("rooster-uitleg", "gesprekken-kleinste");
    assert_eq!(rooster(&here, &["solve", "r.json", "-o", "u.json"]).status, 0);
    let unit = read(&here, "r.json")["deelnemers"][0]["id"].as_str().expect("an id").to_owned();
    let told = rooster(&here, &["explain", "r.json", "u.json", "--unit", &unit]);
    assert_eq!((told.status, told.out.contains("kost niets")), (0, true), "{}{}", told.out, told.err);
    assert_eq!(rooster(&here, &["explain", "r.json", "u.json", "--unit", "niemand"]).status, 2);
    let machine = rooster(&here, &["explain", "r.json", "u.json", "--unit", &unit, "--json"]);
    let machine: Value = serde_json::from_str(&machine.out).expect("JSON");
    let one = &machine["mogelijkheden"][0];
    assert_eq!((&machine["deelnemer"], one["gegevens"]["dagdeel"] == one["dagdelen"][0]), (&json!(unit), true), "{machine}");
    let other = with("rooster-ander", "intervisie-vrije-week");
    assert_eq!(rooster(&other, &["solve", "r.json", "-o", "u.json"]).status, 0);
    std::fs::copy(other.join("u.json"), here.join("v.json")).expect("it can be copied");
    for words in [vec!["verify", "r.json", "v.json"], vec!["explain", "r.json", "v.json", "--unit", &unit]] {
        let told = rooster(&here, &words);
        let all = format!("{}{}", told.out, told.err);
        assert!(all.contains("van soort intervisie") && !all.contains("/blokken"), "{all}");
    }
    std::fs::write(here.join("k.json"), "{\"a\":1}").expect("it can be written");
    let refused = rooster(&here, &["check", "k.json"]);
    assert_eq!(
        (refused.status, refused.err.contains("6 problemen") || refused.out.contains("6 problemen")),
        (2, true),
        "{}{}",
        refused.out,
        refused.err
    );
}

#[test]
fn peer_groups_and_visits_are_filled_from_a_wave_and_everybody_gets_a_calendar() {
    let here = folder("rooster-from-waves");
    write(&here, "w.json", &common::wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "o.json"]).status, 0);
    let placed = read(&here, "o.json")["plaatsingen"].as_array().expect("placements").clone();
    let coaches: std::collections::BTreeSet<&str> = placed.iter().filter_map(|it| it["coach"].as_str()).collect();
    let person = |id: &&str| serde_json::json!({ "id": id, "rollen": ["coach"], "lat": 52.37, "lon": 4.89 });
    let people: Vec<Value> = coaches.iter().map(person).collect();
    let base = serde_json::json!({
        "formaat": "loket-rooster/1", "id": "bezoek", "soort": "bezoeken", "kalender": { "van": "2026-09-07", "tot": "2026-10-16" },
        "personen": people, "scholen": [], "plaatsingen": [],
    });
    write(&here, "b.json", &base);
    let filled = rooster(&here, &["from-waves", "b.json", "w.json", "o.json", "-o", "r.json"]);
    assert_eq!((filled.status, filled.err.contains("staan in r.json")), (0, true), "{}", filled.err);
    let made = read(&here, "r.json");
    let ids = |rows: &Value, key: &str| rows.as_array().expect("rows").iter().map(|it| it[key].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&made["plaatsingen"], "id"), placed.iter().map(|it| it["kandidaat"].clone()).collect::<Vec<_>>());
    assert_eq!(rooster(&here, &["solve", "r.json", "-o", "u.json"]).status, 0);
    let told = rooster(&here, &["ics", "r.json", "u.json", "-o", "agendas"]);
    assert_eq!(told.status, 0, "{}", told.err);
    let coach = coaches.first().expect("a coach");
    let text = std::fs::read_to_string(here.join("agendas").join(format!("{coach}.ics"))).expect("a calendar");
    assert!(text.contains("BEGIN:VEVENT") && text.contains("SEQUENCE:1"), "{text}");
    assert!(!text.contains("Verzonnen"), "no name stands in it: {text}");
    // Twice the same wave, a full roster and half a pair are refused.
    assert_eq!(rooster(&here, &["from-waves", "b.json", "w.json", "o.json", "w.json", "o.json", "-o", "x.json"]).status, 2);
    assert_eq!(rooster(&here, &["from-waves", "r.json", "w.json", "o.json", "-o", "x.json"]).status, 2);
    assert_ne!(rooster(&here, &["from-waves", "b.json", "w.json", "o.json", "w.json", "-o", "x.json"]).status, 0);
    // An outcome of another roster makes no calendars.
    assert_eq!(rooster(&here, &["ics", "b.json", "u.json", "-o", "agendas"]).status, 1);
}
