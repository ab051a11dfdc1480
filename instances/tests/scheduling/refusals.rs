//! Malformed rosters: each is a small valid roster with one thing wrong, and is refused with the right code at the right place.

use loket_instances::scheduling::roster_file::read_roster;
use loket_instances::strict::problem::{CODES, Refusal};
use serde_json::{Value, json};

/// A roster of a kind that uses most sections and is read without problems.
fn sound(kind: &str) -> Value {
    let mut file = json!({
        "formaat": "loket-rooster/1", "id": "proef", "naam": "Proef", "soort": kind, "toelichting": "verzonnen",
        "kalender": { "van": "2026-09-07", "tot": "2026-10-02", "gesloten": [{ "van": "2026-09-09", "naam": "vrij" }] },
        "beleid": { "doelen": [{ "naam": "gepland", "punten": { "gepland": 1 } }] },
        "besturen": [{ "id": "B1", "aandeel": 3 }],
        "personen": [
            { "id": "K1", "naam": "Coach", "rollen": ["coach", "begeleider"], "bestuur": "B1", "dagdelen": ["ma-o", "di-m"],
              "afwezig": [{ "van": "2026-09-14", "dagdeel": "o" }], "lat": 52.3, "lon": 4.9 },
            { "id": "H1", "rollen": ["hr", "oud-kandidaat", "intermediair"] }
        ]
    });
    let participants = json!([
        { "id": "Z1", "niet_met": ["H1"], "voorkeur": ["ma-o"], "leervragen": ["a"], "lat": 52.3, "lon": 4.8 },
        { "id": "Z2", "vanaf": "2026-09-08", "uiterlijk": "2026-09-30", "leervragen": ["b"], "lat": 52.3, "lon": 4.8 }
    ]);
    let more = match kind {
        "gesprekken" => json!({
            "locaties": [{ "id": "L1", "zalen": 2 }], "deelnemers": participants,
            "vast": [{ "deelnemer": "Z1", "dagdeel": "2026-09-07-o", "persoon": "K1" }],
            "verboden": [{ "deelnemer": "Z2", "persoon": "H1", "reden": "familie" }],
            "vorig": [{ "deelnemer": "Z1", "dagdeel": "2026-09-07-o", "locatie": "L1", "personen": ["K1"], "status": "akkoord" }]
        }),
        "intervisie" => json!({
            "locaties": [{ "id": "L1", "lat": 52.3, "lon": 4.9 }], "deelnemers": participants,
            "reeksen": [{ "id": "R1", "dagdelen": ["2026-09-08-m", "2026-09-22-m"] }],
            "reistijden": [{ "van": "Z1", "naar": "L1", "minuten": 20 }],
            "vast": [{ "deelnemer": "Z1", "reeks": "R1" }]
        }),
        "bezoeken" => json!({
            "scholen": [{ "id": "S1", "lat": 52.3, "lon": 4.9 }],
            "plaatsingen": [{ "id": "Z1", "school": "S1", "coach": "K1", "bezoeken": 2 }, { "id": "Z2", "school": "S1", "coach": "K1", "uren": 3 }],
            "vast": [{ "plaatsing": "Z1", "dagdeel": "2026-09-07-o" }],
            "vorig": [{ "plaatsing": "Z1", "dagdeel": "2026-09-07-o", "status": "akkoord" }]
        }),
        _ => json!({
            "locaties": [{ "id": "L1" }], "deelnemers": participants,
            "aanbod": [{ "id": "O1", "themas": ["a"], "min": 1, "max": 4, "rollen": [{ "functie": "hr", "min": 0 }],
                         "reeksen": [{ "id": "R1", "dagdelen": ["2026-09-08-m"] }], "locatie": "L1" }],
            "vast": [{ "deelnemer": "Z1", "aanbod": "O1", "reeks": "R1" }]
        }),
    };
    for (key, value) in more.as_object().expect("an object") {
        file[key] = value.clone();
    }
    file
}

/// Puts a value at a pointer whose parent exists; a list grows by `/-`.
fn set(file: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer below the root");
    match file.pointer_mut(parent).expect("the parent exists") {
        Value::Object(object) => drop(object.insert(key.into(), value)),
        Value::Array(list) if key == "-" => list.push(value),
        Value::Array(list) => list[key.parse::<usize>().expect("an index")] = value,
        _ => panic!("{parent} holds nothing"),
    }
}

