//! The description of the API: kept in docs/openapi.json, whole by itself, and shown by a viewer that asks nothing from outside.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::roles::token;
use super::rules::operations;
use super::service::{Service, wave};
use crate::support::root;
use loket_service::access::Role;
use loket_service::api::document;

/// `LOKET_RENEW=1` writes docs/openapi.json anew.
#[test]
fn the_kept_description_is_what_the_code_says() {
    let path = root().join("docs/openapi.json");
    let made = format!("{:#}\n", document());
    if std::env::var("LOKET_RENEW").is_ok_and(|it| it == "1") {
        std::fs::write(&path, &made).expect("docs/openapi.json can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(made.lines()).position(|(kept, made)| kept != made);
    let command = "LOKET_RENEW=1 cargo test --workspace --test all kept_description";
    assert!(kept == made, "docs/openapi.json is not what the code says (from line {:?}); renew it: {command}", differs.map(|it| it + 1));
}

/// Every `$ref` in a value.
fn references<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
    match value {
        Value::Array(list) => list.iter().for_each(|it| references(it, into)),
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(text) if key == "$ref" => into.push(text),
                    other => references(other, into),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn the_description_is_whole_and_says_enough() {
    let document = document();
    let mut all = Vec::new();
    references(&document, &mut all);
    assert!(!all.is_empty());
    for reference in all {
        let pointer = reference.strip_prefix('#').expect("a place in this file");
        assert!(document.pointer(pointer).is_some(), "{reference} is nowhere");
    }
    let declared: BTreeSet<&str> = document["tags"].as_array().expect("tags").iter().filter_map(|it| it["name"].as_str()).collect();
    let mut ids = BTreeSet::new();
    for it in operations() {
        let says = &it.says;
        let id = says["operationId"].as_str().unwrap_or_default();
        assert!(!id.is_empty() && ids.insert(id.to_owned()), "{}: operationId {id:?}", it.template);
        for key in ["summary", "description"] {
            assert!(says[key].as_str().is_some_and(|text| text.len() > 10), "{id}: {key}");
        }
        let tag = says["tags"][0].as_str().unwrap_or_default();
        assert!(declared.contains(tag), "{id}: tag {tag:?} is not declared, and the linter of the description refuses that");
        for parameter in says["parameters"].as_array().into_iter().flatten() {
            let name = &parameter["name"];
            assert!(parameter["description"].as_str().is_some_and(|text| !text.is_empty()), "{id}: parameter {name} says nothing");
        }
        for (status, response) in says["responses"].as_object().expect("responses") {
            assert!(status.parse::<u16>().is_ok(), "{id}: {status} is no status");
            assert!(response["headers"]["API-Version"].is_object(), "{id}: {status} without API-Version");
            assert!(response["description"].as_str().is_some_and(|text| !text.is_empty()), "{id}: {status} says nothing");
        }
    }
}

/// Everything in a value, each with its place.
fn places<'a>(value: &'a Value, at: String, into: &mut Vec<(String, &'a Value)>) {
    into.push((at.clone(), value));
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(position, it)| places(it, format!("{at}/{position}"), into)),
        Value::Object(object) => object.iter().for_each(|(key, it)| places(it, format!("{at}/{key}"), into)),
        _ => {}
    }
}

#[test]
fn a_list_of_words_is_one_type_with_a_name_also_where_it_may_be_null() {
    let document = document();
    let mut all = Vec::new();
    places(&document, String::new(), &mut all);
    let mut lists = BTreeSet::new();
    for (at, it) in all.iter().filter(|(at, it)| it["enum"].is_array() && !at.ends_with("/example")) {
        let words = it["enum"].as_array().expect("words");
        let named = at.strip_prefix("/components/schemas/").is_some_and(|name| !name.contains('/'));
        assert!(named || words.len() == 1, "{at} has no name: {words:?}");
        assert!(!words.contains(&Value::Null), "{at}");
        assert!(!named || lists.insert(format!("{words:?}")), "{at} is another name of the same words");
    }
    assert!(lists.len() >= 20, "{lists:?}");
}

#[test]
fn a_type_has_no_key_of_its_own_name_so_that_clients_can_be_generated() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        let snake: String = name.char_indices().fold(String::new(), |text, (at, letter)| {
            let gap = if at > 0 && letter.is_uppercase() { "_" } else { "" };
            format!("{text}{gap}{}", letter.to_lowercase())
        });
        assert!(schema["properties"].get(&snake).is_none(), "{name}.{snake}");
    }
}

