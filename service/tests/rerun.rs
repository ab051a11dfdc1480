//! `loket rerun`, `stress` and `report` as a user meets them: files that `verify` accepts, exit statuses, Dutch pages, many waves at once.

mod common;

use std::path::Path;

use common::{Ran, folder, listing, loket, read, wave, write};
use serde_json::{Value, json};

/// A folder with a solved wave: `w.json` and `u.json`.
fn solved(name: &str) -> std::path::PathBuf {
    let here = folder(name);
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    here
}

fn rerun(here: &Path, words: &[&str]) -> Ran {
    loket(here, &[&["rerun", "w.json", "u.json"], words].concat())
}

#[test]
fn a_drop_out_gives_a_wave_and_an_outcome_that_verify_accepts_and_a_page_that_names_people() {
    let here = solved("rerun-drop-out");
    let ran = rerun(&here, &["--without-coach", "K1", "-o", "n.json", "--wave-out", "nw.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for words in ["zonder coach K1", "Gedwongen", "Coach K1 (Coach Een) doet niet meer mee.", "Cijfers", "verschil"] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let verified = loket(&here, &["verify", "nw.json", "n.json"]);
    assert_eq!(verified.status, 0, "{}", verified.out);
    let after = read(&here, "nw.json");
    assert_eq!(after["coaches"].as_array().unwrap().len(), 1);
    assert_eq!(after["vorig_plan"].as_array().unwrap().len(), 3);
    assert!(after["vorig_plan"].as_array().unwrap().iter().all(|row| row["status"] == "akkoord"));
    assert_eq!(read(&here, "n.json")["kerncijfers"]["gedwongen"], 2);
    assert_eq!(read(&here, "w.json"), wave(), "the wave itself stays as it is");
}

#[test]
fn without_a_file_to_write_a_rerun_only_shows_what_would_happen() {
    let here = solved("rerun-dry");
    let ran = rerun(&here, &["--without-candidate", "Z2", "--hours", "K1=60", "--maximum", "K2=1", "--without-seat", "S2:middenbouw=1"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Niet meer in de lichting (1)"), "{}", ran.out);
    let heading = ran.out.replace('\n', " ");
    assert!(heading.contains("met 60 uur voor K1") && heading.contains("met 1 plek minder (S2:middenbouw)"), "{}", ran.out);
    assert_eq!(listing(&here), ["u.json", "w.json"]);
}

#[test]
fn a_budget_gives_a_wave_that_says_what_the_changes_are_for() {
    let here = solved("rerun-budget");
    for (budget, most) in [("1", json!(1)), ("0", json!(0)), ("vrij", Value::Null)] {
        let ran = rerun(&here, &["--without-coach", "K2", "--budget", budget, "-o", "n.json", "--wave-out", "nw.json", "--trade-off"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.out.contains("Wat gekozen wijzigingen opleveren") && ran.out.contains("0 (dit plan)"), "{}", ran.out);
        let after = read(&here, "nw.json");
        assert_eq!(after["beleid"]["max_wijzigingen"], most);
        assert_eq!(after["beleid"]["doelen"].is_array(), budget == "1");
        assert_eq!(loket(&here, &["verify", "nw.json", "n.json"]).status, 0);
    }
}

#[test]
fn the_difference_is_there_for_machines_with_codes_and_people() {
    let here = solved("rerun-json");
    let ran = rerun(&here, &["--without-school", "S1", "--json", "--trade-off", "2", "--status", "gestart"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(page["lichting"], "proef");
    let people = page["mensen"].as_array().unwrap();
    assert!(people.iter().any(|it| it["oorzaken"][0]["code"] == "school-weg"), "{page:#}");
    assert_eq!(page["afruil"]["regels"][0]["extra"], 0);
    assert!(people.iter().all(|it| it["was"]["school"] == "S1" || it["soort"] != "gedwongen"));
}

#[test]
fn somebody_who_comes_late_is_placed_while_all_others_stay() {
    let here = solved("rerun-late");
    write(&here, "laat.json", &json!({ "id": "Z9", "naam": "Laat Verzonnen", "lat": 52.38, "lon": 4.9, "bouwen": ["middenbouw"] }));
    let ran = rerun(&here, &["--add-candidate", "laat.json", "--keep-rest", "-o", "n.json", "--wave-out", "nw.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Nieuw in de lichting (1)") && ran.out.contains("Z9 Laat Verzonnen"), "{}", ran.out);
    assert_eq!(read(&here, "nw.json")["vast"].as_array().unwrap().len(), 3);
    assert_eq!(read(&here, "n.json")["kerncijfers"]["gewijzigd"], 0);
    assert_eq!(loket(&here, &["verify", "nw.json", "n.json"]).status, 0);
}

#[test]
fn what_cannot_be_done_is_told_with_its_status() {
    let here = solved("rerun-wrong");
    let cases: [(&[&str], i32, &str); 8] = [
        (&["-o", "n.json", "--wave-out", "n.json"], 2, "kies twee namen"),
        (&["-o", "w.json"], 2, "is ook de invoer"),
        (&["--without-coach", "K9"], 2, "geen coach \"K9\""),
        (&["--without-seat", "S1:onderbouw=2"], 2, "heeft 1 plekken; 2 minder kan niet"),
        (&["--without-seat", "S1"], 2, "Schrijf een school"),
        (&["--hours", "K1"], 2, "K1=300"),
        (&["--budget", "veel"], 2, "het woord vrij"),
        (&["--add-candidate", "w.json"], 2, "w.json is geweigerd"),
    ];
    for (words, status, expected) in cases {
        let ran = rerun(&here, words);
        assert_eq!(ran.status, status, "{words:?}: {}", ran.err);
        assert!(ran.err.contains(expected), "{words:?}: {}", ran.err);
    }
    let mut other = wave();
    other["naam"] = json!("Een andere lichting");
    write(&here, "w.json", &other);
    for command in ["rerun", "stress", "report"] {
        let ran = loket(&here, &[command, "w.json", "u.json"]);
        assert_eq!(ran.status, 1, "{command}: {}", ran.err);
        assert!(ran.err.contains("voor een ander bestand gemaakt"), "{command}: {}", ran.err);
    }
    assert_eq!(listing(&here), ["u.json", "w.json"]);
}

#[test]
fn locks_that_cannot_stand_after_a_drop_out_end_with_status_3() {
    let here = folder("rerun-impossible");
    let mut locked = wave();
    locked["vast"] = json!([{ "kandidaat": "Z3", "school": "S1", "plek": "onderbouw" }]);
    write(&here, "w.json", &locked);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let ran = rerun(&here, &["--without-seat", "S1:onderbouw", "--json"]);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, page["conflict"][0]["kandidaat"].as_str()), (3, Some("Z3")), "{page:#}");
    let ran = rerun(&here, &["--without-seat", "S1:onderbouw"]);
    assert_eq!(ran.status, 3, "{}{}", ran.out, ran.err);
    assert!(ran.err.contains("vastgezet op"), "{}", ran.err);
}

#[test]
fn every_wave_of_a_folder_that_the_drop_out_touches_is_solved_again() {
    let here = folder("rerun-batch");
    let inside = here.join("lichtingen");
    std::fs::create_dir_all(&inside).unwrap();
    for name in ["een", "twee", "drie"] {
        let mut one = wave();
        one["id"] = json!(name);
        if name == "drie" {
            one["coaches"][0]["id"] = json!("K7");
            one["kandidaten"][1]["huidige_coach"] = json!("K7");
        }
        write(&inside, &format!("{name}.json"), &one);
        let (wave, outcome) = (format!("{name}.json"), format!("{name}.uitkomst.json"));
        assert_eq!(loket(&inside, &["solve", &wave, "-o", &outcome]).status, 0);
    }
    write(&inside, "los.json", &wave());
    let ran = loket(&here, &["rerun", "--batch", "lichtingen", "--without-coach", "K1", "-o", "nieuw"]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("2 lichtingen opnieuw ingedeeld") && ran.out.contains("1 lichting is niet geraakt"), "{}", ran.out);
    assert!(ran.err.contains("2 van 2"), "{}", ran.err);
    let new = here.join("nieuw");
    assert_eq!(listing(&new), ["een.json", "een.uitkomst.json", "twee.json", "twee.uitkomst.json"]);
    for name in ["een", "twee"] {
        assert_eq!(loket(&new, &["verify", &format!("{name}.json"), &format!("{name}.uitkomst.json")]).status, 0);
    }
    // The folder that came out can go in again.
    let ran = loket(&here, &["rerun", "--batch", "nieuw", "--without-candidate", "Z2", "--json"]);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.status, page[0]["lichting"].as_str(), page[1]["einde"].as_u64()), (0, Some("een"), Some(0)), "{page:#}");
    let ran = loket(&here, &["rerun", "--batch", ".", "--without-coach", "K1"]);
    assert_eq!(ran.status, 2, "{}", ran.out);
    let ran = loket(&here, &["rerun", "--batch", "nieuw", "--without-candidate", "Z2", "-o", "./nieuw"]);
    assert_eq!((ran.status, ran.err.contains("is ook de invoer")), (2, true), "{}", ran.err);
}

#[test]
fn a_stress_test_has_a_line_for_each_coach_and_names_the_weakest_spot() {
    let here = solved("stress");
    let ran = loket(&here, &["stress", "w.json", "u.json", "--schools"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for words in
        ["De zwakste plek is", "Als deze coach uitvalt", "K1 Coach Een", "Als deze school wegvalt", "invaller", "Wat het kost, per doel"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let ran = loket(&here, &["stress", "w.json", "u.json", "--json"]);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    let spots = page["uitval"].as_array().unwrap();
    assert_eq!(spots.len(), 2);
    for spot in spots {
        let people = spot["mensen"].as_array().unwrap().len();
        let left = spot["blijven_over"].as_array().unwrap().len();
        let there = spot["mensen"].as_array().unwrap().iter().filter(|it| !it["nu"].is_null()).count();
        assert_eq!(people, there + left, "{spot:#}");
    }
    assert!(spots.iter().any(|spot| spot["id"] == page["zwakste"]));
}

#[test]
fn a_report_is_for_whom_it_says() {
    let here = solved("report");
    let all = loket(&here, &["report", "w.json", "u.json"]);
    assert_eq!(all.status, 0, "{}", all.err);
    for words in ["Bouw van keus", "Wie is het slechtst af?", "Wacht langer", "Besturen", "Doelgroep", "Starters", "Coaches", "Begeleiding"]
    {
        assert!(all.out.contains(words), "{words}: {}", all.out);
    }
    assert!(all.out.contains("Anna Verzonnen") && all.out.contains("Coach Een"), "{}", all.out);
    for view in ["bestuur:B1", "kandidaat:Z2"] {
        let ran = loket(&here, &["report", "w.json", "u.json", "--view", view]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(!ran.out.contains("Verzonnen") && !ran.out.contains("Coach Een"), "{}", ran.out);
    }
    let ran = loket(&here, &["report", "w.json", "u.json", "--view", "bestuur:B1", "--json"]);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(page["aandeel"]["regels"][1]["bij_u"], Value::Null, "three placements are too few to show");
    let ran = loket(&here, &["report", "w.json", "u.json", "--view", "bestuur:B9"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("Kies uit: intermediair"), "{}", ran.err);
}

#[test]
fn a_rerun_and_a_stress_test_keep_to_their_time_limit_as_a_solve_does() {
    let here = solved("rerun-time");
    let refused = rerun(&here, &["--without-coach", "K1", "--time-limit", "straks"]);
    assert!(refused.status == 2 && refused.err.contains("aantal seconden"), "{} {}", refused.status, refused.err);
    // Without any time the least number of changes is not known, and against that no plan can be judged.
    let ran = rerun(&here, &["--without-coach", "K1", "--time-limit", "0", "-o", "n.json", "--wave-out", "nw.json"]);
    assert_eq!(ran.status, 4, "{} {}", ran.out, ran.err);
    assert!(ran.err.contains("er is niets geschreven"), "{}", ran.err);
    assert_eq!(listing(&here), ["u.json", "w.json"]);
    let free = ["--without-coach", "K1", "--budget", "vrij", "--time-limit", "0", "-o", "n.json", "--wave-out", "nw.json"];
    let ran = rerun(&here, &free);
    assert_eq!((ran.status, read(&here, "n.json")["status"].clone()), (0, json!("haalbaar")), "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("niet bewezen"), "{}", ran.out);
    assert_eq!(loket(&here, &["verify", "nw.json", "n.json"]).status, 0);
    let ran = loket(&here, &["stress", "w.json", "u.json", "--time-limit", "0"]);
    assert_eq!(ran.status, 4, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("Gestopt voordat alles was bekeken"), "{}", ran.out);
    let ran = loket(&here, &["stress", "w.json", "u.json", "--time-limit", "600"]);
    assert_eq!(ran.status, 0, "{} {}", ran.out, ran.err);
}

#[test]
fn many_waves_at_once_keep_to_one_time_limit() {
    let here = solved("rerun-time-many");
    std::fs::create_dir_all(here.join("in")).unwrap();
    std::fs::rename(here.join("w.json"), here.join("in/w.json")).unwrap();
    std::fs::rename(here.join("u.json"), here.join("in/w.uitkomst.json")).unwrap();
    let ran = loket(&here, &["rerun", "--batch", "in", "--without-coach", "K1", "-o", "uit", "--time-limit", "0"]);
    assert_eq!(ran.status, 4, "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("gestopt"), "{}", ran.out);
    assert_eq!(listing(&here.join("uit")), Vec::<String>::new());
}
