//! A deed was done and the service went down before its answer was kept: repeated under its key it is told, and not done again.

use loket_service::access::Caller;
use loket_service::actions::{Asked, waves};
use loket_service::store::Store;
use loket_service::store::idempotency::{Given, Known};
use loket_service::store::ids::sha256;
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, YEAR, small_wave};

/// A key as the service notes it: it belongs to its caller's account, which in tests is that of the intermediary.
fn own(key: &str) -> String {
    format!("intermediair\t{key}")
}

/// What a start of the service leaves of a request that was done and not answered.
pub async fn untold(store: &Store, key: &str) {
    let key = &own(key);
    let mut change = store.change().await.expect("a store");
    change.note_answer(key, &Given { status: 0, headers: Vec::new(), body: Vec::new() }).await.expect("a store");
    change.commit().await.expect("a store");
}

async fn noted(store: &Store, key: &str, print: &str) -> Known {
    let mut change = store.change().await.expect("a store");
    let known = change.note_request(key, print).await.expect("a store");
    change.commit().await.expect("a store");
    known
}

/// Does it under a key, loses the answer as a service does that goes down, and repeats it.
async fn done_once(desk: &Desk, path: &str, tag: &str, body: Option<Value>) -> Value {
    let headers = [("if-match", tag), ("idempotency-key", path)];
    let first = desk.send(Method::POST, path, &headers, body.clone()).await;
    assert_eq!(desk.send(Method::POST, path, &headers[..1], body.clone()).await.status / 100, 4, "without the key it is another request");
    let lines = desk.log().await.len();
    untold(&desk.store, path).await;
    let again = desk.send(Method::POST, path, &headers, body.clone()).await;
    assert_eq!(again.header("idempotency-replayed"), "", "the answer was lost");
    assert_eq!((again.status, &again.body, again.tag()), (first.status, &first.body, first.tag()));
    let kept = desk.send(Method::POST, path, &headers, body).await;
    assert_eq!((kept.header("idempotency-replayed"), &kept.body), ("true", &first.body));
    assert_eq!(desk.log().await.len(), lines, "done once");
    first.expect(200)
}

#[tokio::test]
async fn every_deed_that_cannot_be_done_twice_is_told_again_with_the_same_words() {
    let desk = Desk::open("untold-deeds").await;
    let made = desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 1, &["Z1", "Z2"])).await;
    assert_eq!(done_once(&desk, "/lichtingen/w/indiening", &made.tag(), None).await["toestand"], "ingediend");
    let wave = desk.run("/lichtingen/w").await;
    let published = done_once(&desk, "/lichtingen/w/vaststelling", &wave.tag(), Some(serde_json::json!({ "bevestigd": true }))).await;
    assert_eq!((published["geplaatst"].as_i64(), published["ongeplaatst"].as_i64()), (Some(1), Some(1)));
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.body["totaal"], 1);
    let wave = desk.get("/lichtingen/w").await;
    assert_eq!(done_once(&desk, "/lichtingen/w/sluiting", &wave.tag(), None).await["toestand"], "gesloten");
    let seats = desk.get("/besturen/B1/capaciteit").await;
    let read = Some(serde_json::json!({ "aantal": 1 }));
    assert_eq!(done_once(&desk, "/besturen/B1/capaciteit/bevestiging", &seats.tag(), read).await["bevestigd"], 1);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_start_forgets_what_came_to_nothing_and_remembers_what_was_done() {
    let desk = Desk::open("untold-start").await;
    let store = &desk.store;
    desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 1, &["Z1"])).await.expect(201);
    let path = "/lichtingen/w/indiening";
    let print = sha256(format!("POST /v1{path}\n{}", sha256(b"")).as_bytes());
    for (key, version, deed) in [("te-laat", 7, None), ("gedaan", 1, Some(()))] {
        let key = &own(key);
        assert_eq!(noted(store, key, &print).await, Known::New);
        let asked = Asked { caller: Caller::machine("proef"), key: Some(key.clone()) };
        assert_eq!(waves::submit(store, &asked, "w", version).await.is_ok(), deed.is_some());
        assert!(matches!(noted(store, key, &print).await, Known::AtWork(_)));
        let mut change = store.change().await.expect("a store");
        change.forget_unfinished_requests(None).await.expect("a store");
        change.commit().await.expect("a store");
        let kept: Option<()> = store.read().deed(Some(key)).await.expect("a store");
        assert_eq!(kept.is_some(), deed.is_some());
    }
    let done = desk.send(Method::POST, path, &[("if-match", "\"v1\""), ("idempotency-key", "gedaan")], None).await;
    assert_eq!((done.status, &done.body["toestand"], done.tag().as_str()), (200, &Value::from("ingediend"), "\"v2\""));
    let late = desk.send(Method::POST, path, &[("if-match", "\"v1\""), ("idempotency-key", "te-laat")], None).await;
    assert_eq!(late.status, 409, "this one has to be done, and cannot be");
    let other = desk.send(Method::POST, "/lichtingen/w/sluiting", &[("if-match", "\"v2\""), ("idempotency-key", "gedaan")], None).await;
    assert_eq!(other.status, 422, "the key is of another request");
    desk.sound_log().await;
    desk.close().await;
}

