//! Malformed waves: each is a small valid wave with one thing wrong, and is refused with the right code at the right place.

mod common;

use common::{bytes, set, unset, wave};
use loket_instances::matching::read::read_wave;
use loket_instances::strict::problem::{CODES, Refusal};
use serde_json::{Value, json};

fn refusal(bytes: &[u8]) -> Refusal {
    match read_wave(bytes) {
        Err(refusal) => refusal,
        Ok(_) => panic!("accepted: {}", String::from_utf8_lossy(bytes)),
    }
}

/// What is put where, the code that is expected, and where when that is another place.
fn mutations() -> Vec<(&'static str, Value, &'static str, &'static str)> {
    let long = "x".repeat(65);
    let mut table = vec![
        ("/formaat", json!("loket-lichting/2"), "formaat", ""),
        ("/formaat", json!(1), "type", ""),
        ("/id", json!(""), "id", ""),
        ("/id", json!(long), "id", ""),
        ("/id", json!("a:b"), "id", ""),
        ("/id", json!(" a"), "id", ""),
        ("/id", json!("a\u{7}b"), "id", ""),
        ("/naam", json!(7), "type", ""),
        ("/fase", json!("oplieding"), "woord", ""),
        ("/fase", json!(true), "type", ""),
        ("/kanidaten", json!([]), "onbekende-sleutel", ""),
        ("/toelichting", json!(["a"]), "type", ""),
        ("/besturen", json!({}), "type", ""),
        ("/scholen", json!("S1"), "type", ""),
        ("/besturen/0", json!("B1"), "type", ""),
        ("/besturen/0/id", json!("B2"), "dubbel-id", "/besturen/1/id"),
        ("/besturen/0/noodplan", json!("ja"), "type", ""),
        ("/besturen/0/maximum", json!(-1), "grens", ""),
        ("/besturen/0/maximum", json!(100_001), "grens", ""),
        ("/besturen/0/stad", json!("Amsterdam"), "onbekende-sleutel", ""),
        ("/scholen/0/bestuur", json!("B9"), "onbekende-verwijzing", ""),
        ("/scholen/0/soort", json!("vo"), "woord", ""),
        ("/scholen/0/lat", json!(90.5), "grens", ""),
        ("/scholen/0/lat", json!("52.37"), "type", ""),
        ("/scholen/0/lon", json!(-181), "grens", ""),
        ("/scholen/0/doelgroep", json!(101), "grens", ""),
        ("/scholen/0/doelgroep", json!(45.0), "type", ""),
        ("/scholen/0/tekort", json!("15"), "type", ""),
        ("/scholen/0/kwaliteit", json!("goed"), "woord", ""),
        ("/scholen/0/concept", json!(["dalton"]), "type", ""),
        ("/scholen/0/teamgrootte", json!(2.5), "type", ""),
        ("/scholen/0/plekken", json!(3), "type", ""),
        ("/scholen/0/plekken/0/aantal", json!(-2), "grens", ""),
        ("/scholen/0/plekken/0/bouw", json!("onderbow"), "woord", ""),
        ("/scholen/0/plekken/0/dagdelen", json!(["ma-o", "za-o"]), "woord", "/scholen/0/plekken/0/dagdelen/1"),
        ("/scholen/0/plekken/0/dagdelen", json!(["ma-o", "ma-o"]), "dubbel", "/scholen/0/plekken/0/dagdelen/1"),
        ("/scholen/0/plekken/0/id", json!("groep 6"), "dubbel-id", "/scholen/0/plekken/1/id"),
        ("/scholen/0/plekken/0/id", json!(6), "type", ""),
        (
            "/scholen/1/plekken",
            json!([{ "bouw": "onderbouw", "aantal": 1 }, { "bouw": "onderbouw", "aantal": 1 }]),
            "dubbel-id",
            "/scholen/1/plekken/1/id",
        ),
        ("/coaches/0/id", json!("Z1"), "dubbel-id", "/kandidaten/0/id"),
        ("/coaches/0/id", json!("K2"), "dubbel-id", "/coaches/1/id"),
        ("/coaches/0/soort", json!("inhuur"), "woord", ""),
        ("/coaches/0/vervoer", json!("auro"), "woord", ""),
        ("/coaches/0/tarief_cent", json!(100_001), "grens", ""),
        ("/coaches/0/bouwen", json!(["middenbouw", "middenbouw"]), "dubbel", "/coaches/0/bouwen/1"),
        ("/coaches/0/soorten", json!(["bo", null]), "type", "/coaches/0/soorten/1"),
        ("/coaches/0/kenmerken", json!(["engels", "engels"]), "dubbel", "/coaches/0/kenmerken/1"),
        ("/coaches/0/eigen_school", json!(21), "type", ""),
        ("/coaches/0/uitgesloten_scholen", json!(["S1", "S1"]), "dubbel", "/coaches/0/uitgesloten_scholen/1"),
        ("/kandidaten/0/bouwen", json!([]), "leeg", ""),
        ("/kandidaten/0/bouwen", json!("onderbouw"), "type", ""),
        ("/kandidaten/0/wachtrondes", json!(1e1), "type", ""),
        ("/kandidaten/0/uren", json!(18_446_744_073_709_551_615_u64), "grens", ""),
        ("/kandidaten/0/uitgesloten", json!([]), "type", ""),
        ("/kandidaten/0/uitgesloten", json!({ "school": ["S1"] }), "onbekende-sleutel", "/kandidaten/0/uitgesloten/school"),
        ("/kandidaten/0/coach_eisen", json!("engels"), "type", ""),
        ("/reistijden/0/minuten", json!(100_001), "grens", ""),
        ("/reistijden/-", json!({ "van": "Z1", "naar": "S1", "minuten": 4 }), "dubbel", "/reistijden/1"),
        ("/vast/0/kandidaat", json!("Z9"), "onbekende-verwijzing", ""),
        ("/vast/0/school", json!("S9"), "onbekende-verwijzing", ""),
        ("/vast/0/school", json!("S2"), "onbekende-verwijzing", "/vast/0/plek"),
        ("/vast/0/coach", json!("K9"), "onbekende-verwijzing", ""),
        ("/vast/0/ondanks", json!(["kwaliteit"]), "niet-te-overrulen", "/vast/0/ondanks/0"),
        ("/vast/0/ondanks", json!(["plekken"]), "niet-te-overrulen", "/vast/0/ondanks/0"),
        ("/vast/0/ondanks", json!(["reis"]), "woord", "/vast/0/ondanks/0"),
        ("/vast/0/ondanks", json!(["bouw", "bouw"]), "dubbel", "/vast/0/ondanks/1"),
        ("/vast/-", json!({ "kandidaat": "Z1" }), "dubbel", "/vast/1"),
        ("/vast/-", json!({ "kandidaat": "Z2", "plek": "onder" }), "onbekende-verwijzing", "/vast/1/plek"),
        ("/verboden/0", json!({ "kandidaat": "Z2", "reden": "zomaar" }), "leeg", ""),
        ("/verboden/0/kandidaat", json!("K1"), "onbekende-verwijzing", ""),
        ("/verboden/0/bouw", json!("kleuters"), "woord", ""),
        ("/verboden/0/reden", json!(1), "type", ""),
        ("/vorig_plan/0", json!({ "kandidaat": "Z1", "school": "S1", "status": "akkoord" }), "samen", "/vorig_plan/0/plek"),
        ("/vorig_plan/0", json!({ "kandidaat": "Z1", "plek": "groep 6", "status": "akkoord" }), "samen", "/vorig_plan/0/school"),
        ("/vorig_plan/0/status", json!("accoord"), "woord", ""),
        ("/vorig_plan/-", json!({ "kandidaat": "Z1", "status": "gestart" }), "dubbel", "/vorig_plan/1"),
        ("/vorig_plan/0/bouw", json!("bovenbouw"), "onbekende-sleutel", ""),
        ("/scholen/0/plekken/0/delen", json!("ja"), "type", ""),
        ("/scholen/0/plekken/0/delen", json!(true), "samen", ""),
        ("/paren/0/kandidaten", json!("Z1"), "type", ""),
        ("/paren/0/kandidaten", json!(["Z1"]), "grens", ""),
        ("/paren/0/kandidaten", json!(["Z1", "Z1"]), "dubbel", "/paren/0/kandidaten/1"),
        ("/paren/0/kandidaten", json!(["Z1", "K1"]), "onbekende-verwijzing", "/paren/0/kandidaten/1"),
        ("/paren/0/soort", json!("naast"), "woord", ""),
        ("/paren/0/school", json!("S1"), "onbekende-sleutel", ""),
        ("/paren/-", json!({ "kandidaten": ["Z2", "Z1"], "soort": "samen", "reden": "zomaar" }), "dubbel", "/paren/1"),
        ("/paren/-", json!({ "kandidaten": ["Z2", "Z1"], "soort": "apart", "reden": "zomaar" }), "dubbel", "/paren/1"),
        ("/beleid", json!([]), "type", ""),
        ("/beleid/doelen", json!([]), "leeg", ""),
        ("/beleid/doelen/1/naam", json!("geplaatst"), "dubbel", ""),
        ("/beleid/doelen/1/punten", json!({ "rijstijd": 1 }), "woord", "/beleid/doelen/1/punten/rijstijd"),
        ("/beleid/doelen/1/punten/bouw", json!(1_001), "grens", ""),
        ("/beleid/doelen/1/punten/bouw", json!(-1), "grens", ""),
        ("/beleid/doelen/1/punten/toelichting", json!("mag hier niet"), "woord", ""),
        ("/beleid/doelen/1/tolerantie_procent", json!(101), "grens", ""),
        ("/beleid/bouw_punten", json!([]), "leeg", ""),
        ("/beleid/bouw_punten", json!([100, 1_001]), "grens", "/beleid/bouw_punten/1"),
        ("/beleid/uren", json!({ "stage": 10 }), "woord", "/beleid/uren/stage"),
        ("/beleid/extra_begeleiding", json!({ "van": 60 }), "onbekende-sleutel", "/beleid/extra_begeleiding/van"),
        ("/beleid/dagdelen_samen", json!(11), "grens", ""),
        ("/beleid/max_extern_procent", json!(150), "grens", ""),
        ("/beleid/max_kosten_cent", json!(100_000_000_001_i64), "grens", ""),
        ("/beleid/vasthouden", json!({ "misschien": 1 }), "woord", "/beleid/vasthouden/misschien"),
        ("/beleid/bewaren", json!({ "plek": [] }), "onbekende-sleutel", "/beleid/bewaren/plek"),
        ("/beleid/bewaren", json!({ "coaches": [{ "coach": "K1", "prijs": 1_001 }] }), "grens", "/beleid/bewaren/coaches/0/prijs"),
        ("/beleid/bewaren", json!({ "coaches": [{ "coach": "K1" }] }), "ontbreekt", "/beleid/bewaren/coaches/0/prijs"),
        (
            "/beleid/bewaren",
            json!({ "coaches": [{ "coach": "K1", "prijs": 1 }, { "coach": "K1", "prijs": 2 }] }),
            "dubbel",
            "/beleid/bewaren/coaches",
        ),
        (
            "/beleid/bewaren",
            json!({ "plekken": [{ "school": "S1", "plek": "groep 6", "prijs": 1 }, { "school": "S1", "plek": "groep 6", "prijs": 1 }] }),
            "dubbel",
            "/beleid/bewaren/plekken",
        ),
        ("/beleid/seed", json!(1_i64 << 53), "grens", ""),
        ("/beleid/doelen", json!([{ "naam": "stabiliteit", "punten": { "bouw": 1 } }]), "doelnaam", "/beleid/doelen/0/naam"),
        ("/beleid/doelen", json!([{ "naam": "afspraken", "punten": {} }]), "doelnaam", "/beleid/doelen/0/naam"),
    ];
    for required in [
        "/formaat",
        "/id",
        "/fase",
        "/besturen",
        "/scholen",
        "/coaches",
        "/kandidaten",
        "/besturen/0/id",
        "/scholen/0/id",
        "/scholen/0/bestuur",
        "/scholen/0/plekken",
        "/scholen/0/plekken/0/bouw",
        "/scholen/0/plekken/0/aantal",
        "/coaches/0/id",
        "/coaches/0/maximum",
        "/coaches/0/uren",
        "/kandidaten/0/id",
        "/kandidaten/0/bouwen",
        "/scholen/0/lat",
        "/coaches/0/lon",
        "/kandidaten/0/lat",
        "/reistijden/0/van",
        "/reistijden/0/naar",
        "/reistijden/0/minuten",
        "/vast/0/kandidaat",
        "/verboden/0/kandidaat",
        "/verboden/0/reden",
        "/paren/0/kandidaten",
        "/paren/0/soort",
        "/paren/0/reden",
        "/vorig_plan/0/kandidaat",
        "/vorig_plan/0/status",
        "/beleid/doelen/0/naam",
        "/beleid/doelen/0/punten",
    ] {
        table.push((required, Value::Null, "ontbreekt", ""));
    }
    table
}

