//! Malformed plans are refused, each by its place and kind of problem; all problems come at once.

use loket_instances::planning::plan_file::read_plan;
use serde_json::{Value, json};

fn sound() -> Value {
    json!({
        "formaat": "loket-meerjarenplan/1", "id": "p", "naam": "Proef", "start": "2026-09", "jaren": ["2026-2027", "2027-2028"],
        "trechter": { "diploma": 80 },
        "lichtingen": [{ "id": "L1", "maand": "2026-09", "doel": 4, "werkelijk": { "intern": { "aangemeld": 6 } } }],
        "besturen": [{ "id": "B1", "plekken": [2, 3] }],
        "coachsoorten": [
            { "id": "intern", "uren": 690, "aanname_max": 1 },
            { "id": "extern", "extern": true, "uren": 690, "fasen": ["opleiding"], "overdracht": "intern" },
        ],
        "posten": [{ "id": "a", "activiteit": "A", "soort": "overig", "per": "opleiding", "prijs_cent": 100 }],
        "inkomsten": [{ "id": "b", "soort": "rijk", "per": "vast", "prijs_cent": 100000 }],
        "vast": [{ "lichting": "L1", "gestart": 2 }],
        "scenarios": [{ "id": "s", "wijzig": [{ "pad": "/trechter/diploma", "waarde": 85 }] }],
        "beleid": { "doelen": [{ "naam": "g", "punten": { "gestart": 1 } }] },
    })
}

/// The file with a value at a place; `None` takes it away.
fn with(place: &str, value: Option<Value>) -> Value {
    let mut file = sound();
    let (parent, key) = place.rsplit_once('/').expect("a place");
    let parent = file.pointer_mut(parent).expect("a place of the file");
    match (parent, value) {
        (Value::Object(entries), Some(value)) => drop(entries.insert(key.to_owned(), value)),
        (Value::Object(entries), None) => drop(entries.shift_remove(key)),
        (Value::Array(items), Some(value)) => match key.parse::<usize>() {
            Ok(at) if at < items.len() => items[at] = value,
            _ => items.push(value),
        },
        (other, _) => panic!("{place} is in {other}"),
    }
    file
}

fn told(bytes: &[u8]) -> Vec<(String, &'static str)> {
    match read_plan(bytes) {
        Ok(_) => Vec::new(),
        Err(refusal) => {
            for problem in &refusal.problems {
                assert!(!problem.what.is_empty() && !problem.remedy.is_empty() && !problem.place.is_empty(), "{problem:?}");
            }
            refusal.problems.into_iter().map(|problem| (problem.pointer, problem.code)).collect()
        }
    }
}

#[test]
fn a_sound_plan_is_read() {
    assert_eq!(told(sound().to_string().as_bytes()), Vec::new());
    let loaded = read_plan(sound().to_string().as_bytes()).expect("a sound plan");
    assert_eq!((loaded.scenarios.len(), loaded.title.as_str(), loaded.notices.len()), (1, "Proef", 0));
}

