//! A run that is stopped keeps its best checked plan, and the stream of a run tells everything once, also to who comes back.

use std::time::{Duration, Instant};

use crate::support::kept_in;
use loket_service::store::Clock;

use super::client::{Call, Client};
use super::hundred::{solved, submitted};
use super::ledger::{BOUND, verified};
use super::processes::{Process, folder};
use super::waves;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_stopped_ends_within_seconds_with_its_best_checked_plan() {
    let folder = folder("afbreken");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::endless("lang")).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let mut stream = client.stream(Call::get(format!("{path}/gebeurtenissen"))).await;
    while stream.next().await.expect("a plan is told before the end").name != "plan" {}
    let began = Instant::now();
    client.sure(&Call::post(format!("{path}/afbreking"))).await.1.expect(202);
    let ended = client.ended(&path, BOUND).await;
    let took = began.elapsed();
    println!("stopped within {took:?}");
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert_eq!((ended["toestand"].as_str(), ended["melding"]["code"].as_str()), (Some("afgebroken"), Some("afgebroken")), "{ended}");
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    assert_eq!(verified(&store, &ended).await, "afgebroken met uitkomst");
    store.close().await;
    // The plan is there to decide about.
    let wave = client.read(&format!("/lichtingen/{wave}")).await;
    assert_eq!(wave["geldende_berekening"], ended["id"], "{wave}");
    let last = stream.rest().await.pop().expect("the end is told");
    assert_eq!((last.name.as_str(), &last.data["toestand"]), ("toestand", &ended["toestand"]));
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_is_asked_to_end_does_so_while_the_database_takes_nothing() {
    let folder = folder("einde-slot");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::endless("lang")).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let mut stream = client.stream(Call::get(format!("{path}/gebeurtenissen"))).await;
    while stream.next().await.expect("a plan is told before the end").name != "plan" {}
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    let held = store.change().await.expect("nobody else writes now");
    let began = Instant::now();
    // Waits twenty seconds and no longer.
    assert_eq!(service.end(), 0);
    println!("ended within {:?}", began.elapsed());
    drop(held);
    store.close().await;
    // What was at work is taken up by the next one.
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    let mut stream = client.stream(Call::get(format!("{path}/gebeurtenissen"))).await;
    while stream.next().await.expect("a plan is told again").name != "plan" {}
    client.sure(&Call::post(format!("{path}/afbreking"))).await.1.expect(202);
    assert_eq!(client.ended(&path, BOUND).await["toestand"], "afgebroken");
    assert_eq!(service.end(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_nobody_began_is_stopped_at_once() {
    let service = Process::serve(&folder("afbreken-rij"), &["--zonder-werker"]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::small("a", 6, 3)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let stopped = client.sure(&Call::post(format!("{path}/afbreking"))).await.1.expect(202);
    assert_eq!(stopped["toestand"], "afgebroken", "{stopped}");
    let none = client.sure(&Call::get(format!("{path}/uitkomst"))).await.1.expect(409);
    assert!(none["detail"].as_str().is_some_and(|it| it.contains("geen plan")), "{none}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_has_no_gaps_goes_on_where_it_was_left_and_ends_with_the_run() {
    let folder = folder("stroom");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let wave = submitted(&client, &waves::small("a", 30, 3)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let events = || Call::get(format!("{path}/gebeurtenissen"));

    // One who looks from the first moment, and one who loses the connection after two events and comes back.
    let faithful = client.stream(events()).await;
    let faithful = tokio::spawn(faithful.rest());
    let mut dropped = client.stream(events()).await;
    let worker = Process::worker(&folder, &[]);
    let mut heard = vec![dropped.next().await.expect("an event"), dropped.next().await.expect("an event")];
    drop(dropped);
    heard.extend(client.stream(events().with("Last-Event-ID", "2")).await.rest().await);
    let all = tokio::time::timeout(BOUND, faithful).await.expect("the stream ends with the run").expect("it was read");

    let ids: Vec<i64> = all.iter().map(|it| it.id).collect();
    assert_eq!(ids, (1..=all.len() as i64).collect::<Vec<_>>());
    assert_eq!(heard, all);
    let told = |name: &str| all.iter().filter(|it| it.name == name).count();
    assert!(told("plan") > 0 && told("voortgang") > 0 && told("toestand") >= 3, "{all:?}");
    assert_eq!(all.last().map(|it| &it.data["toestand"]), Some(&"klaar".into()));

    // Afterwards the same is told to whoever asks, from any number on, and the stream ends by itself.
    for after in [0, 1, all.len() - 1, all.len()] {
        let rest = client.stream(events().with("Last-Event-ID", after.to_string())).await.rest().await;
        assert_eq!(rest, all[after..], "after {after}");
    }
    let wrong = client.sure(&events().with("Last-Event-ID", "-1")).await.1;
    assert!((400..500).contains(&wrong.status), "{}", wrong.status);
    assert_eq!((worker.end(), service.end()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_that_ends_closes_its_streams_and_puts_its_work_back_in_line() {
    let folder = folder("afscheid");
    let service = Process::serve(&folder, &[]);
    let client = Client::new(service.url());
    solved(&client, &waves::small("a", 6, 1)).await;
    let wave = submitted(&client, &waves::long("lang", 4)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let mut stream = client.stream(Call::get(format!("{path}/gebeurtenissen"))).await;
    while stream.next().await.expect("it is begun").data["toestand"] != "bezig" {}
    let rest = tokio::spawn(stream.rest());
    let began = Instant::now();
    assert_eq!(tokio::task::block_in_place(|| service.end()), 0);
    println!("ended within {:?}", began.elapsed());
    tokio::time::timeout(Duration::from_secs(10), rest).await.expect("the stream is closed").expect("it was read");

    let service = Process::serve(&folder, &["--zonder-werker"]);
    client.moved(service.url());
    let waits = client.read(&path).await;
    // That the service ended was no attempt.
    assert_eq!((waits["toestand"].as_str(), waits["pogingen"].as_i64()), (Some("wachtrij"), Some(0)), "{waits}");
    assert_eq!(service.end(), 0);
}