#[test]
fn every_mutation_is_refused_with_its_code_at_its_place() {
    let table = mutations();
    assert!(table.len() >= 70);
    for (pointer, value, code, place) in table {
        let mut changed = wave();
        set(&mut changed, pointer, value.clone());
        let expected = if place.is_empty() { pointer } else { place };
        let problems = refusal(&bytes(&changed)).problems;
        assert!(
            problems.iter().any(|problem| problem.code == code && problem.pointer == expected),
            "{pointer} = {value}: expected {code} at {expected}, got {problems:#?}"
        );
        for problem in &problems {
            assert!(CODES.contains(&problem.code), "{} is not in the list of codes", problem.code);
            assert!(!problem.place.is_empty() && !problem.what.is_empty() && !problem.remedy.is_empty());
        }
    }
}

#[test]
fn one_mistake_gives_one_problem() {
    for (pointer, value, code, _) in mutations() {
        let mut changed = wave();
        set(&mut changed, pointer, value.clone());
        let problems = refusal(&bytes(&changed)).problems;
        // An id is also missed where something points at it.
        if !pointer.ends_with("/id") {
            assert_eq!(problems.len(), 1, "{pointer} = {value}, {code}: {problems:#?}");
        }
    }
}

#[test]
fn a_missing_key_is_the_same_as_null() {
    for pointer in ["/fase", "/scholen", "/kandidaten/0/bouwen", "/vorig_plan/0/status", "/coaches/1/lat"] {
        let (mut gone, mut null) = (wave(), wave());
        unset(&mut gone, pointer);
        set(&mut null, pointer, Value::Null);
        assert_eq!(refusal(&bytes(&gone)), refusal(&bytes(&null)));
    }
}

