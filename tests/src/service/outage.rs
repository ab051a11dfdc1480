//! The power goes off during a long run: it goes on within seconds, and who was looking hears everything once.

use std::time::{Duration, Instant};

use crate::support::kept_in;
use loket_service::store::Clock;

use super::client::{Call, Client};
use super::hundred::submitted;
use super::ledger::{BOUND, verified};
use super::processes::{Process, children, folder, lives};
use super::waves;

/// A run whose worker is gone is begun again within this: the lease, and time to notice on a crowded machine.
const AGAIN: Duration = Duration::from_secs(20);

async fn gone(child: u32) {
    let began = Instant::now();
    while lives(child) {
        assert!(began.elapsed() < Duration::from_secs(15), "child {child} outlives its worker");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_power_cut_a_run_goes_on_within_seconds_and_the_stream_where_it_was() {
    let folder = folder("spanning");
    let mut service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::long("lang", 5)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let events = || Call::get(format!("{path}/gebeurtenissen"));

    let mut heard = Vec::new();
    let mut stream = client.stream(events()).await;
    while heard.last().is_none_or(|it: &super::client::Event| it.name != "plan") {
        heard.push(stream.next().await.expect("a plan is told before the end"));
    }
    let child = *children(service.id()).first().expect("a child is at work");
    tokio::task::block_in_place(|| service.kill());
    drop(stream);
    let off = Instant::now();
    gone(child).await;
    let service = Process::serve(&folder, &[]);
    client.moved(service.url());

    let last = heard.last().map_or(0, |it| it.id).to_string();
    let mut stream = client.stream(events().with("Last-Event-ID", last)).await;
    while heard.last().is_none_or(|it| it.data["poging"] != 2) {
        heard.push(stream.next().await.expect("it is begun again"));
    }
    println!("begun again {:?} after the cut", off.elapsed());
    assert!(off.elapsed() < AGAIN, "{:?}", off.elapsed());
    assert!(heard.iter().any(|it| it.data["melding"]["code"] == "werker-weg"), "{heard:?}");
    client.sure(&Call::post(format!("{path}/afbreking"))).await.1.expect(202);
    heard.extend(stream.rest().await);
    let ended = client.ended(&path, BOUND).await;
    assert!(["klaar", "afgebroken"].iter().any(|it| ended["toestand"] == *it), "{ended}");
    assert_eq!(ended["pogingen"], 2, "{ended}");

    // What was heard before and after the cut is everything, once.
    assert_eq!(heard, client.stream(events()).await.rest().await);
    let ids: Vec<i64> = heard.iter().map(|it| it.id).collect();
    assert_eq!(ids, (1..=heard.len() as i64).collect::<Vec<_>>());
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    // The plan of before the cut is kept, also when the second attempt found none yet.
    assert!(verified(&store, &ended).await.ends_with("met uitkomst"));
    store.close().await;
    assert_eq!(service.end(), 0);
}