#[test]
fn the_description_is_dutch() {
    let document = document();
    let mut all = Vec::new();
    places(&document, String::new(), &mut all);
    let told = all.iter().filter(|(at, _)| ["/description", "/summary"].iter().any(|key| at.ends_with(key)));
    let english = ["the", "its", "which", "whether", "and", "how", "with", "from", "what", "when", "has", "are", "it"];
    let mut held = 0;
    for (at, it) in told.filter_map(|(at, it)| Some((at, it.as_str()?))) {
        let words: BTreeSet<String> = it.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase).collect();
        let found: Vec<&&str> = english.iter().filter(|word| words.contains(**word)).collect();
        assert!(found.is_empty(), "{at}: {it:?} is not Dutch: {found:?}");
        held += 1;
    }
    assert!(held > 900, "{held}");
}

/// The keys of a question depend on its kind; together they are those that are described.
#[test]
fn the_keys_of_questions_are_described() {
    let document = document();
    let described = &document["components"]["schemas"]["Vraagdetails"]["properties"];
    let described: BTreeSet<&str> = described.as_object().expect("keys").keys().map(String::as_str).collect();
    let read: BTreeSet<&str> = loket_service::work::kinds::questions().flat_map(|kind| kind.keys.iter().copied()).collect();
    assert_eq!(described, read);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_type_of_every_problem_is_an_address_that_explains_it() {
    let service = Service::start("kinds").await;
    let page = std::fs::read_to_string(root().join("docs/api-rules.md")).expect("the page of rules");
    for kind in loket_service::serve::kinds::KINDS {
        // Nobody needs a token to read what went wrong.
        let answer = service.open_request("GET", &kind.address()).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{}", kind.address());
        let said: Value = answer.json().await.expect("JSON");
        assert_eq!((&said["type"], &said["status"]), (&json!(kind.address()), &json!(kind.status.as_u16())));
        assert!(["title", "betekenis", "oplossing"].iter().all(|key| said[key].as_str().is_some_and(|it| it.len() > 5)), "{said}");
        assert!(page.contains(&format!("| `{}` | {} |", kind.code, kind.status.as_u16())), "docs/api-rules.md does not name {}", kind.code);
    }
    let refused: Value = service.open_request("GET", "/v1/lichtingen").send().await.expect("an answer").json().await.expect("JSON");
    let address = refused["type"].as_str().expect("an address");
    assert_eq!(service.open_request("GET", address).send().await.expect("an answer").status(), 200, "{address}");
    assert_eq!(service.open_request("GET", "/v1/problemen/anders").send().await.expect("an answer").status(), 404);
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_and_its_viewer_are_open_and_ask_nothing_from_outside() {
    let service = Service::start("viewer").await;
    let answer = service.open_request("GET", "/v1/openapi.json").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    assert_eq!(answer.json::<Value>().await.unwrap(), document());

    let page = service.open_request("GET", "/v1/documentatie").send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self';"), "{policy}");
    let page = page.text().await.unwrap();
    let parts: Vec<&str> = page.split(['"']).filter(|it| it.starts_with("/v1/documentatie/")).collect();
    assert_eq!(parts.len(), 7, "{page}");
    assert!(!page.contains("http:") && !page.contains("https:"), "{page}");
    for part in parts {
        let answer = service.open_request("GET", part).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{part}");
        if part.ends_with("initializer.js") {
            let text = answer.text().await.unwrap();
            assert!(text.contains("/v1/openapi.json") && !text.contains("petstore"), "{text}");
        }
    }
    for nothing in ["/v1/documentatie/", "/v1/documentatie/index.html", "/v1/documentatie/oauth2-redirect.html", "/v1/documentatie/..%2fx"]
    {
        assert_eq!(service.open_request("GET", nothing).send().await.unwrap().status(), 404, "{nothing}");
    }
    service.end().await;
}

/// A schema with those that it names put in their places; of null or something else, something else.
fn whole(schema: &Value, said: &Value) -> Value {
    if let Some(pointer) = schema["$ref"].as_str() {
        return whole(said.pointer(pointer.trim_start_matches('#')).expect("a schema"), said);
    }
    if let Some(other) = schema["oneOf"].as_array().filter(|it| it[0]["type"] == "null").and_then(|it| it.get(1)) {
        return whole(other, said);
    }
    match schema {
        Value::Array(items) => items.iter().map(|it| whole(it, said)).collect(),
        Value::Object(object) => object.iter().map(|(key, it)| (key.clone(), whole(it, said))).collect(),
        other => other.clone(),
    }
}

/// A value with every key that a schema allows.
fn sample(schema: &Value) -> Value {
    if let Some(first) = schema["enum"].get(0).or(schema.get("const")) {
        return first.clone();
    }
    match schema["type"].as_str().or(schema["type"][0].as_str()) {
        Some("object") => schema["properties"].as_object().into_iter().flatten().map(|(key, it)| (key.clone(), sample(it))).collect(),
        Some("array") => json!([sample(&schema["items"])]),
        Some("integer") => json!(schema["minimum"].as_i64().unwrap_or(1).max(1)),
        Some("number") => json!(1.5),
        Some("boolean") => json!(true),
        _ if schema["format"] == "date" => json!("2027-01-01"),
        _ => json!("X1"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_are_described_with_the_keys_that_are_read() {
    // What reads a file of open data.
    let service = Service::start_with("bodies", |it| it.computer = Some(super::process::program())).await;
    let id = service.submitted(&wave("velden")).await;
    let run = service.solved(&id).await;
    // A wave of its own that is published, beside which nothing of the first one is short.
    let other: Value = serde_json::from_str(&wave("dorpen").to_string().replace("\"S", "\"T").replace("\"K", "\"M").replace("\"Z", "\"Y"))
        .expect("a wave");
    let dorpen = service.submitted(&other).await;
    service.solved(&dorpen).await;
    let tag = service.request("GET", &format!("/v1/lichtingen/{dorpen}")).send().await.expect("an answer").headers()["etag"].clone();
    let meant = service.request("POST", &format!("/v1/lichtingen/{dorpen}/vaststelling")).header("If-Match", tag);
    let meant = meant.json(&json!({ "bevestigd": true })).send().await.expect("an answer");
    assert_eq!(meant.status(), 200, "{}", meant.text().await.unwrap_or_default());
    let placed = service.get(&format!("/v1/lichtingen/{dorpen}/plaatsingen")).await["resultaten"][0]["kandidaat"].clone();
    let path = format!("/v1/lichtingen/{dorpen}/antwoorden/{}/kandidaat/koppeling", placed.as_str().expect("an id"));
    let place = service.request("POST", &path).send().await.expect("an answer");
    let place: Value = place.json().await.expect("a link");
    let batch: Value = service.post("/v1/coaches/K2/uitval", &json!({})).await.json().await.expect("a batch");
    let soon = service.app.store.clock().today().tomorrow().expect("a day").to_string();
    let round = service.post(&format!("/v1/lichtingen/{id}/opvraag"), &json!({ "uiterlijk": soon })).await;
    assert_eq!(round.status(), 201);
    let messages = service.get("/v1/berichten").await;
    let draft = service.post("/v1/beleid", &json!({ "naam": "proef", "inhoud": {} })).await;
    assert_eq!(draft.status(), 201);
    let note = service.post(&format!("/v1/lichtingen/{id}/beoordelingen/Z1/notities"), &json!({ "tekst": "Belt later." })).await;
    let note: Value = note.json().await.expect("a note");
    let coach = token(&service, Role::Coach, "K1").await;
    let out = service.open_request("POST", "/v1/uitvalmeldingen").bearer_auth(&coach).json(&json!({ "vanaf": soon, "reden": "afwezig" }));
    let out: Value = out.send().await.expect("an answer").json().await.expect("a report");
    let tried = json!({ "naam": "samen", "veranderingen": [{ "kandidaat": "Z1", "keuze": "verbieden", "reikwijdte": "plaatsing" }] });
    let tried: Value = service.post(&format!("/v1/lichtingen/{id}/proeven"), &tried).await.json().await.expect("a try-out");
    for candidate in ["Z1", "Z2"] {
        let path = format!("/v1/lichtingen/{id}/beoordelingen/{candidate}");
        let agreed = service.request("PUT", &path).header("If-None-Match", "*").json(&json!({ "besluit": "akkoord" }));
        assert_eq!(agreed.send().await.expect("an answer").status(), 200);
    }
    let asked = service.post(&format!("/v1/lichtingen/{id}/antwoorden"), &json!({})).await;
    assert_eq!(asked.status(), 200, "{}", asked.text().await.unwrap_or_default());
    let path = format!("/v1/lichtingen/{id}/antwoorden/Z2/kandidaat");
    let tag = service.request("GET", &path).send().await.expect("an answer").headers()["etag"].clone();
    let no = json!({ "antwoord": "nee", "reden": "te-ver", "hoe": "telefoon" });
    let no = service.request("POST", &path).header("If-Match", tag).json(&no).send().await.expect("an answer");
    assert_eq!(no.status(), 200, "{}", no.text().await.unwrap_or_default());
    let bans = service.get("/v1/verboden").await;
    let link = service.request("POST", &format!("/v1/lichtingen/{id}/antwoorden/Z1/kandidaat/koppeling")).send().await.expect("an answer");
    let link: Value = link.json().await.expect("a link");
    let list = "VESTIGINGSCODE;VESTIGINGSNAAM;BEVOEGD GEZAG NUMMER\n98XA00;Een;98001\n";
    let open = service.request("POST", "/v1/openbare-gegevens?soort=vestigingen").header("Content-Type", "text/csv").body(list);
    let open: Value = open.send().await.expect("an answer").json().await.expect("a proposal");
    let roster = json!({
        "formaat": "loket-rooster/1", "id": "velden", "soort": "gesprekken", "kalender": { "van": "2027-01-11", "tot": "2027-01-15" },
        "beleid": { "panel": { "coach": 1 } }, "locaties": [{ "id": "L1" }], "personen": [{ "id": "K1", "rollen": ["coach"] }],
        "deelnemers": [{ "id": "Z1" }],
    });
    assert_eq!(service.post("/v1/roosters", &roster).await.status(), 201);
    let pass = service.request("POST", "/v1/roosters/velden/uitnodigingen/Z1/koppeling").send().await.expect("an answer");
    let pass: Value = pass.json().await.expect("a link");
    let planned = service.request("POST", "/v1/roosters/velden/berekeningen").send().await.expect("an answer");
    let planned: Value = planned.json().await.expect("a run of a roster");
    let planned = planned["id"].as_str().expect("a run has an id");
    let plan = json!({
        "formaat": "loket-meerjarenplan/1", "id": "velden", "start": "2026-09", "jaren": ["2026-2027"],
        "lichtingen": [{ "id": "L1", "maand": "2026-09", "doel": 3 }], "besturen": [{ "id": "B1", "plekken": 3 }],
        "coachsoorten": [{ "id": "intern", "uren": 690 }],
    });
    assert_eq!(service.post("/v1/meerjarenplannen", &plan).await.status(), 201);
    let real = [
        ("{plan}", "velden"),
        ("{halfjaar}", "2024-1"),
        ("{meting}", "geen"),
        ("{beleidsproef}", "geen"),
        ("{rooster}", "velden"),
        ("{deelnemer}", "Z1"),
        ("{persoon}", "Z1"),
        ("{openvoorstel}", open["id"].as_str().expect("a proposal has an id")),
        ("{bericht}", messages["resultaten"][0]["id"].as_str().expect("a board is asked")),
        ("{lichting}", id.as_str()),
        ("{berekening}", &run),
        ("{herberekening}", batch["id"].as_str().expect("a batch has an id")),
        ("{kandidaat}", "Z1"),
        ("{coach}", "K1"),
        ("{bestuur}", "B1"),
        ("{school}", "S1"),
        ("{plek}", "onderbouw"),
        ("{account}", &service.account),
        ("{beleid}", "proef"),
        ("{nummer}", "1"),
        ("{schooljaar}", "2026-2027"),
        ("{notitie}", note["id"].as_str().expect("a note has an id")),
        ("{melding}", out["id"].as_str().expect("a report has an id")),
        ("{proef}", tried["id"].as_str().expect("a try-out has an id")),
        ("{partij}", "kandidaat"),
        ("{verbod}", bans["resultaten"][0]["id"].as_str().expect("a no forbids something")),
        ("{instelling}", "eenpersoonsteam"),
    ];
    let (mut held, said) = (BTreeSet::new(), document());
    for it in operations() {
        let name = it.says["operationId"].as_str().expect("an id").to_owned();
        let schema = whole(&it.says["requestBody"]["content"]["application/json"]["schema"], &said);
        if schema["additionalProperties"] != false {
            continue;
        }
        // The run of a roster is another one than that of a wave.
        let template = it.template.replace("/roosterberekeningen/{berekening}", &format!("/roosterberekeningen/{planned}"));
        let path = real.iter().fold(template, |path, (name, id)| path.replace(name, id));
        assert!(!path.contains('{'), "{name}: {path} names something that is not made above");
        let roles = it.says["x-rollen"].to_string();
        let by_coach = !it.open() && !["intermediair", "beheerder"].iter().any(|role| roles.contains(role));
        let asked = || {
            let request = match by_coach {
                true => service.open_request(&it.method, &path).bearer_auth(&coach),
                false => service.request(&it.method, &path),
            };
            // What may be new is.
            match (it.takes("If-None-Match"), it.takes("If-Match")) {
                (true, _) if name.starts_with("beperking") => request.header("If-None-Match", "*"),
                (_, true) => request.header("If-Match", "\"v1\""),
                _ => request,
            }
        };
        let sent = async |body: &Value| -> Vec<Value> {
            let answer = asked().json(body).send().await.expect("an answer");
            assert!(![404, 428].contains(&answer.status().as_u16()), "{name}: {}", answer.status());
            let body: Value = answer.json().await.unwrap_or_default();
            body["fouten"].as_array().cloned().unwrap_or_default()
        };
        // Whatever is described is read; which keys of a decision go together depends on the decision.
        let all = match name.as_str() {
            "besluiten" => json!({ "besluit": "akkoord" }),
            "vragen" => json!({ "soort": "waarom", "vraag": { "kandidaat": "Z1" } }),
            "gegevenUrenZetten" => json!({ "uren": [{ "kandidaat": "Z1", "maand": "2026-09", "uren": 1.5 }] }),
            // Which keys of a change go together depends on what is tried.
            "proberen" => json!({ "naam": "X1", "veranderingen": [{ "kandidaat": "Z1", "keuze": "loslaten" }] }),
            "proefVeranderen" => json!({ "naam": "X1", "veranderingen": [{ "kandidaat": "Z1", "keuze": "loslaten" }] }),
            // A reason goes with a no.
            "antwoordGeven" => json!({ "antwoord": "nee", "reden": "te-ver", "toelichting": "X1", "tot": "2027-01-01", "hoe": "telefoon" }),
            "koppelingBekijken" | "koppelingBrief" | "koppelingAgenda" => json!({ "koppeling": link["koppeling"] }),
            "koppelingPlaats" => json!({ "koppeling": place["koppeling"] }),
            "koppelingUitval" => json!({ "koppeling": place["koppeling"], "vanaf": soon, "reden": "afwezig", "bevestigd": true }),
            "roosterkoppelingBekijken" => json!({ "koppeling": pass["koppeling"] }),
            // Somebody who is not planned yet has no meeting to come to.
            "roosterkoppelingAntwoorden" => json!({ "koppeling": pass["koppeling"], "toelichting": "X1" }),
            "koppelingAntwoorden" => json!({ "koppeling": link["koppeling"], "antwoord": "ja" }),
            // What stands in a plan's rows is in docs/planning.md.
            "meerjarenplanMaken" | "meerjarenplanVeranderen" => plan.clone(),
            _ => sample(&schema),
        };
        let refused = ["onbekende-sleutel", "type", "woord", "datum"];
        for mistake in sent(&all).await {
            assert!(!refused.contains(&mistake["code"].as_str().expect("a code")), "{name}: {all} gets {mistake}");
        }
        // Whatever is read is described: a key that is not known is answered with those that are.
        let mistakes = sent(&json!({ "ditBestaatNiet": 1 })).await;
        let told = mistakes.iter().find(|it| it["plaats"] == "/ditBestaatNiet").unwrap_or_else(|| panic!("{name}: {mistakes:?}"));
        let (_, known) = told["oplossing"].as_str().and_then(|it| it.split_once(": ")).expect("a list of keys");
        // A school's seats are the board's, and the reader says so.
        for key in known.split(", ").filter(|key| (*key, name.starts_with("school")) != ("plekken", true)) {
            assert!(schema["properties"][key].is_object(), "{name}: {key} is read, and not described");
        }
        // No key is read twice, however well it is known.
        let key = schema["properties"].as_object().and_then(|it| it.keys().next()).expect("a key");
        let twice = format!("{{\"{key}\": null, \"{key}\": null}}");
        let answer = asked().header("Content-Type", "application/json").body(twice).send().await.expect("an answer");
        let answer: Value = answer.json().await.unwrap_or_default();
        let double = answer["fouten"].as_array().into_iter().flatten().any(|it| it["code"] == "dubbele-sleutel");
        assert!(double, "{name}: {key} twice gets {answer}");
        held.insert(name);
    }
    assert!(held.len() >= 17, "{held:?}");
    service.end().await;
}