/// Makes something under a key, loses the answer, and asks again: it is told, and not made again.
async fn made_once(desk: &Desk, path: &str, body: &Value) -> Value {
    let key = format!("{path} {}", body["id"]);
    let headers = [("idempotency-key", key.as_str())];
    let first = desk.send(Method::POST, path, &headers, Some(body.clone())).await;
    let lines = desk.log().await.len();
    untold(&desk.store, &key).await;
    let again = desk.send(Method::POST, path, &headers, Some(body.clone())).await;
    assert_eq!(again.header("idempotency-replayed"), "", "the answer was lost");
    assert_eq!((again.status, &again.body, again.header("location")), (first.status, &first.body, first.header("location")), "{path}");
    assert_eq!(desk.log().await.len(), lines, "{path}: made once");
    assert_eq!(first.status / 100, 2, "{}", first.body);
    first.body
}

#[tokio::test]
async fn whatever_a_post_makes_is_made_once_under_its_key_also_without_an_id_of_its_own() {
    let desk = Desk::open("untold-made").await;
    let board = made_once(&desk, "/besturen", &json!({ "naam": "Zonder id" })).await;
    made_once(&desk, "/scholen", &json!({ "bestuur": board["id"], "naam": "Ook" })).await;
    made_once(&desk, "/coaches", &json!({ "maximum": 2, "uren": 120, "lat": 52.37, "lon": 4.9 })).await;
    let row = json!({ "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9 });
    let one = made_once(&desk, "/kandidaten", &row).await;
    assert_eq!(desk.get("/kandidaten").await.body["totaal"], 1);
    let file = made_once(&desk, &format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), &small_wave("w", 2, &["Z1"])).await;
    let wish = json!({ "naam": "Zonder id", "fase": "opleiding", "van": YEAR.0, "tot": YEAR.1, "kandidaten": [one["id"]] });
    let made = made_once(&desk, "/lichtingen", &wish).await;
    assert_eq!(desk.get("/lichtingen").await.body["totaal"], 2);
    assert_ne!(made["id"], file["id"]);
    desk.act("/lichtingen/w/indiening", "\"v1\"").await.expect(200);
    made_once(&desk, "/lichtingen/w/berekeningen", &json!({})).await;
    desk.work().await;
    assert_eq!(desk.get("/lichtingen/w/berekeningen").await.body["totaal"], 1);
    made_once(&desk, "/coaches/K1/uitval", &json!({ "vanaf": "2026-09-01" })).await;
    let late = json!({ "id": "Z7", "bouwen": ["onderbouw"], "lat": 52.37, "lon": 4.9 });
    made_once(&desk, "/lichtingen/w/nakomers", &json!({ "kandidaat": late })).await;
    assert_eq!(desk.get("/herberekeningen").await.body["totaal"], 2);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn an_exchange_is_proposed_once_under_its_key_and_of_nobody_who_is_left_out() {
    let desk = Desk::open("untold-exchange").await;
    let mut wave = small_wave("w", 2, &["Z1", "Z2"]);
    wave["coaches"][0]["maximum"] = json!(1);
    let other = json!({ "id": "K2", "naam": "Merel Bedacht", "lat": 52.372, "lon": 4.895, "maximum": 1, "uren": 120 });
    wave["coaches"].as_array_mut().expect("a list").push(other);
    let tag = desk.solved(wave, YEAR).await.tag();
    desk.publish("/lichtingen/w/vaststelling", &tag).await.expect(200);
    let rows = desk.get("/lichtingen/w/plaatsingen").await.body["resultaten"].clone();
    let takes = |who: usize, of: usize| {
        let at = &rows[of];
        json!({ "kandidaat": rows[who]["kandidaat"], "school": at["school"], "plek": at["plek"], "coach": at["coach"] })
    };
    let both = json!({ "mensen": [takes(0, 1), takes(1, 0)] });
    made_once(&desk, "/lichtingen/w/ruil", &both).await;
    assert_eq!(desk.get("/herberekeningen").await.body["totaal"], 1);
    // Who keeps the own place exchanges nothing.
    let alone = desk.post("/lichtingen/w/ruil", json!({ "mensen": [takes(0, 0), takes(1, 1)] })).await;
    assert_eq!((alone.status, alone.wrong()), (400, vec![("past-niet", "/mensen/0"), ("past-niet", "/mensen/1")]));
    desk.put_new(&format!("/kandidaten/{}/beperking", rows[1]["kandidaat"].as_str().expect("an id")), json!({})).await.expect(201);
    let left_out = desk.post("/lichtingen/w/ruil", both).await;
    assert_eq!((left_out.status, left_out.wrong()), (400, vec![("past-niet", "/mensen/1/kandidaat")]));
    assert!(left_out.body["fouten"][0]["wat"].as_str().is_some_and(|it| it.contains("op eigen verzoek")), "{}", left_out.body);
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn a_refusal_frees_its_key_for_the_request_when_it_is_mended_and_for_another() {
    let desk = Desk::open("untold-refused").await;
    let place = format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1);
    let keyed = async |path: &str, tag: Option<&str>, body: Option<Value>| {
        let headers: Vec<(&str, &str)> = [("idempotency-key", "nacht")].into_iter().chain(tag.map(|tag| ("if-match", tag))).collect();
        desk.send(Method::POST, path, &headers, body).await
    };
    assert_eq!(keyed(&place, None, Some(json!({ "formaat": "loket-lichting/1" }))).await.status, 400);
    let made = keyed(&place, None, Some(small_wave("w", 2, &["Z1"]))).await;
    assert_eq!((made.status, made.header("idempotency-replayed")), (201, ""));
    assert_eq!(keyed("/lichtingen/w/indiening", None, None).await.status, 422, "what was done holds its key");
    desk.pass(2);
    let submit = "/lichtingen/w/indiening";
    assert_eq!(keyed(submit, None, None).await.status, 428);
    assert_eq!(keyed(submit, Some("\"v7\""), None).await.status, 412);
    let done = keyed(submit, Some("\"v1\""), None).await;
    assert_eq!((done.status, done.header("idempotency-replayed")), (200, ""));
    let again = keyed(submit, Some("\"v1\""), None).await;
    assert_eq!((again.status, again.header("idempotency-replayed"), &again.body), (200, "true", &done.body));
    desk.pass(2);
    assert_eq!(keyed(submit, Some("\"v2\""), None).await.status, 409, "it is submitted, and this is a new request");
    assert_eq!(keyed("/lichtingen/w/berekeningen", None, None).await.status, 202, "the key is free for something else");
    desk.sound_log().await;
    desk.close().await;
}

#[tokio::test]
async fn after_a_day_a_key_is_a_new_key() {
    let desk = Desk::open("untold-day").await;
    let keyed = async |path: &str, body: Value| desk.send(Method::POST, path, &[("idempotency-key", "run")], Some(body)).await;
    for wave in ["een", "twee"] {
        desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave(wave, 2, &["Z1"])).await.expect(201);
        desk.act(&format!("/lichtingen/{wave}/indiening"), "\"v1\"").await.expect(200);
    }
    let first = keyed("/lichtingen/een/berekeningen", json!({})).await.expect(202);
    desk.work().await;
    assert_eq!(keyed("/lichtingen/een/berekeningen", json!({})).await.expect(202)["id"], first["id"]);
    desk.pass(2);
    let other = keyed("/lichtingen/twee/berekeningen", json!({})).await.expect(202);
    assert_eq!((&other["lichting"], other["id"] == first["id"]), (&json!("twee"), false));
    desk.put_new("/lichtingen/een/beoordelingen/Z1", json!({ "besluit": "vast" })).await.expect(200);
    desk.pass(2);
    let second = keyed("/lichtingen/een/berekeningen", json!({})).await.expect(202);
    assert_eq!((second["id"] == first["id"], &second["verouderd"]), (false, &json!(false)), "it knows the decision");
    desk.pass(2);
    keyed("/kandidaten", json!({ "bouwen": ["onderbouw"] })).await.expect(201);
    desk.pass(2);
    keyed("/coaches", json!({ "maximum": 3, "uren": 100 })).await.expect(201);
    desk.sound_log().await;
    desk.close().await;
}
