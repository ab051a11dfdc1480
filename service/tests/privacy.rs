//! What a person at the machine types about people's data: terms, what is kept of somebody, and the entry for the algorithm register.

mod common;

use common::{folder, loket};
use serde_json::Value;

#[test]
fn the_entry_for_the_algorithm_register_is_given_as_text_json_and_table() {
    let here = folder("privacy-register");
    let told = loket(&here, &["algoritmeregister", "--json", "--organisatie", "Gemeente Voorbeeld", "--categorie", "Overige algoritmes"]);
    assert_eq!(told.status, 0, "{}", told.err);
    let entry: Value = serde_json::from_str(&told.out).expect("JSON");
    assert_eq!(
        (&entry["organization"], &entry["standard_version"], &entry["lang"]),
        (&"Gemeente Voorbeeld".into(), &"1.0".into(), &"NLD".into())
    );
    assert_eq!((&entry["publication_category"], &entry["status"]), (&"Overige algoritmes".into(), &"In ontwikkeling".into()));
    let table = loket(&here, &["algoritmeregister", "--csv"]);
    assert_eq!((table.status, table.out.lines().count()), (0, 2), "{}", table.out);
    assert_eq!(table.out.lines().next().map(|it| it.split(';').count()), entry.as_object().map(|it| it.len()));
    let page = loket(&here, &["algoritmeregister"]);
    assert!(page.status == 0 && page.out.contains("human_intervention\n   Een intermediair"), "{}", page.out);
    let wrong = loket(&here, &["algoritmeregister", "--gegevens", "nergens.sqlite"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.contains("nergens.sqlite is er niet"), "{}", wrong.err);
}

#[test]
fn terms_are_shown_and_a_round_is_done_only_when_asked() {
    let here = folder("privacy-terms");
    let made = loket(&here, &["toegang", "token", "--rol", "lezer", "--naam", "proef"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let shown = loket(&here, &["bewaren"]);
    assert!(shown.status == 0 && shown.out.starts_with("4 weken na") && shown.out.contains("Er is niets gewist"), "{}", shown.out);
    let lines = |what: &str| loket(&here, &["log", "toon", "--wat", what, "--json"]).out;
    assert!(lines("bewaring-uitgevoerd").contains("\"totaal\": 0"));
    let done = loket(&here, &["bewaren", "--doen", "--json"]);
    let told: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!((done.status, &told["gewist"]["kandidaten"], &told["personen"]), (0, &0.into(), &Value::Array(Vec::new())), "{told}");
    assert!(lines("bewaring-uitgevoerd").contains("\"totaal\": 1"));
    let nobody = loket(&here, &["inzage", "--kandidaat", "Z1"]);
    assert_eq!((nobody.status, nobody.out.as_str()), (2, ""));
    assert!(nobody.err.contains("Er is geen kandidaat met deze id"), "{}", nobody.err);
    assert_eq!(loket(&here, &["inzage"]).status, 2);
}