/// What is put where in a roster of every kind, the code that is expected, and where when that is another place.
fn common() -> Vec<(&'static str, Value, &'static str, &'static str)> {
    vec![
        ("/formaat", json!("loket-rooster/2"), "formaat", ""),
        ("/formaat", json!("loket-lichting/1"), "formaat", ""),
        ("/soort", json!("gesprek"), "woord", ""),
        ("/soort", json!(null), "ontbreekt", ""),
        ("/id", json!("a:b"), "id", ""),
        ("/id", json!(null), "ontbreekt", ""),
        ("/naam", json!(7), "type", ""),
        ("/extra", json!(1), "onbekende-sleutel", ""),
        ("/kalender", json!(null), "ontbreekt", ""),
        ("/kalender/van", json!(null), "ontbreekt", ""),
        ("/kalender/van", json!("7 september"), "datum", ""),
        ("/kalender/van", json!("2026-02-30"), "datum", ""),
        ("/kalender/tot", json!("2026-09-01"), "volgorde", ""),
        ("/kalender/tot", json!("2027-12-31"), "te-veel", "/kalender"),
        ("/kalender/gesloten/0/tot", json!("2026-09-08"), "volgorde", ""),
        ("/kalender/weken", json!(4), "onbekende-sleutel", ""),
        ("/beleid/kleur", json!("rood"), "onbekende-sleutel", ""),
        ("/beleid/seed", json!(-1), "grens", ""),
        ("/beleid/max_wijzigingen", json!(-1), "grens", ""),
        ("/beleid/max_wijzigingen", json!("2"), "type", ""),
        ("/beleid/doelen", json!([]), "leeg", ""),
        ("/beleid/doelen/0/naam", json!(null), "ontbreekt", ""),
        ("/beleid/doelen/0/naam", json!("afspraken"), "doelnaam", ""),
        ("/beleid/doelen/0/punten", json!({ "geluk": 1 }), "woord", "/beleid/doelen/0/punten/geluk"),
        ("/beleid/doelen/0/tolerantie_procent", json!(101), "grens", ""),
        ("/beleid/doelen/-", json!({ "naam": "gepland", "punten": { "gepland": 2 } }), "dubbel", "/beleid/doelen/1/naam"),
        ("/beleid/vasthouden", json!({ "klaar": 1 }), "woord", "/beleid/vasthouden/klaar"),
        ("/besturen/0/aandeel", json!(0), "grens", ""),
        ("/besturen/-", json!({ "id": "B1" }), "dubbel-id", "/besturen/1/id"),
        ("/personen", json!(null), "ontbreekt", ""),
        ("/personen", json!({}), "type", ""),
        ("/personen/-", json!({ "id": "K1", "rollen": ["coach"] }), "dubbel-id", "/personen/2/id"),
        ("/personen/0/id", json!(null), "ontbreekt", ""),
        ("/personen/0/rollen", json!([]), "leeg", ""),
        ("/personen/0/rollen", json!("coach"), "type", ""),
        ("/personen/0/dagdelen", json!(["za-o"]), "woord", "/personen/0/dagdelen/0"),
        ("/personen/0/afwezig/0/dagdeel", json!("ochtend"), "woord", ""),
        ("/personen/0/afwezig/0/van", json!(null), "ontbreekt", ""),
        ("/personen/0/afwezig/0/tot", json!("2026-09-13"), "volgorde", ""),
        ("/personen/0/per_dag", json!(1.5), "type", ""),
        ("/personen/0/per_week", json!(-1), "grens", ""),
        ("/personen/0/uren", json!(100_001), "grens", ""),
        ("/personen/0/school", json!(7), "type", ""),
        ("/personen/0/lat", json!(91), "grens", ""),
        ("/personen/0/lon", json!("4,9"), "type", ""),
        ("/personen/0/soort", json!("inhuur"), "woord", ""),
        ("/personen/0/vervoer", json!("paard"), "woord", ""),
        ("/personen/0/leeftijd", json!(30), "onbekende-sleutel", ""),
    ]
}

/// The kinds of rosters.
const KINDS: [&str; 4] = ["gesprekken", "intervisie", "bezoeken", "aanbod"];

/// Kind, what is put where, the code that is expected, and where when that is another place: what every kind has, and each its own.
fn table() -> Vec<(&'static str, &'static str, Value, &'static str, &'static str)> {
    let of_all = |kind| common().into_iter().map(move |(pointer, value, code, place)| (kind, pointer, value, code, place));
    KINDS.into_iter().flat_map(of_all).chain(own()).collect()
}