#[test]
fn every_kind_of_mistake_is_told_at_its_place() {
    let line = |id: &str| json!({ "id": id, "activiteit": "A", "soort": "overig", "per": "vast", "prijs_cent": 1 });
    let table: Vec<(&str, Option<Value>, &str, &str)> = vec![
        ("/formaat", Some(json!("loket-meerjarenplan/2")), "/formaat", "formaat"),
        ("/formaat", Some(json!("loket-rooster/1")), "/formaat", "formaat"),
        ("/id", None, "/id", "ontbreekt"),
        ("/start", None, "/start", "ontbreekt"),
        ("/start", Some(json!("2026-13")), "/start", "datum"),
        ("/start", Some(json!("2026-9")), "/start", "datum"),
        ("/jaren", Some(json!([])), "/jaren", "leeg"),
        ("/jaren", Some(json!(["a", "a"])), "/jaren/1", "dubbel"),
        ("/jaren", Some(json!(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"])), "/jaren", "te-veel"),
        ("/trechter/diploma", Some(json!(0)), "/trechter/diploma", "grens"),
        ("/trechter/uitval", Some(json!(3)), "/trechter/uitval", "onbekende-sleutel"),
        ("/lichtingen", None, "/lichtingen", "ontbreekt"),
        ("/besturen", Some(json!([])), "/besturen", "leeg"),
        ("/coachsoorten", Some(json!([])), "/coachsoorten", "leeg"),
        ("/lichtingen/0/maand", Some(json!("2028-09")), "/lichtingen/0/maand", "grens"),
        ("/lichtingen/0/maand", Some(json!("2026-08")), "/lichtingen/0/maand", "grens"),
        ("/lichtingen/0/doel", Some(json!(1001)), "/lichtingen/0/doel", "grens"),
        ("/lichtingen/0/doel", Some(json!("4")), "/lichtingen/0/doel", "type"),
        ("/lichtingen/1", Some(json!({ "id": "L1", "maand": "2027-02", "doel": 1 })), "/lichtingen/1/id", "dubbel-id"),
        ("/lichtingen/0/werkelijk", Some(json!({ "x": { "diploma": 1 } })), "/lichtingen/0/werkelijk/x", "onbekende-verwijzing"),
        ("/lichtingen/0/werkelijk/intern", Some(json!({ "coaches": 1 })), "/lichtingen/0/werkelijk/intern/coaches", "onbekende-sleutel"),
        ("/besturen/0/plekken", Some(json!([1])), "/besturen/0/plekken", "samen"),
        ("/besturen/0/plekken", Some(json!([1, -1])), "/besturen/0/plekken/1", "grens"),
        ("/coachsoorten/0/uren", Some(json!(0)), "/coachsoorten/0/uren", "grens"),
        ("/coachsoorten/0/diensttijd", Some(json!(11)), "/coachsoorten/0/diensttijd", "grens"),
        ("/coachsoorten/1/overdracht", None, "/coachsoorten/1/overdracht", "samen"),
        ("/coachsoorten/1/overdracht", Some(json!("extern")), "/coachsoorten/1/overdracht", "samen"),
        ("/coachsoorten/1/overdracht", Some(json!("wie")), "/coachsoorten/1/overdracht", "onbekende-verwijzing"),
        ("/coachsoorten/1/fasen", Some(json!(["slapen"])), "/coachsoorten/1/fasen/0", "onbekende-verwijzing"),
        (
            "/fasen",
            Some(json!([{ "fase": "opleiding", "telling": "opleiding", "na": 6, "uren": 1, "ratio": true }])),
            "/fasen/0/na",
            "grens",
        ),
        (
            "/fasen",
            Some(json!([{ "fase": "opleiding", "telling": "vast", "na": 0, "uren": 1, "ratio": true }])),
            "/fasen/0/telling",
            "woord",
        ),
        ("/fasen", Some(json!([{ "fase": "opleiding", "telling": "opleiding", "na": 0, "uren": 1 }])), "/fasen/0/ratio", "ontbreekt"),
        ("/posten/0/per", Some(json!("blijft")), "/posten/0/per", "woord"),
        ("/posten/0/soort", Some(json!("rijk")), "/posten/0/soort", "woord"),
        ("/posten/0/activiteit", None, "/posten/0/activiteit", "ontbreekt"),
        ("/posten/0/aantal_x100", Some(json!(50)), "", ""),
        ("/posten/0/aantal_x100", Some(json!(33)), "", ""),
        (
            "/posten/0",
            Some(json!({ "id": "a", "activiteit": "A", "soort": "overig", "per": "vast", "prijs_cent": 7, "aantal_x100": 50 })),
            "/posten/0/prijs_cent",
            "grens",
        ),
        ("/posten/1", Some(line("b")), "/inkomsten/0/id", "dubbel-id"),
        ("/posten/0/jaren", Some(json!(["2030-2031"])), "/posten/0/jaren/0", "onbekende-verwijzing"),
        ("/posten/0/coachsoort", Some(json!("wie")), "/posten/0/coachsoort", "onbekende-verwijzing"),
        ("/inkomsten/0/coachsoort", Some(json!("intern")), "/inkomsten/0/coachsoort", "samen"),
        ("/inkomsten/0/groep", Some(json!(2)), "/inkomsten/0/groep", "samen"),
        ("/inkomsten/0/activiteit", Some(json!("A")), "/inkomsten/0/activiteit", "onbekende-sleutel"),
        ("/inkomsten/0/prijs_cent", Some(json!(100_000_000_001_i64)), "/inkomsten/0/prijs_cent", "grens"),
        ("/vast/0", Some(json!({ "lichting": "L1" })), "/vast/0", "samen"),
        ("/vast/0", Some(json!({ "lichting": "L1", "gestart": 1, "aantal": 1 })), "/vast/0", "samen"),
        ("/vast/1", Some(json!({ "lichting": "L1", "gestart": 3 })), "/vast/1", "dubbel"),
        ("/vast/0/lichting", Some(json!("L9")), "/vast/0/lichting", "onbekende-verwijzing"),
        ("/vast/0", Some(json!({ "coachsoort": "intern", "jaar": "2029", "aanname": 1 })), "/vast/0/jaar", "onbekende-verwijzing"),
        ("/scenarios/0/wijzig", None, "/scenarios/0/wijzig", "ontbreekt"),
        ("/scenarios/0/wijzig/0/pad", Some(json!("/trechter/start")), "/scenarios/0/wijzig/0/pad", "onbekende-verwijzing"),
        ("/scenarios/0/wijzig/0/pad", Some(json!("/scenarios/0/id")), "/scenarios/0/wijzig/0/pad", "onbekende-verwijzing"),
        ("/scenarios/0/wijzig/0/waarde", Some(json!(101)), "/scenarios/0/wijzig", "grens"),
        ("/scenarios/1", Some(json!({ "id": "s", "wijzig": [] })), "/scenarios/1/id", "dubbel-id"),
        ("/beleid/per_coach", Some(json!(0)), "/beleid/per_coach", "grens"),
        ("/beleid/budget", Some(json!("ruim")), "/beleid/budget", "woord"),
        ("/beleid/doelen", Some(json!([])), "/beleid/doelen", "leeg"),
        ("/beleid/doelen/0/punten", Some(json!({ "winst": 1 })), "/beleid/doelen/0/punten/winst", "woord"),
        ("/beleid/doelen/0/punten", Some(json!({ "gestart": -1 })), "/beleid/doelen/0/punten/gestart", "grens"),
        ("/beleid/doelen/1", Some(json!({ "naam": "g", "punten": {} })), "/beleid/doelen/1/naam", "dubbel"),
        ("/beleid/plek_maanden", Some(json!(25)), "/beleid/plek_maanden", "grens"),
    ];
    let mut kinds = std::collections::BTreeSet::new();
    let mut wrong = Vec::new();
    for (place, value, pointer, code) in &table {
        let file = with(place, value.clone());
        let found = told(file.to_string().as_bytes());
        if pointer.is_empty() && code.is_empty() {
            // A whole number of cents after all: no mistake.
            let expected: Vec<(String, &str)> = Vec::new();
            if found != expected {
                wrong.push(format!("{place} {value:?}: {found:?}, none expected"));
            }
            continue;
        }
        kinds.insert((*pointer, *code));
        if !found.iter().any(|(at, what)| (at.as_str(), *what) == (*pointer, *code)) {
            wrong.push(format!("{place} {value:?}: {found:?}, expected {pointer} {code}"));
        }
    }
    println!("{} kinds of mistakes", kinds.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(kinds.len() >= 25);
}

#[test]
fn all_mistakes_come_at_once_and_text_that_is_no_json_is_told() {
    let mut file = sound();
    file["start"] = json!(1);
    file["lichtingen"][0]["doel"] = json!(-1);
    file["posten"][0]["per"] = json!("alles");
    file["beleid"]["seed"] = json!(-1);
    let found: Vec<String> = told(file.to_string().as_bytes()).into_iter().map(|(at, _)| at).collect();
    assert_eq!(found, ["/beleid/seed", "/lichtingen/0/doel", "/posten/0/per", "/start"]);
    assert_eq!(told(b"{"), [(String::new(), "json")]);
    assert_eq!(
        told(br#"{"formaat":"loket-meerjarenplan/1","formaat":"x"}"#).iter().filter(|(_, code)| *code == "dubbele-sleutel").count(),
        1
    );
}

#[test]
fn money_that_cannot_be_counted_exactly_is_refused() {
    let mut file = sound();
    file["lichtingen"][0]["doel"] = json!(1000);
    file["posten"][0]["prijs_cent"] = json!(100_000_000_000_i64);
    file["posten"][0]["aantal_x100"] = json!(10_000_000);
    assert_eq!(told(file.to_string().as_bytes()), [("/posten".to_owned(), "grens")]);
}

#[test]
fn a_count_that_grows_on_the_way_gives_a_notice() {
    let file = with("/lichtingen/0/werkelijk/intern", Some(json!({ "voortraject": 3, "diploma": 4 })));
    let loaded = read_plan(file.to_string().as_bytes()).expect("a plan");
    assert_eq!(loaded.notices.iter().map(|it| it.pointer.as_str()).collect::<Vec<_>>(), ["/lichtingen/0/werkelijk/intern/diploma"]);
}
