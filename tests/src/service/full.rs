//! A disk that is full for a while, and a file that goes: told truly, without a restart, and a run at work ends as if nothing was.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::submitted;
use super::ledger::BOUND;
use super::processes::{Process, children, folder};
use super::waves;

/// What does not take long is there within this, on a crowded machine as well.
const SOON: Duration = Duration::from_secs(20);

async fn health(url: &str) -> (u16, Value) {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).no_proxy().build().expect("a client");
    let answer = http.get(format!("{url}/gezondheid")).send().await.expect("health is always told");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

/// Waits until health has this status.
async fn healthy(url: &str, wanted: u16) -> Value {
    let began = Instant::now();
    loop {
        let (status, told) = health(url).await;
        if status == wanted {
            return told;
        }
        assert!(began.elapsed() < SOON, "health stays {status}: {told}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Adds somebody with much to tell.
fn person() -> Call {
    Call::post("/kandidaten").json(&json!({ "lat": 52.3, "lon": 4.8, "bouwen": ["onderbouw"], "toelichting": "x".repeat(3_000) }))
}

async fn status(client: &Client, call: &Call) -> u16 {
    client.send(call).await.expect("it is answered").status
}

/// Nothing fits any more behind what is written now.
fn fill(service: &Process, folder: &Path) {
    let wal = std::fs::metadata(folder.join("loket.sqlite-wal")).expect("the WAL is there").len();
    assert!(wal < 3_500_000, "{wal}: SQLite would begin at its start again");
    service.room(Some(wal));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_full_disk_writes_are_taken_again_without_a_restart_and_health_tells_both() {
    if crate::database::only_of_files("after_a_full_disk_writes_are_taken_again_without_a_restart_and_health_tells_both") {
        return;
    }
    let folder = folder("vol");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    assert_eq!(status(&client, &person()).await, 201);
    let ready = healthy(&service.url(), 200).await;
    assert_eq!((&ready["gegevens"]["schrijven"], &ready["rekenaar"]), (&json!("goed"), &json!("elders")), "{ready}");
    for _ in 0..2 {
        fill(&service, &folder);
        let refused = client.send(&person()).await.expect("it is answered");
        assert_eq!(refused.status, 503);
        let told = healthy(&service.url(), 503).await;
        assert_eq!((&told["toestand"], &told["gegevens"]["lezen"]), (&json!("niet-gereed"), &json!("goed")), "{told}");
        assert_ne!(told["gegevens"]["schrijven"], "goed", "{told}");
        let before = client.read("/kandidaten").await["totaal"].as_u64();
        assert_eq!(status(&client, &person()).await, 503);
        assert_eq!(client.read("/kandidaten").await["totaal"].as_u64(), before, "nothing is half there");
        service.room(None);
        // The next write, not one of later.
        assert_eq!(status(&client, &person()).await, 201);
        healthy(&service.url(), 200).await;
    }
    assert_eq!(client.read("/kandidaten").await["totaal"], 3);
    assert_eq!(service.end(), 0);
}

/// A run at work in this service: its path.
async fn at_work(service: &Process, client: &Client) -> String {
    let wave = submitted(client, &waves::long("lang", 5)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let began = Instant::now();
    while client.read(&path).await["toestand"] != "bezig" || children(service.id()).is_empty() {
        assert!(began.elapsed() < SOON, "it is not begun");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_ends_while_the_disk_is_full_keeps_its_end_until_there_is_room() {
    if crate::database::only_of_files("a_run_that_ends_while_the_disk_is_full_keeps_its_end_until_there_is_room") {
        return;
    }
    let folder = folder("vol-berekening");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let path = at_work(&service, &client).await;
    fill(&service, &folder);
    healthy(&service.url(), 503).await;
    let began = Instant::now();
    while !children(service.id()).is_empty() {
        assert!(began.elapsed() < BOUND, "the child does not end");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Long enough for anybody to think that its worker is gone.
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert_eq!(client.read(&path).await["toestand"], "bezig", "it has an end that nobody could keep");
    service.room(None);
    let ended = client.ended(&path, SOON).await;
    assert_eq!((&ended["toestand"], &ended["pogingen"]), (&json!("klaar"), &json!(1)), "{ended}");
    assert!(client.read(&format!("{path}/uitkomst")).await["plaatsingen"].is_array());
    healthy(&service.url(), 200).await;
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_ends_while_the_disk_is_full_does_not_wait_for_room_and_the_next_one_does_the_run() {
    if crate::database::only_of_files("a_service_that_ends_while_the_disk_is_full_does_not_wait_for_room_and_the_next_one_does_the_run") {
        return;
    }
    let folder = folder("vol-einde");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let path = at_work(&service, &client).await;
    fill(&service, &folder);
    healthy(&service.url(), 503).await;
    assert_eq!(tokio::task::block_in_place(|| service.end()), 0);
    let service = Process::serve(&folder, &[]);
    client.moved(service.url());
    let ended = client.ended(&path, BOUND).await;
    assert_eq!((&ended["toestand"], &ended["pogingen"]), (&json!("klaar"), &json!(2)), "{ended}");
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_moved_away_is_told_and_no_empty_one_takes_its_place() {
    if crate::database::only_of_files("a_file_that_is_moved_away_is_told_and_no_empty_one_takes_its_place") {
        return;
    }
    let folder = folder("verplaatst");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    assert_eq!(status(&client, &person()).await, 201);
    std::fs::rename(folder.join("loket.sqlite"), folder.join("elders.sqlite")).expect("it is moved");
    assert_eq!(status(&client, &person()).await, 503);
    let told = healthy(&service.url(), 503).await;
    let moved = "het gegevensbestand is verplaatst, weggehaald of vervangen";
    assert_eq!((&told["gegevens"]["lezen"], &told["gegevens"]["schrijven"]), (&json!(moved), &json!(moved)), "{told}");
    // The worker has looked for work several times meanwhile.
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!folder.join("loket.sqlite").exists(), "an empty file took its place");
    std::fs::rename(folder.join("elders.sqlite"), folder.join("loket.sqlite")).expect("it is back");
    assert_eq!(status(&client, &person()).await, 201);
    healthy(&service.url(), 200).await;
    assert_eq!(client.read("/kandidaten").await["totaal"], 2);
    assert_eq!(service.end(), 0);
}
