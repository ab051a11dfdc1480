//! Several services and workers on one database: every run is done once and in turn, every service tells of it, and a worker that froze
//! cannot speak for what another does by now.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use loket_service::store::Clock;
use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::submitted;
use super::ledger::{BOUND, verified};
use super::processes::{Process, children, folder, lives, signal};
use super::waves;
use crate::support::kept_in;

/// A run whose worker is gone is begun again within this: what a pulse may stand still, and time to notice on a crowded machine.
const AGAIN: Duration = Duration::from_secs(20);

fn begun(folder: &std::path::Path, run: &str) -> usize {
    let log = std::fs::read_to_string(folder.join("worker.log")).expect("a log");
    log.lines().filter(|line| line.contains("begonnen") && line.contains(run)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_services_and_three_workers_do_every_run_once_and_in_turn() {
    let folder = folder("machines");
    let services = [Process::serve(&folder, &["--zonder-werker"]), Process::serve(&folder, &["--zonder-werker"])];
    let clients = [Client::new(services[0].url()), Client::new(services[1].url())];
    // All runs of one wave stand in line before the first of the next, at either service.
    let mut runs = Vec::new();
    for (number, name) in ["a", "b", "c", "d"].into_iter().enumerate() {
        let here = &clients[number % 2];
        let wave = submitted(here, &waves::small(name, 6, 1)).await;
        for seconds in [100, 200, 300] {
            let call = Call::post(format!("/lichtingen/{wave}/berekeningen")).json(&serde_json::json!({ "rekentijd": seconds }));
            let run = here.sure(&call).await.1.expect(202);
            runs.push((wave.clone(), run["id"].as_str().expect("a run has an id").to_owned()));
        }
    }
    // Somebody looks on at the other service.
    let looked = format!("/berekeningen/{}/gebeurtenissen", runs[0].1);
    let stream = clients[1].stream(Call::get(looked)).await;
    let workers: Vec<Process> = (0..3).map(|_| Process::worker(&folder, &[])).collect();
    let mut order = Vec::new();
    for (number, (wave, run)) in runs.iter().enumerate() {
        let ended = clients[(number + 1) % 2].ended(&format!("/berekeningen/{run}"), BOUND).await;
        assert_eq!((ended["toestand"].as_str(), ended["pogingen"].as_i64()), (Some("klaar"), Some(1)), "{ended}");
        order.push((ended["begonnen_op"].as_str().expect("a time").to_owned(), wave.clone()));
        assert_eq!(begun(&folder, run), 1, "{run} was begun once");
    }
    let heard = stream.rest().await;
    assert_eq!(heard.last().map(|it| it.data["toestand"].clone()), Some(Value::from("klaar")), "{heard:?}");
    assert!(heard.windows(2).all(|pair| pair[0].id + 1 == pair[1].id), "nothing is left out: {heard:?}");
    order.sort();
    for turn in order.chunks(4) {
        let waves: BTreeSet<&str> = turn.iter().map(|(_, wave)| wave.as_str()).collect();
        assert_eq!(waves.len(), 4, "{order:?}");
    }
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    for (_, run) in &runs {
        let run = clients[0].read(&format!("/berekeningen/{run}")).await;
        verified(&store, &run).await;
    }
    assert!(store.read().log_check().await.expect("a log").wrong.is_empty());
    store.close().await;
    for process in workers.into_iter().chain(services) {
        assert_eq!(process.end(), 0);
    }
}

/// Freezes a process while it writes nothing: one that is frozen in the middle of a write keeps everybody from writing to its file.
async fn frozen(client: &Client, process: u32) -> Instant {
    for _ in 0..40 {
        signal(process, "STOP");
        let since = Instant::now();
        let person = json!({ "naam": "Anna Verzonnen", "lat": 52.37, "lon": 4.89, "bouwen": ["onderbouw"] });
        let call = Call::post("/kandidaten").json(&person);
        let written = tokio::time::timeout(Duration::from_secs(1), client.send(&call)).await;
        if written.is_ok_and(|it| it.is_ok_and(|answer| answer.status == 201)) {
            return since;
        }
        signal(process, "CONT");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    panic!("it is never found while it writes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_froze_comes_back_to_find_its_run_with_another() {
    let folder = folder("bevroren");
    let service = Process::serve(&folder, &["--zonder-werker"]);
    let client = Client::new(service.url());
    let first = Process::worker(&folder, &[]);
    // Longer than it takes to begin it again: the first child does not end by itself.
    let wave = submitted(&client, &waves::long("lang", 40)).await;
    let run = client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
    let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
    let mut stream = client.stream(Call::get(format!("{path}/gebeurtenissen"))).await;
    while stream.next().await.expect("a plan is told before the end").name != "plan" {}
    let child = *children(first.id()).first().expect("a child is at work");
    let frozen = frozen(&client, first.id()).await;
    let second = Process::worker(&folder, &[]);
    while stream.next().await.expect("it is begun again").data["poging"] != 2 {}
    println!("begun again {:?} after the worker froze", frozen.elapsed());
    assert!(frozen.elapsed() < AGAIN, "{:?}", frozen.elapsed());
    signal(first.id(), "CONT");
    let back = Instant::now();
    while lives(child) {
        assert!(back.elapsed() < Duration::from_secs(15), "what it did for a run that another has goes on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    client.sure(&Call::post(format!("{path}/afbreking"))).await.1.expect(202);
    let ended = client.ended(&path, BOUND).await;
    assert!(["klaar", "afgebroken"].iter().any(|it| ended["toestand"] == *it), "{ended}");
    assert_eq!(ended["pogingen"], 2, "{ended}");
    let rest = stream.rest().await;
    assert!(rest.iter().all(|it| it.data["poging"] != 1), "the first one says nothing any more: {rest:?}");
    let log = std::fs::read_to_string(folder.join("worker.log")).expect("a log");
    assert!(log.contains("overgenomen"), "{log}");
    let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
    verified(&store, &ended).await;
    store.close().await;
    for process in [first, second, service] {
        assert_eq!(process.end(), 0);
    }
}

/// A number that `make bench-machines` gives.
fn given(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |it| it.parse().expect("a number"))
}

fn place(times: &[Duration], of: usize) -> Duration {
    times.get(times.len().saturating_sub(1) * of / 100).copied().unwrap_or_default()
}

/// Two services and so many workers, with so many waves of fifty: `make bench-machines`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes; make bench-machines runs it"]
async fn two_hundred_waves_of_fifty_finish_once_each() {
    let (waves, workers) = (given("LOKET_WAVES", 200), given("LOKET_WORKERS", 3));
    let folder = folder("veel");
    let services = [Process::serve(&folder, &["--zonder-werker"]), Process::serve(&folder, &["--zonder-werker"])];
    let clients = [Client::new(services[0].url()), Client::new(services[1].url())];
    let mut runs = Vec::new();
    for number in 0..waves {
        let here = &clients[number % 2];
        let name = format!("w{number}");
        let wave = submitted(here, &waves::small(&name, 50, 1 + number as u64)).await;
        let run = here.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
        runs.push(run["id"].as_str().expect("a run has an id").to_owned());
    }
    let began = Instant::now();
    let working: Vec<Process> = (0..workers).map(|_| Process::worker(&folder, &[])).collect();
    // Somebody reads all the while.
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let readers: Vec<_> = (0..4)
        .map(|number: usize| {
            let (client, stopped, runs) = (clients[number % 2].clone(), stopped.clone(), runs.clone());
            tokio::spawn(async move {
                let (mut times, mut at) = (Vec::new(), number);
                while !*stopped.borrow() {
                    let path = if at % 2 == 0 {
                        "/lichtingen?paginaGrootte=20".to_owned()
                    } else {
                        format!("/berekeningen/{}", runs[at % runs.len()])
                    };
                    let asked = Instant::now();
                    assert_eq!(client.send(&Call::get(path)).await.expect("an answer").status, 200);
                    times.push(asked.elapsed());
                    at += 7;
                }
                times
            })
        })
        .collect();
    let mut order = BTreeMap::new();
    for (number, run) in runs.iter().enumerate() {
        let ended = clients[number % 2].ended(&format!("/berekeningen/{run}"), Duration::from_secs(3_600)).await;
        assert_eq!((ended["toestand"].as_str(), ended["pogingen"].as_i64()), (Some("klaar"), Some(1)), "{ended}");
        assert_eq!(begun(&folder, run), 1, "{run} was begun once");
        order.insert(ended["begonnen_op"].as_str().expect("a time").to_owned(), number);
    }
    let took = began.elapsed();
    stop.send_replace(true);
    let mut times = Vec::new();
    for reader in readers {
        times.extend(reader.await.expect("it reads"));
    }
    times.sort();
    // Waves of one caller that stand in line come in the order in which they were sent.
    let places: Vec<usize> = order.into_values().collect();
    let late = places.windows(2).filter(|pair| pair[1] + workers < pair[0]).count();
    assert_eq!(late, 0, "{places:?}");
    println!(
        "{waves} waves of 50, {workers} workers: {:.1} s, {:.2} a second; {} reads, {:.0} a second, median {:.1} ms, p99 {:.1} ms",
        took.as_secs_f64(),
        waves as f64 / took.as_secs_f64(),
        times.len(),
        times.len() as f64 / took.as_secs_f64(),
        place(&times, 50).as_secs_f64() * 1_000.0,
        place(&times, 99).as_secs_f64() * 1_000.0,
    );
    for process in working.into_iter().chain(services) {
        assert_eq!(process.end(), 0);
    }
}
