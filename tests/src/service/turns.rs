//! Waves take turns, and a heavy question does not hold up a quick one.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::support::kept_in;
use loket_service::store::Clock;
use serde_json::json;

use super::client::{Call, Client};
use super::hundred::{solved, submitted};
use super::ledger::BOUND;
use super::processes::{Process, folder};
use super::waves;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_waves_that_are_submitted_in_bursts_take_turns() {
    let folder = folder("beurten");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let mut runs = Vec::new();
    // All runs of one wave stand in line before the first of the next.
    for name in ["a", "b", "c"] {
        let wave = submitted(&client, &waves::small(name, 6, 1)).await;
        for seconds in [100, 200, 300] {
            let call = Call::post(format!("/lichtingen/{wave}/berekeningen")).json(&json!({ "rekentijd": seconds }));
            let run = client.sure(&call).await.1.expect(202);
            runs.push((wave.clone(), run["id"].as_str().expect("a run has an id").to_owned()));
        }
    }
    let worker = Process::worker(&folder, &[]);
    let mut begun = Vec::new();
    for (wave, run) in runs {
        let ended = client.ended(&format!("/berekeningen/{run}"), BOUND).await;
        assert_eq!(ended["toestand"], "klaar", "{ended}");
        begun.push((ended["begonnen_op"].as_str().expect("a time").to_owned(), wave));
    }
    begun.sort();
    for turn in begun.chunks(3) {
        let waves: BTreeSet<&str> = turn.iter().map(|(_, wave)| wave.as_str()).collect();
        assert_eq!(waves.len(), 3, "{begun:?}");
    }
    assert_eq!((worker.end(), service.end()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stress_question_does_not_hold_up_a_why_question() {
    let service = Process::serve(&folder("banen"), &[]);
    let client = Client::new(service.url());
    let (_, run) = solved(&client, &waves::small("a", 60, 1)).await;
    let (_, other) = solved(&client, &waves::small("b", 8, 2)).await;
    let stress = client.sure(&Call::post(format!("/berekeningen/{run}/vragen")).json(&json!({ "soort": "stress" }))).await.1.expect(202);
    let scarcity =
        client.sure(&Call::post(format!("/berekeningen/{run}/vragen")).json(&json!({ "soort": "schaarste" }))).await.1.expect(202);
    // The heavy lane has more to do than the quick question needs.
    let plan = client.read(&format!("/berekeningen/{other}/uitkomst")).await;
    let question = json!({ "soort": "waarom", "vraag": { "kandidaat": plan["plaatsingen"][0]["kandidaat"] } });
    let why = client.sure(&Call::post(format!("/berekeningen/{other}/vragen")).json(&question)).await.1.expect(202);
    let path = |question: &serde_json::Value| format!("/vragen/{}", question["id"].as_str().expect("a question has an id"));
    let why = client.ended(&path(&why), Duration::from_secs(60)).await;
    assert_eq!(why["toestand"], "klaar", "{why}");
    assert!(why["antwoord"].is_object(), "{why}");
    let (first, second) = (client.ended(&path(&stress), BOUND).await, client.ended(&path(&scarcity), BOUND).await);
    let ended = |question: &serde_json::Value| question["klaar_op"].as_str().expect("a time").to_owned();
    assert_eq!((&first["toestand"], &second["toestand"]), (&json!("klaar"), &json!("klaar")), "{first} {second}");
    assert!(ended(&why) < ended(&first).max(ended(&second)), "{} {} {}", ended(&why), ended(&first), ended(&second));
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_that_were_taken_are_thrown_away_and_work_goes_on_with_new_ones() {
    let folder = folder("kaartjes");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let worker = Process::worker(&folder, &[]);
    solved(&client, &waves::small("a", 6, 1)).await;
    assert_eq!(worker.end(), 0);
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    // A bell leaves no tickets.
    assert_eq!(store.tidy().await.expect("the file answers") > 0, store.bell().is_none());
    assert_eq!(store.tidy().await.expect("the file answers"), 0);
    store.close().await;
    let worker = Process::worker(&folder, &[]);
    solved(&client, &waves::small("b", 6, 1)).await;
    assert_eq!((worker.end(), service.end()), (0, 0));
}
