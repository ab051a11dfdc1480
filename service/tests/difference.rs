//! `loket difference` as a user meets it: two outcomes of one wave or of two waves, with the causes of a rerun.

mod common;

use common::{folder, loket, read, wave, write};
use serde_json::{Value, json};

/// A folder with a solved wave (`w.json`, `u.json`) and its rerun without coach K1 (`nw.json`, `n.json`); what the rerun said, as JSON.
fn rerun(name: &str) -> (std::path::PathBuf, Value) {
    let here = folder(name);
    write(&here, "w.json", &wave());
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let ran = loket(&here, &["rerun", "w.json", "u.json", "--without-coach", "K1", "-o", "n.json", "--wave-out", "nw.json", "--json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    (here, serde_json::from_str(&ran.out).expect("JSON"))
}

#[test]
fn two_outcomes_of_two_waves_differ_as_the_rerun_between_them_said() {
    let (here, said) = rerun("difference-two-waves");
    let ran = loket(&here, &["difference", "w.json", "u.json", "nw.json", "n.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    for words in ["vergeleken", "Gedwongen", "Coach K1 (Coach Een) doet niet meer mee.", "Cijfers", "eerst 3 kandidaten."] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    let ran = loket(&here, &["difference", "w.json", "u.json", "nw.json", "n.json", "--json"]);
    let page: Value = serde_json::from_str(&ran.out).expect("JSON");
    for key in ["lichting", "mensen", "gedwongen", "gewijzigd", "hetzelfde", "vertrokken", "cijfers"] {
        assert_eq!(page[key], said[key], "{key}");
    }
    assert!(!page["mensen"].as_array().expect("people").is_empty());
    assert_eq!(page["gevraagd"], Value::Null);
}

#[test]
fn two_outcomes_of_one_wave_are_compared_without_naming_the_wave_twice() {
    let here = folder("difference-one-wave");
    let mut small = wave();
    small["vast"] = json!([{ "kandidaat": "Z3", "school": "S1", "plek": "onderbouw" }]);
    write(&here, "w.json", &small);
    assert_eq!(loket(&here, &["solve", "w.json", "-o", "u.json"]).status, 0);
    let same = loket(&here, &["difference", "w.json", "u.json", "u.json"]);
    assert_eq!(same.status, 0, "{}", same.err);
    assert!(same.out.contains("voor niemand die geplaatst was, verandert er iets"), "{}", same.out);
    // Another plan of the same wave: Z2 is left out.
    let mut other = read(&here, "u.json");
    let placements = other["plaatsingen"].as_array_mut().expect("placements");
    placements.retain(|row| row["kandidaat"] != "Z2");
    write(&here, "o.json", &other);
    let ran = loket(&here, &["difference", "w.json", "u.json", "o.json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Gekozen: het oude kon op zich blijven (1)") && ran.out.contains("niet meer geplaatst"), "{}", ran.out);
    let back = loket(&here, &["difference", "w.json", "o.json", "u.json"]);
    assert!(back.out.contains("Nu wel geplaatst (1)"), "{}", back.out);
}

#[test]
fn an_outcome_of_another_wave_is_refused_and_standard_input_serves_once() {
    let (here, _) = rerun("difference-refused");
    let ran = loket(&here, &["difference", "w.json", "u.json", "n.json"]);
    assert_eq!(ran.status, 1, "{}", ran.out);
    assert!(ran.err.contains("voor een ander bestand gemaakt"), "{}", ran.err);
    for words in [["-", "u.json", "u.json"], ["w.json", "-", "-"]] {
        let ran = loket(&here, &[&["difference"][..], &words].concat());
        assert_eq!(ran.status, 2, "{words:?} {}", ran.out);
        assert!(ran.err.contains("standaardinvoer"), "{words:?}: {}", ran.err);
    }
}
