//! The same thing asked many times at once has one effect, and of two editors the second is told both values.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::service::{Service, wave};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_submit_a_hundred_times_at_once_is_one_run() {
    let service = Service::start("hundred").await;
    let id = service.submitted(&wave("honderd")).await;
    let path = format!("/v1/lichtingen/{id}/berekeningen");
    for key in [Some("een-en-dezelfde-sleutel"), None] {
        let mut asked = JoinSet::new();
        for _ in 0..100 {
            let mut request = service.request("POST", &path).json(&json!({}));
            if let Some(key) = key {
                request = request.header("Idempotency-Key", key);
            }
            asked.spawn(async move {
                let answer = request.send().await.expect("an answer");
                let (status, place) = (answer.status().as_u16(), answer.headers().get("location").cloned());
                let body: Value = answer.json().await.expect("JSON");
                (status, place, body["id"].clone())
            });
        }
        let (mut places, mut ids) = (BTreeSet::new(), BTreeSet::new());
        while let Some(answer) = asked.join_next().await {
            let (status, place, id) = answer.expect("no panic");
            assert_eq!(status, 202);
            places.insert(place.expect("a place").to_str().expect("text").to_owned());
            ids.insert(id.to_string());
        }
        assert_eq!((places.len(), ids.len()), (1, 1), "one run, key {key:?}");
        assert_eq!(service.get(&path).await["totaal"], 1, "key {key:?}");
    }
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_wave_posted_many_times_at_once_is_one_wave_and_a_used_key_takes_no_other_request() {
    let service = Service::start("once").await;
    let mut asked = JoinSet::new();
    for _ in 0..50 {
        let request = service.request("POST", "/v1/lichtingen").header("Idempotency-Key", "lichting-een").json(&wave("een"));
        asked.spawn(async move { request.send().await.expect("an answer") });
    }
    let mut first = 0;
    while let Some(answer) = asked.join_next().await {
        let answer = answer.expect("no panic");
        assert_eq!(answer.status(), 201);
        first += usize::from(!answer.headers().contains_key("idempotency-replayed"));
    }
    assert_eq!(first, 1, "one was handled, the others were told its answer");
    assert_eq!(service.get("/v1/lichtingen").await["totaal"], 1);
    let other = service.request("POST", "/v1/lichtingen").header("Idempotency-Key", "lichting-een").json(&wave("twee"));
    let other = other.send().await.unwrap();
    assert_eq!(other.status(), 422);
    assert_eq!(service.get("/v1/lichtingen").await["totaal"], 1);
    service.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_editors_the_second_sees_both_values_and_nothing_is_lost() {
    let service = Service::start("editors").await;
    let id = service.submitted(&wave("redacteurs")).await;
    let run = service.solved(&id).await;
    let outcome = service.get(&format!("/v1/berekeningen/{run}/uitkomst")).await;
    let candidate = outcome["plaatsingen"][0]["kandidaat"].as_str().expect("somebody is placed").to_owned();
    let path = format!("/v1/lichtingen/{id}/beoordelingen/{candidate}");
    let first = service.request("PUT", &path).header("If-None-Match", "*").json(&json!({ "besluit": "akkoord" })).send().await.unwrap();
    assert_eq!(first.status(), 200);
    let read = first.headers()["etag"].clone();

    let edit = |body: Value| service.request("PUT", &path).header("If-Match", read.clone()).json(&body).send();
    let (one, two) = tokio::join!(
        edit(json!({ "besluit": "vast" })),
        edit(json!({ "besluit": "afwijzen", "reden": "reis-te-zwaar", "reikwijdte": "school" })),
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    let (won, lost) = if one.status() == 200 { (one, two) } else { (two, one) };
    assert_eq!((won.status().as_u16(), lost.status().as_u16()), (200, 412));
    let (won, lost): (Value, Value) = (won.json().await.unwrap(), lost.json().await.unwrap());
    assert_eq!(lost["huidig"]["besluit"], won["besluit"]);
    assert_eq!(lost["huidig"]["versie"], won["versie"]);
    assert_ne!(lost["uw"]["besluit"], won["besluit"]);
    assert_eq!(service.get(&path).await["besluit"], won["besluit"]);

    // Many rounds of many editors: each round has one winner.
    for _ in 0..5 {
        let tag = service.request("GET", &path).send().await.unwrap().headers()["etag"].clone();
        let mut editors = JoinSet::new();
        for _ in 0..20 {
            let request = service.request("PUT", &path).header("If-Match", tag.clone()).json(&json!({ "besluit": "akkoord" }));
            editors.spawn(async move { request.send().await.expect("an answer").status().as_u16() });
        }
        let statuses = editors.join_all().await;
        assert_eq!(statuses.iter().filter(|it| **it == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|it| **it == 412).count(), 19, "{statuses:?}");
    }
    service.end().await;
}