/// The same rows of one kind only.
fn own() -> Vec<(&'static str, &'static str, Value, &'static str, &'static str)> {
    let (g, i, b, a) = ("gesprekken", "intervisie", "bezoeken", "aanbod");
    vec![
        (g, "/reistijden", json!([]), "onbekende-sleutel", ""),
        (g, "/scholen", json!([]), "onbekende-sleutel", ""),
        (g, "/beleid/max", json!(3), "onbekende-sleutel", ""),
        (g, "/beleid/panel", json!({ "hr": 1 }), "grens", ""),
        (g, "/beleid/panel", json!({ "coach": 2 }), "grens", ""),
        (g, "/beleid/panel", json!({ "coach": 1, "hr": 6 }), "grens", "/beleid/panel/hr"),
        (g, "/beleid/min_per_zitting", json!(4), "volgorde", ""),
        (g, "/beleid/tijden", json!(["09:00"]), "samen", ""),
        (g, "/beleid/tijden", json!(["09:00", "9:30", "10:00"]), "datum", "/beleid/tijden/1"),
        (g, "/beleid/tijden", json!(["09:00", "08:30", "10:00"]), "volgorde", "/beleid/tijden/1"),
        (g, "/beleid/doelen/0/punten", json!({ "botsing": 1 }), "woord", "/beleid/doelen/0/punten/botsing"),
        (g, "/locaties/0/zalen", json!(101), "grens", ""),
        (g, "/locaties/-", json!({ "id": "L1" }), "dubbel-id", "/locaties/1/id"),
        (g, "/deelnemers/0/id", json!("K1"), "dubbel-id", ""),
        (g, "/deelnemers/0/id", json!("Z2"), "dubbel-id", "/deelnemers/1/id"),
        (g, "/deelnemers/1/uiterlijk", json!("2026-09-01"), "volgorde", ""),
        (g, "/deelnemers/0/bouw", json!("kleuters"), "woord", ""),
        (g, "/deelnemers/0/leeftijd", json!(30), "onbekende-sleutel", ""),
        (g, "/vast/0/deelnemer", json!("Z9"), "onbekende-verwijzing", ""),
        (g, "/vast/0/persoon", json!("K9"), "onbekende-verwijzing", ""),
        (g, "/vast/0/dagdeel", json!("2026-09-07"), "datum", ""),
        (g, "/vast/0/dagdeel", json!("2026-09-06-o"), "datum", ""),
        (g, "/vast/-", json!({ "deelnemer": "Z1" }), "dubbel", "/vast/1"),
        (g, "/verboden/0/persoon", json!(null), "leeg", "/verboden/0"),
        (g, "/verboden/0/reden", json!(null), "ontbreekt", ""),
        (g, "/vorig/0/status", json!("misschien"), "woord", ""),
        (g, "/vorig/0/locatie", json!(null), "ontbreekt", ""),
        (i, "/reeksen/0/dagdelen", json!([]), "leeg", ""),
        (i, "/reeksen/0/dagdelen", json!(["2026-09-22-m", "2026-09-08-m"]), "volgorde", "/reeksen/0/dagdelen/1"),
        (i, "/reeksen/0/dagdelen", json!(["2026-09-08-m", "2026-09-15-m"]), "volgorde", ""),
        (i, "/reeksen", json!(null), "samen", ""),
        (i, "/beleid/reeks", json!({ "aantal": 2, "ritme": 2, "dagdelen": ["di-m"] }), "samen", "/reeksen"),
        (i, "/beleid/reeks", json!({ "aantal": 2, "ritme": 1, "dagdelen": ["di-m"] }), "volgorde", "/beleid/min_weken"),
        (i, "/beleid/reeks", json!({ "aantal": 0, "ritme": 2, "dagdelen": ["di-m"] }), "grens", "/beleid/reeks/aantal"),
        (i, "/beleid/doel", json!(8), "volgorde", ""),
        (i, "/beleid/min", json!(7), "volgorde", ""),
        (i, "/locaties/0/lat", json!(null), "ontbreekt", ""),
        (i, "/deelnemers/1/lon", json!(null), "ontbreekt", "/deelnemers/1/lat"),
        (i, "/locaties/0/id", json!("Z1"), "dubbel-id", ""),
        (i, "/reistijden/-", json!({ "van": "Z1", "naar": "L1", "minuten": 3 }), "dubbel", "/reistijden/1"),
        (i, "/reistijden/0/minuten", json!(100_001), "grens", ""),
        (i, "/vast/0/reeks", json!("R9"), "onbekende-verwijzing", ""),
        (i, "/vast/0/locatie", json!("L9"), "onbekende-verwijzing", ""),
        (i, "/reeksen/-", json!({ "id": "R1", "dagdelen": ["2026-09-10-m"] }), "dubbel-id", "/reeksen/1/id"),
        (i, "/reeksen/0/dagdelen", json!(["2026-09-12-m"]), "datum", "/reeksen/0/dagdelen/0"),
        (i, "/deelnemers/0/max_reistijd", json!(-1), "grens", ""),
        (i, "/beleid/max_afwezig", json!("een"), "type", ""),
        (i, "/beleid/eigen_school", json!("nee"), "type", ""),
        (i, "/reistijden/0/minuten", json!(null), "ontbreekt", ""),
        (b, "/deelnemers", json!([]), "onbekende-sleutel", ""),
        (b, "/plaatsingen/0/uren", json!(3), "samen", "/plaatsingen/0/bezoeken"),
        (b, "/plaatsingen/0/bezoeken", json!(null), "samen", ""),
        (b, "/plaatsingen/0/coach", json!("H1"), "onbekende-verwijzing", ""),
        (b, "/plaatsingen/0/coach", json!("K9"), "onbekende-verwijzing", ""),
        (b, "/plaatsingen/0/school", json!("S9"), "onbekende-verwijzing", ""),
        (b, "/plaatsingen/0/duur", json!(0), "grens", ""),
        (b, "/plaatsingen/0/landing", json!("ja"), "type", ""),
        (b, "/plaatsingen/0/naam", json!("x"), "onbekende-sleutel", ""),
        (b, "/personen/0/per_dagdeel", json!(5), "grens", ""),
        (b, "/personen/0/lat", json!(null), "ontbreekt", ""),
        (b, "/scholen/0/id", json!("K1"), "dubbel-id", ""),
        (b, "/beleid/max_tussen", json!(0), "grens", ""),
        (b, "/beleid/per_dagdeel", json!(5), "grens", ""),
        (b, "/vast/0/dagdeel", json!(null), "ontbreekt", ""),
        (b, "/vast/-", json!({ "plaatsing": "Z1", "dagdeel": "2026-09-07-o" }), "dubbel", "/vast/1"),
        (b, "/vast/0/deelnemer", json!("Z1"), "onbekende-sleutel", ""),
        (b, "/vast/0/plaatsing", json!("Z9"), "onbekende-verwijzing", ""),
        (b, "/vorig/0/dagdeel", json!(null), "ontbreekt", ""),
        (b, "/vorig/0/status", json!("misschien"), "woord", ""),
        (b, "/plaatsingen/-", json!({ "id": "Z1", "school": "S1", "coach": "K1", "bezoeken": 1 }), "dubbel-id", "/plaatsingen/2/id"),
        (b, "/plaatsingen/0/van", json!("2026-13-01"), "datum", ""),
        (b, "/plaatsingen/0/bezoeken", json!(-1), "grens", ""),
        (b, "/scholen", json!(null), "ontbreekt", ""),
        (b, "/scholen/0/lon", json!(181), "grens", ""),
        (b, "/beleid/landing_weken", json!(61), "grens", ""),
        (a, "/aanbod/0/themas", json!([]), "leeg", ""),
        (a, "/aanbod/0/reeksen", json!([]), "leeg", ""),
        (a, "/aanbod/0/min", json!(5), "volgorde", ""),
        (a, "/aanbod/0/school_max", json!(0), "volgorde", "/aanbod/0/school_min"),
        (a, "/aanbod/0/locatie", json!("L9"), "onbekende-verwijzing", ""),
        (a, "/aanbod/0/vaste_kosten_cent", json!(1_000_000_001), "grens", ""),
        (a, "/aanbod/0/rollen/0/per", json!("klas"), "woord", ""),
        (a, "/aanbod/0/rollen/0/functie", json!(null), "ontbreekt", ""),
        (a, "/aanbod/0/reeksen/-", json!({ "id": "R1", "dagdelen": ["2026-09-08-o"] }), "dubbel-id", "/aanbod/0/reeksen/1/id"),
        (a, "/deelnemers/0/leervragen", json!(null), "ontbreekt", ""),
        (a, "/deelnemers/0/leervragen", json!([]), "leeg", ""),
        (a, "/beleid/leervraag_punten", json!([]), "leeg", ""),
        (a, "/vast/0/aanbod", json!("O9"), "onbekende-verwijzing", ""),
        (a, "/plaatsingen", json!([]), "onbekende-sleutel", ""),
        (a, "/deelnemers", json!(null), "ontbreekt", ""),
        (a, "/aanbod", json!(null), "ontbreekt", ""),
        (
            a,
            "/aanbod/-",
            json!({ "id": "O1", "themas": ["a"], "reeksen": [{ "id": "R1", "dagdelen": ["2026-09-08-m"] }] }),
            "dubbel-id",
            "/aanbod/1/id",
        ),
        (a, "/aanbod/0/reeksen/0/dagdelen", json!(["2026-09-08-m", "2026-09-08-o"]), "volgorde", "/aanbod/0/reeksen/0/dagdelen/1"),
        (a, "/aanbod/0/rollen/0/max", json!("twee"), "type", ""),
        (a, "/vast/0/reeks", json!("R9"), "onbekende-verwijzing", ""),
        (a, "/vast/0/deelnemer", json!("Z9"), "onbekende-verwijzing", ""),
    ]
}

