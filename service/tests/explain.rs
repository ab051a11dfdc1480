//! `loket explain` as a user meets it: refusals, what-ifs, and that no view shows a person or school it must not.

mod common;

use common::{Ran, folder, loket, read, wave, write};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

fn solved(name: &str, wave: &Value) -> std::path::PathBuf {
    let here = folder(name);
    write(&here, "w.json", wave);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "o.json"]).status, 0);
    here
}

fn explain(here: &Path, words: &[&str]) -> Ran {
    let mut all = vec!["explain", "w.json", "o.json"];
    all.extend(words);
    loket(here, &all)
}

#[test]
fn an_outcome_of_another_file_is_not_explained() {
    let here = solved("explain-other", &wave());
    let mut other = wave();
    other["naam"] = json!("Een andere lichting");
    write(&here, "w.json", &other);
    let ran = explain(&here, &["--candidate", "Z1"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("klopt niet met de lichting") && ran.err.contains("ander bestand"), "{}", ran.err);
}

#[test]
fn what_is_unknown_or_not_to_be_seen_is_refused_in_dutch() {
    let here = solved("explain-refused", &wave());
    let cases: [(&[&str], &str); 8] = [
        (&[], "Wat is de vraag?"),
        (&["--candidate", "Z9"], "Kandidaat Z9 staat niet in de lichting."),
        (&["--coach", "K9"], "Coach K9 staat niet in de lichting."),
        (&["--seat", "S1:zolder"], "wel: bovenbouw, onderbouw"),
        (&["--force", "Z9=S1"], "begint niet met een kandidaat"),
        (&["--candidate", "Z1", "--view", "buurman"], "is geen kijker"),
        (&["--scarcity", "--view", "kandidaat"], "Een kandidaat ziet alleen zichzelf"),
        (&["--candidate", "Z4", "--view", "bestuur:B1"], "op een eigen school geplaatst"),
    ];
    for (words, expected) in cases {
        let ran = explain(&here, words);
        assert_eq!(ran.status, 2, "{words:?} {}", ran.out);
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
}

#[test]
fn somebody_far_away_is_told_how_many_minutes_are_missing() {
    let here = solved("explain-none", &wave());
    let ran = explain(&here, &["--candidate", "Z4"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Waarom geen plaats voor Z4 Bram Verweg?"), "{}", ran.out);
    assert!(ran.out.contains("meer reistijd voor Z4") && ran.out.contains("dan is er een plaats"), "{}", ran.out);
}

#[test]
fn a_placement_that_cannot_be_forced_ends_with_status_3_and_says_why() {
    let here = solved("explain-force", &wave());
    let ran = explain(&here, &["--force", "Z1=S1:onderbouw"]);
    assert_eq!(ran.status, 3, "{}", ran.out);
    assert!(ran.out.contains("kan niet") && ran.out.contains("(regel bouw)"), "{}", ran.out);
    let ran = explain(&here, &["--force", "Z2=S1:onderbouw", "--forbid", "Z3=S2"]);
    assert!(ran.status == 0 && ran.out.contains("Z2 naar onderbouw bij De Vlieger (S1)"), "{} {}", ran.out, ran.err);
}

#[test]
fn rules_that_are_named_do_not_hold_for_a_forced_placement() {
    let here = solved("explain-despite", &wave());
    let forced = ["--force", "Z4=S2:middenbouw:K2"];
    assert_eq!(explain(&here, &forced).status, 3);
    let ran = explain(&here, &[&forced[..], &["--ondanks", "reistijd"]].concat());
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("ondanks reistijd"), "{}", ran.out);
    assert_eq!(explain(&here, &[&forced[..], &["--ondanks", "bouw,dagdelen"]].concat()).status, 3, "the travel is still too long");
    for (rules, expected) in [("reistijd,kwaliteit", "kwaliteit geldt altijd"), ("ver", "ver is geen regel")] {
        let ran = explain(&here, &[&forced[..], &["--ondanks", rules]].concat());
        assert_eq!(ran.status, 2, "{rules}: {}", ran.out);
        assert!(ran.err.contains(expected) && ran.err.contains("coach-reistijd"), "{rules}: {}", ran.err);
    }
    assert_eq!(explain(&here, &["--candidate", "Z4", "--ondanks", "reistijd"]).status, 2, "there is nothing forced");
}

#[test]
fn machines_get_prices_per_goal() {
    let here = solved("explain-json", &wave());
    let ran = explain(&here, &["--candidate", "Z3", "--json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let page: Value = serde_json::from_str(&ran.out).expect("JSON");
    let first = &page["alternatieven"]["alternatieven"][0];
    assert_eq!(first["prijs"]["bewezen"], json!(true), "{page:#}");
    assert_eq!(first["prijs"]["doelen"][0]["doel"], json!("geplaatst"));
    assert_eq!(page["waarom"]["kandidaat"], json!("Z3"));
}

/// A made-up wave in which every name is a canary that holds its own id, and no two ids are parts of one another.
fn canaries(name: &str) -> (std::path::PathBuf, Value) {
    let here = folder(name);
    let made = loket(
        &here,
        &["generate", "--candidates", "24", "--coaches", "3", "--school-count", "12", "--scarcity", "80", "--seed", "5", "-o", "w.json"],
    );
    assert_eq!(made.status, 0, "{}", made.err);
    let mut wave = read(&here, "w.json");
    for table in ["besturen", "scholen", "coaches", "kandidaten"] {
        for row in wave[table].as_array_mut().expect("a table") {
            row["naam"] = json!(format!("Canarie {}", row["id"].as_str().expect("an id")));
        }
    }
    write(&here, "w.json", &wave);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "o.json"]).status, 0);
    (here, wave)
}

/// The words of a text: ids stand alone or behind "Canarie".
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn ids<'a>(wave: &'a Value, table: &str) -> Vec<&'a str> {
    wave[table].as_array().expect("a table").iter().filter_map(|row| row["id"].as_str()).collect()
}

