//! A service in this process on a loopback port of its own, with a store in a folder of its own; and somebody who works for it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::support::{kept_in, let_in};
use loket_instances::matching::outcome::{compose, to_json};
use loket_instances::matching::read::read_wave;
use loket_instances::planning::outcome as planning;
use loket_instances::planning::plan_file::read_plan;
use loket_instances::scheduling::outcome as roster;
use loket_instances::scheduling::plan::plan_of;
use loket_instances::scheduling::roster_file::read_roster;
use loket_service::actions::jobs;
use loket_service::api::router;
use loket_service::present::elsewhere;
use loket_service::records::job::{Finish, State};
use loket_service::serve::app::App;
use loket_service::serve::listen::listen;
use loket_service::serve::settings::{Layer, settle};
use loket_service::store::{Clock, Counter, Store};
use loket_service::work::Lane;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::solve::solve;
use reqwest::Method;
use serde_json::{Value, json};

use crate::described::hold;
use crate::honest::{plain_outcome, technique};

/// The token of an intermediary.
pub const TOKEN: &str = "proef-proef-proef-proef";

/// A running service.
pub struct Desk {
    /// What it keeps.
    pub store: Store,
    /// Its clock, UTC milliseconds.
    pub clock: Arc<AtomicI64>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Asks it.
    pub client: reqwest::Client,
    /// The service itself.
    pub app: App,
    /// Where its file is.
    pub folder: PathBuf,
}

/// An answer that was read.
#[derive(Clone, Debug)]
pub struct Heard {
    /// HTTP status.
    pub status: u16,
    /// The body; null when there is none.
    pub body: Value,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
}

/// A stream of events that is being read.
pub struct Stream {
    response: reqwest::Response,
    heard: String,
}

impl Stream {
    /// What is heard from now on, up to the event with this line; panics when that does not come in time.
    pub async fn until(&mut self, line: &str, most: std::time::Duration) -> String {
        let ended = |heard: &str| heard.split_once(line).is_some_and(|(_, after)| after.contains("\n\n"));
        while !ended(&self.heard) {
            let part = tokio::time::timeout(most, self.response.chunk()).await.expect("in time").expect("a stream").expect("no end");
            self.heard.push_str(&String::from_utf8_lossy(&part));
        }
        std::mem::take(&mut self.heard)
    }
}

impl Heard {
    /// A header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    /// The ETag.
    pub fn tag(&self) -> String {
        self.header("etag").to_owned()
    }

    /// Code and place of everything that is wrong.
    pub fn wrong(&self) -> Vec<(&str, &str)> {
        let rows = self.body["fouten"].as_array().map(Vec::as_slice).unwrap_or_default();
        rows.iter().map(|it| (it["code"].as_str().unwrap_or_default(), it["plaats"].as_str().unwrap_or_default())).collect()
    }

    /// The body of an answer that must have this status.
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }
}

impl Desk {
    /// Opens a service in an empty folder. It stands at 1 July 2026, before the school year.
    pub async fn open(name: &str) -> Self {
        Self::open_on(name, |store| store).await
    }

    /// The same, with whatever is asked of its database noted.
    pub async fn counted(name: &str) -> (Self, Counter) {
        let mut counter = Counter::default();
        let noted = |store: Store| {
            let (store, noting) = store.counted();
            counter = noting;
            store
        };
        let desk = Self::open_on(name, noted).await;
        (desk, counter)
    }