#[test]
fn travel_times_can_stand_in_for_coordinates() {
    let mut covered = wave();
    unset(&mut covered, "/kandidaten/0/lat");
    assert_eq!(refusal(&bytes(&covered)).problems[0].pointer, "/kandidaten/0/lat");
    set(&mut covered, "/reistijden/-", json!({ "van": "Z1", "naar": "S2", "minuten": 8 }));
    read_wave(&bytes(&covered)).expect("every pair of Z1 is given");
    unset(&mut covered, "/scholen/1/lat");
    unset(&mut covered, "/scholen/1/lon");
    assert_eq!(refusal(&bytes(&covered)).problems.len(), 2);
    for traveller in ["Z2", "K1", "K2"] {
        set(&mut covered, "/reistijden/-", json!({ "van": traveller, "naar": "S2", "minuten": 8 }));
    }
    read_wave(&bytes(&covered)).expect("every pair of S2 is given");
}

#[test]
fn whoever_stands_in_a_list_twice_is_named() {
    let said = |pointer: &str, row: Value| {
        let mut changed = wave();
        set(&mut changed, pointer, row);
        refusal(&bytes(&changed)).problems[0].what.clone()
    };
    assert_eq!(said("/vast/-", json!({ "kandidaat": "Z1" })), "kandidaat Z1 staat al in vast");
    assert_eq!(said("/vorig_plan/-", json!({ "kandidaat": "Z1", "status": "gestart" })), "kandidaat Z1 staat al in vorig_plan");
    let road = json!({ "van": "Z1", "naar": "S1", "minuten": 4 });
    assert_eq!(said("/reistijden/-", road), "van Z1 naar school S1 staat er al een reistijd");
}