fn refusal(file: &Value) -> Refusal {
    match read_roster(&serde_json::to_vec(file).expect("JSON")) {
        Err(refusal) => refusal,
        Ok(_) => panic!("accepted: {file}"),
    }
}

#[test]
fn sound_rosters_are_read() {
    for kind in KINDS {
        read_roster(&serde_json::to_vec(&sound(kind)).expect("JSON")).unwrap_or_else(|refusal| panic!("{kind}: {refusal}"));
    }
}

#[test]
fn each_mistake_is_named_at_its_place_with_a_remedy() {
    let table = table();
    for (kind, pointer, value, code, place) in &table {
        let mut file = sound(kind);
        set(&mut file, pointer, value.clone());
        let refusal = refusal(&file);
        let place = if place.is_empty() { pointer } else { place };
        let found = refusal.problems.iter().any(|problem| problem.code == *code && problem.pointer == *place);
        assert!(found, "{kind} {pointer} = {value}: expected {code} at {place}, found {:?}", refusal.problems);
        for problem in &refusal.problems {
            assert!(CODES.contains(&problem.code), "{} is not in the list of codes", problem.code);
            assert!(!problem.what.is_empty() && !problem.remedy.is_empty(), "{problem:?}");
        }
    }
    for kind in KINDS {
        let different: std::collections::BTreeSet<String> =
            table.iter().filter(|row| row.0 == kind).map(|(_, pointer, value, ..)| format!("{pointer} {value}")).collect();
        println!("{}: {} malformed rosters", kind, different.len());
        assert!(different.len() >= 60, "{kind}: {}", different.len());
    }
}