    async fn open_on(name: &str, on: impl FnOnce(Store) -> Store) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the target folder can be written");
        let clock = Arc::new(AtomicI64::new(1_782_900_000_000));
        let store = on(kept_in(&folder.join("loket.sqlite"), Clock::set(clock.clone())).await);
        let_in(&store, TOKEN).await;
        let mut settings = settle(Layer::default(), Layer::default()).expect("settings");
        // What reads workbooks.
        settings.computer = Some(crate::http::process::program());
        let app = App::new(store.clone(), settings);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port of loopback");
        let address = listener.local_addr().expect("an address");
        let (service, settings, ending) = (router(app.clone()), app.settings.clone(), app.ending.clone());
        tokio::spawn(async move { listen(listener, service, &settings, ending).await });
        Self { store, clock, address, client: reqwest::Client::new(), app, folder }
    }

    /// Where it listens.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the service.
    pub async fn close(self) {
        self.app.ending.cancel();
        self.store.close().await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    /// What a browser calls the pages of this service.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Lets days pass.
    pub fn pass(&self, days: i64) {
        self.clock.fetch_add(days * 86_400_000, Ordering::SeqCst);
    }

    /// Sends a request and reads the answer, which must never be a fault of the service.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Heard {
        self.send_as(Some(TOKEN), method, path, headers, body).await
    }

    /// The same as somebody else, by token or session; as nobody without.
    pub async fn send_as(&self, who: Option<&str>, method: Method, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Heard {
        let mut request = self.client.request(method.clone(), format!("http://{}/v1{path}", self.address));
        if let Some(token) = who {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        assert!(!status.is_server_error(), "{path}: {status} {}", response.text().await.unwrap_or_default());
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status.is_client_error() {
            assert_eq!(headers["content-type"], "application/problem+json", "{path}: {status}");
        }
        hold(method.as_str(), path, status.as_u16(), &body);
        Heard { status: status.as_u16(), body, headers }
    }

    /// Opens a stream of events as somebody, after this number.
    pub async fn stream(&self, who: &str, path: &str, after: &str) -> Stream {
        let request = self.client.get(format!("http://{}/v1{path}", self.address)).bearer_auth(who).header("last-event-id", after);
        let response = request.send().await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        Stream { response, heard: String::new() }
    }

    /// Reads.
    pub async fn get(&self, path: &str) -> Heard {
        self.send(Method::GET, path, &[], None).await
    }

    /// Posts a body.
    pub async fn post(&self, path: &str, body: Value) -> Heard {
        self.send(Method::POST, path, &[], Some(body)).await
    }

    /// Posts nothing, with the ETag of what it is about.
    pub async fn act(&self, path: &str, tag: &str) -> Heard {
        self.send(Method::POST, path, &[("if-match", tag)], None).await
    }

    /// Publishes the plan of a wave as it stands, also what nobody reviewed.
    pub async fn publish(&self, path: &str, tag: &str) -> Heard {
        self.act_with(path, tag, json!({ "bevestigd": true })).await
    }

    /// Puts a body in the place of what has this ETag.
    pub async fn put(&self, path: &str, tag: &str, body: Value) -> Heard {
        self.send(Method::PUT, path, &[("if-match", tag)], Some(body)).await
    }

    /// Posts a body, with the ETag of what it is about.
    pub async fn act_with(&self, path: &str, tag: &str, body: Value) -> Heard {
        self.send(Method::POST, path, &[("if-match", tag)], Some(body)).await
    }

    /// Reads a row, sets these keys and puts it back.
    pub async fn edit(&self, path: &str, keys: Value) -> Heard {
        let mut row = self.get(path).await;
        for (key, value) in keys.as_object().expect("keys") {
            row.body[key] = value.clone();
        }
        self.put(path, &row.tag(), row.body).await
    }

    /// Takes away what has this ETag.
    pub async fn drop(&self, path: &str, tag: &str) -> Heard {
        self.send(Method::DELETE, path, &[("if-match", tag)], None).await
    }

    /// Puts something new.
    pub async fn put_new(&self, path: &str, body: Value) -> Heard {
        self.send(Method::PUT, path, &[("if-none-match", "*")], Some(body)).await
    }

    /// Posts a wave file for a period, submits it and has it solved: the wave as it is then.
    pub async fn solved(&self, file: Value, period: (&str, &str)) -> Heard {
        let made = self.post(&format!("/lichtingen?van={}&tot={}", period.0, period.1), file).await;
        assert_eq!(made.status, 201, "{}", made.body);
        self.submitted(made).await
    }

    /// Submits a wave that was made and has it solved: the wave as it is then.
    pub async fn submitted(&self, made: Heard) -> Heard {
        let path = format!("/lichtingen/{}", made.body["id"].as_str().expect("an id"));
        self.act(&format!("{path}/indiening"), &made.tag()).await.expect(200);
        self.run(&path).await
    }

    /// Asks a run of a wave and works it out: the wave as it is then.
    pub async fn run(&self, path: &str) -> Heard {
        let run = self.send(Method::POST, &format!("{path}/berekeningen"), &[], None).await.expect(202);
        self.work().await;
        let run = self.get(&format!("/berekeningen/{}", run["id"].as_str().expect("an id"))).await.expect(200);
        assert_eq!(run["toestand"], "klaar", "{run}");
        self.get(path).await
    }

    /// Does the runs that wait, as a worker would, with an outcome that no engine had a hand in, and makes the rosters that wait.
    pub async fn work(&self) {
        self.rosters().await;
        while let Some(claim) = jobs::claim(&self.store, Lane::Runs, "proef").await.expect("a claim") {
            let part = claim.parts.iter().find(|it| it.name == "lichting").expect("a wave");
            let bytes = self.store.read().part(part).await.expect("a part").expect("the bytes of a part");
            let outcome = move || {
                let loaded = read_wave(&bytes).expect("a wave that was accepted");
                to_json(&compose(&loaded, &plain_outcome(&loaded.wave), &technique(&loaded.wave)))
            };
            let outcome = tokio::task::spawn_blocking(outcome).await.expect("an outcome");
            let status = outcome["status"].as_str().and_then(Verdict::parse);
            let result = Some(outcome.to_string().into_bytes());
            let finish = Finish { state: State::Klaar, result, status, message: None };
            assert!(jobs::finish(&self.store, &claim, finish).await.expect("an end"));
        }
    }

    /// Answers the questions about rosters that wait, as a worker would.
    pub async fn roster_questions(&self) {
        while let Some(claim) = jobs::claim(&self.store, Lane::Questions, "proef").await.expect("a claim") {
            let mut parts = Vec::new();
            for part in &claim.parts {
                parts.push(self.store.read().part(part).await.expect("a part").expect("the bytes of a part"));
            }
            let [file, outcome] = parts.as_slice() else { panic!("{} parts", parts.len()) };
            let loaded = read_roster(file).expect("a roster that was accepted");
            let outcome = roster::read_outcome(outcome, loaded.roster.kind()).expect("an outcome that was accepted");
            let plan = plan_of(&loaded.roster, &outcome).expect("its plan");
            let who = claim.question.unit().expect("somebody");
            let unit = loaded.roster.units.ids().find(|&unit| loaded.roster.units[unit].id == who).expect("somebody in it");
            let found = elsewhere::found(&loaded.roster, (&plan, &outcome), unit, 12, &Unhurried);
            let answer = elsewhere::written(&loaded.roster, &outcome, unit, &found);
            let result = Some(serde_json::to_vec(&answer).expect("JSON"));
            let finish = Finish { state: State::Klaar, result, status: None, message: None };
            assert!(jobs::finish(&self.store, &claim, finish).await.expect("an end"));
        }
    }

    /// Makes the rosters and multi-year plans that wait, as a worker would.
    async fn rosters(&self) {
        while let Some(claim) = jobs::claim(&self.store, Lane::Rosters, "proef").await.expect("a claim") {
            let part = claim.parts.first().expect("a roster or a plan").clone();
            let bytes = self.store.read().part(&part).await.expect("a part").expect("the bytes of a part");
            let made = tokio::task::spawn_blocking(move || {
                if part.name == "meerjarenplan" {
                    return planned(&bytes);
                }
                let loaded = read_roster(&bytes).expect("a roster that was accepted");
                let outcome = solve(&loaded.roster, &Unhurried);
                let technique =
                    roster::Technique { version: "proef".into(), engine: "proef".into(), seed: 1, seconds: 0.0, memory_mib: None };
                let json = roster::to_json(&roster::compose(&loaded, &outcome, &technique));
                (outcome.verdict, json.to_string().into_bytes())
            });
            let (status, result) = made.await.expect("an outcome");
            let finish = Finish { state: State::Klaar, result: Some(result), status: Some(status), message: None };
            assert!(jobs::finish(&self.store, &claim, finish).await.expect("an end"));
        }
    }

    /// What the log holds, as words and contents.
    pub async fn log(&self) -> Vec<(String, String, Value)> {
        let lines = self.store.read().log_lines(0, 100_000).await.expect("the log");
        let read = |text: Option<String>| text.map_or(Value::Null, |it| serde_json::from_str(&it).expect("JSON"));
        lines.into_iter().map(|it| (it.what, it.subject, read(it.content))).collect()
    }

    /// The log must be whole.
    pub async fn sound_log(&self) -> i64 {
        let checked = self.store.read().log_check().await.expect("the log");
        assert_eq!(checked.wrong, Vec::<String>::new());
        checked.erased
    }
}

/// What a multi-year plan comes to.
fn planned(bytes: &[u8]) -> (Verdict, Vec<u8>) {
    let loaded = read_plan(bytes).expect("a plan that was accepted");
    let outcome = loket_solver::planning::solve::solve(&loaded.horizon, &Unhurried);
    let technique = roster::Technique { version: "proef".into(), engine: "proef".into(), seed: 1, seconds: 0.0, memory_mib: None };
    let json = planning::to_json(&planning::compose(&loaded, &outcome, &planning::Answered::default(), &technique));
    (outcome.verdict, json.to_string().into_bytes())
}

/// A wave: one board, one school with `seats` seats in onderbouw, one coach of 2 candidates and 120 hours, and these candidates.
pub fn small_wave(id: &str, seats: u32, candidates: &[&str]) -> Value {
    let candidates: Vec<Value> = candidates
        .iter()
        .map(|id| json!({ "id": id, "naam": format!("Kanarie {id}"), "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw"] }))
        .collect();
    json!({
        "formaat": "loket-lichting/1", "id": id, "naam": "Proef", "fase": "opleiding",
        "besturen": [{ "id": "B1", "naam": "Bestuur Een" }],
        "scholen": [{ "id": "S1", "naam": "De Vlieger", "bestuur": "B1", "lat": 52.370, "lon": 4.890,
            "plekken": [{ "bouw": "onderbouw", "aantal": seats }] }],
        "coaches": [{ "id": "K1", "naam": "Vink Verzonnen", "lat": 52.372, "lon": 4.895, "maximum": 2, "uren": 120 }],
        "kandidaten": candidates,
    })
}

/// A school year.
pub const YEAR: (&str, &str) = ("2026-08-01", "2027-07-31");