#[test]
fn a_candidate_sees_no_other_person() {
    let (here, wave) = canaries("explain-candidate");
    let outcome = read(&here, "o.json");
    let mut placed = 0;
    for own in ids(&wave, "kandidaten").into_iter().step_by(4) {
        let line = outcome["plaatsingen"].as_array().expect("a list").iter().find(|it| it["kandidaat"] == own);
        placed += usize::from(line.is_some());
        for more in [&[][..], &["--json"][..]] {
            let mut asked = vec!["--candidate", own, "--view", "kandidaat", "--alternatives", "2"];
            asked.extend(more);
            let ran = explain(&here, &asked);
            assert_eq!(ran.status, 0, "{}", ran.err);
            let seen = words(&ran.out);
            for other in ids(&wave, "kandidaten") {
                assert!(other == own || !seen.contains(other), "{own} sees {other}: {}", ran.out);
            }
            for coach in ids(&wave, "coaches") {
                let mine = line.is_some_and(|line| line["coach"] == coach);
                assert!(mine || !seen.contains(coach), "{own} sees {coach}: {}", ran.out);
            }
        }
    }
    assert!(placed > 0, "somebody is placed");
}

#[test]
fn a_board_sees_counts_and_its_own_schools_and_nobody() {
    let (here, wave) = canaries("explain-board");
    let outcome = read(&here, "o.json");
    let board_of = |school: &Value| {
        let all = wave["scholen"].as_array().expect("a table");
        all.iter().find(|it| it["id"] == *school).map(|it| it["bestuur"].clone()).unwrap_or_default()
    };
    let boards: BTreeSet<String> = outcome["plaatsingen"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| board_of(&it["school"]).as_str().map(Into::into))
        .collect();
    for own in boards.iter().take(3) {
        let view = format!("bestuur:{own}");
        let line = outcome["plaatsingen"].as_array().expect("a list").iter().find(|it| board_of(&it["school"]) == **own).expect("placed");
        let candidate = line["kandidaat"].as_str().expect("an id");
        let seat = format!("{}:{}", line["school"].as_str().expect("an id"), line["plek"].as_str().expect("an id"));
        for question in [&["--candidate", candidate, "--alternatives", "3"][..], &["--seat", &seat], &["--scarcity", "4"]] {
            for more in [&[][..], &["--json"][..]] {
                let mut asked = vec!["--view", view.as_str()];
                asked.extend(question);
                asked.extend(more);
                let ran = explain(&here, &asked);
                assert_eq!(ran.status, 0, "{question:?}: {}", ran.err);
                if let Some((_, below)) = ran.out.split_once("Wat kan er anders?") {
                    let told = below.lines().skip(1).any(|line| !line.trim().is_empty());
                    assert!(told, "a heading is followed by something: {}", ran.out);
                }
                let seen = words(&ran.out);
                for table in ["kandidaten", "coaches"] {
                    for person in ids(&wave, table) {
                        assert!(!seen.contains(person), "{own} sees {person}: {}", ran.out);
                    }
                }
                for school in wave["scholen"].as_array().expect("a table").iter().filter(|it| it["bestuur"] != **own) {
                    assert!(!seen.contains(school["id"].as_str().expect("an id")), "{own} sees {}: {}", school["id"], ran.out);
                }
                for other in ids(&wave, "besturen") {
                    assert!(other == own || !seen.contains(other), "{own} sees {other}: {}", ran.out);
                }
            }
        }
    }
    assert!(boards.len() > 1, "several boards have somebody");
}
