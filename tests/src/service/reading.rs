//! A database server that only reads, takes no more connections, crashes, or is followed by another one: changes are refused in Dutch, reading
//! goes on, nothing that was acknowledged is lost, and the service is there again by itself.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::away::{READY, Scene, only_of_servers};
use super::client::{Answer, Call};
use super::hundred::{solved, submitted};
use super::ledger::BOUND;
use super::line::State;
use super::processes::{children, folder};
use super::waves;
use crate::database::Own;

/// How soon it is told that nothing can be written: what was written in the last five seconds says that it can.
const TOLD: Duration = Duration::from_secs(10);

fn person() -> Call {
    Call::post("/kandidaten").json(&json!({ "naam": "Anna Verzonnen", "lat": 52.37, "lon": 4.89, "bouwen": ["onderbouw"] }))
}

async fn refused(scene: &Scene) {
    let before = scene.client.read("/kandidaten").await["totaal"].clone();
    let answer: Answer = scene.client.send(&person()).await.expect("it is answered");
    let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
    assert_eq!(answer.status, 503, "{detail}");
    assert_eq!(detail, "De gegevens mogen nu alleen gelezen worden; er is niets veranderd. Waarschuw de beheerder.");
    assert_eq!(scene.client.read("/kandidaten").await["totaal"], before, "nothing is half there");
    let (status, told) = scene.told().await;
    let of = |key: &str| told["gegevens"][key].clone();
    assert_eq!((status, of("lezen")), (503, json!("goed")), "{told}");
    assert_eq!(of("schrijven"), json!("de gegevens mogen alleen gelezen worden"), "{told}");
}

/// A run that ends by itself, and is at work.
async fn begun(scene: &Scene, name: &str) -> String {
    let wave = submitted(&scene.client, &waves::long(name, 5)).await;
    let run = scene.client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let began = Instant::now();
    while scene.client.read(&path).await["toestand"] != "bezig" || children(scene.worker.id()).is_empty() {
        assert!(began.elapsed() < BOUND, "it is not begun");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    path
}

async fn child_gone(scene: &Scene) {
    let began = Instant::now();
    while !children(scene.worker.id()).is_empty() {
        assert!(began.elapsed() < BOUND, "the child does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_that_are_taken_away_connections_that_run_out_and_a_crash_lose_nothing() {
    if only_of_servers("rights_that_are_taken_away_connections_that_run_out_and_a_crash_lose_nothing") {
        return;
    }
    let folder = folder("rechten");
    let mut own = Own::start(&folder.join("loket.sqlite"));
    let scene = Scene::new(&folder).await;
    assert_eq!(scene.client.send(&person()).await.expect("it is answered").status, 201);
    let path = begun(&scene, "lang").await;
    own.says("REVOKE INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public FROM stad");
    scene.becomes(503, TOLD).await;
    refused(&scene).await;
    child_gone(&scene).await;
    // Long enough for anybody to think that its worker is gone.
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert_eq!(scene.client.read(&path).await["toestand"], "bezig", "it has an end that nobody could keep");
    own.says("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO stad");
    let ended = scene.client.ended(&path, BOUND).await;
    assert_eq!((&ended["toestand"], &ended["pogingen"]), (&json!("klaar"), &json!(1)), "{ended}");
    scene.becomes(200, READY).await;

    // No connection is to be had, as when others took them all.
    own.says("ALTER ROLE stad CONNECTION LIMIT 0");
    own.says("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'stad'");
    scene.becomes(503, TOLD).await;
    let answer = scene.client.send(&Call::get("/lichtingen")).await;
    assert!(answer.is_err() || answer.as_ref().is_ok_and(|it| it.status == 503), "{answer:?}");
    own.says("ALTER ROLE stad CONNECTION LIMIT -1");
    scene.becomes(200, READY).await;

    let path = scene.at_work("nog").await;
    own.restart();
    scene.becomes(200, READY).await;
    scene.stopped(&path).await;
    scene.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_follows_another_only_reads_until_it_takes_over() {
    if only_of_servers("a_server_that_follows_another_only_reads_until_it_takes_over") {
        return;
    }
    let folder = folder("bijloper");
    let mut own = Own::start(&folder.join("loket.sqlite"));
    let scene = Scene::new(&folder).await;
    let (wave, run) = solved(&scene.client, &waves::small("klein", 6, 1)).await;
    let plan: Value = scene.client.read(&format!("/berekeningen/{run}/uitkomst")).await;
    let candidate = plan["plaatsingen"][0]["kandidaat"].as_str().expect("somebody is placed").to_owned();
    // The copy takes seconds to make, and the run may not end before its server is gone.
    let standby = own.standby();
    let path = begun(&scene, "lang").await;
    own.followed();

    // Whoever keeps the servers leads everybody to the one that follows, before it has taken over.
    scene.line.set(State::Cut);
    scene.line.lead_to(standby);
    scene.becomes(503, TOLD).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    scene.line.set(State::Open);
    let began = Instant::now();
    while scene.told().await.1["gegevens"]["lezen"] != "goed" {
        assert!(began.elapsed() < READY, "reading does not go on");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    refused(&scene).await;
    child_gone(&scene).await;
    assert_eq!(scene.client.read(&path).await["toestand"], "bezig", "it has an end that nobody could keep");
    let client = scene.client.clone();
    let decided = tokio::spawn(async move {
        let call = Call::put(format!("/lichtingen/{wave}/beoordelingen/{candidate}")).fresh().key(Some("besluit-1".into()));
        client.sure(&call.json(&json!({ "besluit": "akkoord" }))).await
    });
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(!decided.is_finished(), "nothing is acknowledged that cannot be kept");

    own.promote();
    scene.becomes(200, READY).await;
    let (_, answer) = decided.await.expect("it is answered");
    assert!((200..300).contains(&answer.status), "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
    let ended = scene.client.ended(&path, BOUND).await;
    assert_eq!(ended["toestand"], "klaar", "{ended}");
    scene.end();
}
