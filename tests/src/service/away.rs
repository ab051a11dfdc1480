//! The database server cut off, silent, slow or started again under a service and its worker: what was acknowledged stays, nothing answers
//! 500, and a run ends truly. Only on PostgreSQL: of files there is `full`.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Call, Client};
use super::hundred::{solved, submitted};
use super::ledger::BOUND;
use super::line::{Line, State};
use super::processes::{Process, folder};
use super::waves;
use crate::database::{cut_off, on_postgres, reroute};

/// How soon after the database is back the service is ready.
pub(super) const READY: Duration = Duration::from_secs(5);

pub(super) fn only_of_servers(test: &str) -> bool {
    if !on_postgres() {
        println!("{test} is about a database server: nothing of it was tested on a file");
    }
    !on_postgres()
}

/// A service and a worker on a database at the end of a line.
pub(super) struct Scene {
    pub(super) line: Line,
    pub(super) service: Process,
    pub(super) worker: Process,
    pub(super) client: Client,
    outside: reqwest::Client,
}

impl Scene {
    pub(super) async fn new(folder: &Path) -> Self {
        let file = folder.join("loket.sqlite");
        let line = Line::new(|port| reroute(&file, port)).await;
        let service = Process::serve(folder, &["--zonder-werker"]);
        let worker = Process::worker(folder, &[]);
        let client = Client::new(service.url());
        Self { line, service, worker, client, outside: reqwest::Client::builder().no_proxy().build().expect("a client") }
    }

    /// What health says.
    pub(super) async fn told(&self) -> (u16, Value) {
        let url = format!("{}/gezondheid", self.service.url());
        let answer = self.outside.get(url).timeout(Duration::from_secs(5)).send().await.expect("health always answers");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    async fn health(&self) -> u16 {
        // Whatever the database does, the process turns: nobody starts it again for that.
        let url = format!("{}/leeft", self.service.url());
        let alive = self.outside.get(url).timeout(Duration::from_secs(5)).send().await.expect("it turns");
        assert_eq!(alive.status(), 200);
        self.told().await.0
    }

    pub(super) async fn becomes(&self, status: u16, within: Duration) {
        let began = Instant::now();
        while self.health().await != status {
            assert!(began.elapsed() < within, "health is not {status} after {:?}", began.elapsed());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        println!("health is {status} after {:?}", began.elapsed());
    }

    /// A run that has a plan and goes on.
    pub(super) async fn at_work(&self, name: &str) -> String {
        let wave = submitted(&self.client, &waves::endless(name)).await;
        let run = self.client.sure(&Call::post(format!("/lichtingen/{wave}/berekeningen"))).await.1.expect(202);
        let path = format!("/berekeningen/{}", run["id"].as_str().expect("a run has an id"));
        let mut stream = self.client.stream(Call::get(format!("{path}/gebeurtenissen"))).await;
        while stream.next().await.expect("a plan is told before the end").name != "plan" {}
        path
    }

    /// The run is stopped, and ends with a checked plan.
    pub(super) async fn stopped(&self, path: &str) -> Value {
        self.client.sure(&Call::post(format!("{path}/afbreking"))).await.1.expect(202);
        let ended = self.client.ended(path, BOUND).await;
        assert!(["klaar", "afgebroken"].iter().any(|it| ended["toestand"] == *it), "{ended}");
        assert_eq!(self.client.sure(&Call::get(format!("{path}/uitkomst"))).await.1.status, 200);
        ended
    }

    pub(super) fn end(self) {
        assert_eq!((self.worker.end(), self.service.end()), (0, 0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_cut_off_during_a_run_and_a_decision_loses_nothing() {
    if only_of_servers("a_database_that_is_cut_off_during_a_run_and_a_decision_loses_nothing") {
        return;
    }
    let folder = folder("afgesneden");
    let scene = Scene::new(&folder).await;
    let (wave, run) = solved(&scene.client, &waves::small("klein", 6, 1)).await;
    let plan = scene.client.read(&format!("/berekeningen/{run}/uitkomst")).await;
    let candidate = plan["plaatsingen"][0]["kandidaat"].as_str().expect("somebody is placed").to_owned();
    let path = scene.at_work("lang").await;

    scene.line.set(State::Cut);
    scene.becomes(503, Duration::from_secs(3)).await;
    // Asked while nothing can be kept, until it is.
    let (client, key) = (scene.client.clone(), "besluit-1".to_owned());
    let decided = tokio::spawn(async move {
        let call = Call::put(format!("/lichtingen/{wave}/beoordelingen/{candidate}")).fresh().key(Some(key));
        client.sure(&call.json(&json!({ "besluit": "akkoord" }))).await
    });
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!decided.is_finished(), "nothing is acknowledged that cannot be kept");
    scene.line.set(State::Open);
    scene.becomes(200, READY).await;
    let (again, answer) = decided.await.expect("it is answered");
    assert!(again && (200..300).contains(&answer.status), "{} {}", answer.status, String::from_utf8_lossy(&answer.body));
    scene.stopped(&path).await;
    // Every connection ended by whoever keeps the server, as at its restart.
    let path = scene.at_work("nog").await;
    cut_off(&folder.join("loket.sqlite"));
    scene.becomes(200, READY).await;
    scene.stopped(&path).await;
    scene.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_says_nothing_or_little_holds_nobody_for_long() {
    if only_of_servers("a_database_that_says_nothing_or_little_holds_nobody_for_long") {
        return;
    }
    let folder = folder("stil");
    let scene = Scene::new(&folder).await;
    let path = scene.at_work("lang").await;
    scene.line.set(State::Mute);
    scene.becomes(503, Duration::from_secs(3)).await;
    let began = Instant::now();
    // Whoever asks hears that it is not now, or gives up.
    let answer = scene.client.send(&Call::get("/lichtingen")).await;
    assert!(answer.is_err() || answer.as_ref().is_ok_and(|it| it.status == 503), "{answer:?}");
    println!("a question was answered after {:?}", began.elapsed());
    // What hung breaks, as when a machine between them is put back.
    scene.line.set(State::Cut);
    scene.becomes(503, Duration::from_secs(3)).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    scene.line.set(State::Open);
    scene.becomes(200, READY).await;
    scene.line.set(State::Slow(10));
    // The run that went on all the while is still listened to, and the next one has its turn.
    scene.stopped(&path).await;
    let (_, run) = solved(&scene.client, &waves::small("traag", 6, 1)).await;
    assert_eq!(scene.client.sure(&Call::get(format!("/berekeningen/{run}/uitkomst"))).await.1.status, 200);
    scene.line.set(State::Open);
    scene.end();
}
