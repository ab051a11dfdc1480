//! A deed was done and the service went down before its answer was kept: repeated under its key it is told, and not done again.

use loket_service::access::Caller;
use loket_service::actions::{Asked, waves};
use loket_service::store::Store;
use loket_service::store::idempotency::{Given, Known};
use loket_service::store::ids::sha256;
use reqwest::Method;
use serde_json::Value;

use crate::desk::{Desk, YEAR, small_wave};

/// What a start of the service leaves of a request that was done and not answered.
pub async fn untold(store: &Store, key: &str) {
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
async fn done_once(desk: &Desk, path: &str, tag: &str) -> Value {
    let headers = [("if-match", tag), ("idempotency-key", path)];
    let first = desk.send(Method::POST, path, &headers, None).await;
    assert_eq!(desk.act(path, tag).await.status / 100, 4, "without the key it is another request");
    let lines = desk.log().await.len();
    untold(&desk.store, path).await;
    let again = desk.send(Method::POST, path, &headers, None).await;
    assert_eq!(again.header("idempotency-replayed"), "", "the answer was lost");
    assert_eq!((again.status, &again.body, again.tag()), (first.status, &first.body, first.tag()));
    let kept = desk.send(Method::POST, path, &headers, None).await;
    assert_eq!((kept.header("idempotency-replayed"), &kept.body), ("true", &first.body));
    assert_eq!(desk.log().await.len(), lines, "done once");
    first.expect(200)
}

#[tokio::test]
async fn every_deed_that_cannot_be_done_twice_is_told_again_with_the_same_words() {
    let desk = Desk::open("untold-deeds").await;
    let made = desk.post(&format!("/lichtingen?van={}&tot={}", YEAR.0, YEAR.1), small_wave("w", 1, &["Z1", "Z2"])).await;
    assert_eq!(done_once(&desk, "/lichtingen/w/indiening", &made.tag()).await["toestand"], "ingediend");
    let wave = desk.run("/lichtingen/w").await;
    let published = done_once(&desk, "/lichtingen/w/vaststelling", &wave.tag()).await;
    assert_eq!((published["geplaatst"].as_i64(), published["ongeplaatst"].as_i64()), (Some(1), Some(1)));
    assert_eq!(desk.get("/lichtingen/w/plaatsingen").await.body["totaal"], 1);
    let wave = desk.get("/lichtingen/w").await;
    assert_eq!(done_once(&desk, "/lichtingen/w/sluiting", &wave.tag()).await["toestand"], "gesloten");
    let seats = desk.get("/besturen/B1/capaciteit").await;
    assert_eq!(done_once(&desk, "/besturen/B1/capaciteit/bevestiging", &seats.tag()).await["bevestigd"], 1);
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
        assert_eq!(noted(store, key, &print).await, Known::New);
        let asked = Asked { caller: Caller::machine("proef"), key: Some(key.into()) };
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