#[test]
fn every_mistake_of_a_file_is_told_at_once() {
    let mut file = sound("gesprekken");
    let wrong = [
        ("/kalender/gesloten/0/van", json!("x")),
        ("/personen/0/per_dag", json!("2")),
        ("/vast/0/persoon", json!("K9")),
        ("/extra", json!(1)),
    ];
    for (pointer, value) in &wrong {
        set(&mut file, pointer, value.clone());
    }
    let refusal = refusal(&file);
    for (pointer, _) in &wrong {
        assert!(refusal.problems.iter().any(|problem| problem.pointer == *pointer), "{pointer} in {:?}", refusal.problems);
    }
}

#[test]
fn a_key_that_is_not_used_gives_one_notice_and_changes_nothing() {
    let mut file = sound("gesprekken");
    let bytes = |file: &Value| serde_json::to_vec(file).expect("JSON");
    let before = read_roster(&bytes(&file)).unwrap_or_else(|refusal| panic!("{refusal}"));
    set(&mut file, "/personen/0/uren", json!(4));
    set(&mut file, "/personen/1/uren", json!(5));
    let after = read_roster(&bytes(&file)).unwrap_or_else(|refusal| panic!("{refusal}"));
    let notices = |loaded: &loket_instances::scheduling::roster_file::Loaded, key: &str| {
        loaded.notices.iter().filter(|notice| notice.code == "ongebruikt" && notice.pointer.ends_with(key)).count()
    };
    assert_eq!((notices(&before, "/uren"), notices(&after, "/uren")), (0, 1));
}

/// Any change of any value is read or refused, and never a panic.
#[test]
fn no_change_of_a_value_makes_the_reader_panic() {
    for kind in KINDS {
        let whole = sound(kind);
        let mut places = Vec::new();
        collect(&whole, "", &mut places);
        for place in places {
            for value in [json!(null), json!(-1), json!(1e300), json!(""), json!("x:y"), json!([]), json!({}), json!(["x", 1]), json!(true)]
            {
                let mut file = whole.clone();
                *file.pointer_mut(&place).expect("a place") = value;
                drop(read_roster(&serde_json::to_vec(&file).expect("JSON")));
            }
        }
    }
}

fn collect(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| collect(value, &format!("{at}/{key}"), found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(nth, value)| collect(value, &format!("{at}/{nth}"), found)),
        _ => {}
    }
}
