//! A service on a loopback port chosen by the system, with its store in a folder of its own; ends with the test.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use loket_instances::matching::outcome::{Technique, compose, to_json};
use loket_service::access::{Caller, Role};
use loket_service::actions::accounts::{Invited, script};
use loket_service::actions::{Asked, jobs};
use loket_service::api::router;
use loket_service::records::account::Held;
use loket_service::records::job::{Finish, State};
use loket_service::serve::app::App;
use loket_service::serve::settings::{Layer, Settings, settle};
use loket_service::serve::{listen::listen, metrics};
use loket_service::store::Clock;
use loket_service::work::Lane;
use loket_solver::common::control::Unhurried;
use loket_solver::matching::facts::outcome::Verdict;
use loket_solver::matching::facts::words::Word;
use loket_solver::matching::solve::{Options, solve};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::{kept_in, let_in, load_bytes};

/// The token of every service here.
pub const TOKEN: &str = "proefsleutel-voor-de-tests";

/// Paths that are an administrator's.
const ADMINISTERED: [&str; 6] = ["/v1/accounts", "/v1/instellingen", "/v1/aanmeldingen", "/v1/sleutels", "/v1/scripts", "/v1/identiteiten"];

/// A running service.
pub struct Service {
    /// Where it listens.
    pub address: SocketAddr,
    /// What its handlers use.
    pub app: App,
    /// A client without a token of its own.
    pub client: Client,
    folder: PathBuf,
    listening: Option<JoinHandle<()>>,
    /// The token of an administrator.
    pub admin: String,
    /// The id of that account.
    pub account: String,
}

/// An empty folder for one test.
pub fn folder(name: &str) -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("http-{name}-{}-{number}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    folder
}

impl Service {
    /// Starts one with the usual settings.
    pub async fn start(name: &str) -> Self {
        Self::start_with(name, |_| {}).await
    }

    /// Starts one with other settings.
    pub async fn start_with(name: &str, change: impl FnOnce(&mut Settings)) -> Self {
        metrics::install();
        let folder = folder(name);
        let layer = Layer { gegevens: Some(crate::database::place(&folder.join("loket.sqlite"))), ..Layer::default() };
        let mut settings = settle(layer, Layer::default()).expect("settings");
        change(&mut settings);
        let store = kept_in(&folder.join("loket.sqlite"), Clock::default()).await;
        let_in(&store, TOKEN).await;
        let asked = Asked { caller: Caller::machine("toegang"), key: None };
        let roles = vec![Held { role: Role::Beheerder, of: String::new() }];
        let made = script(&store, &asked, Invited { name: "beheer".into(), address: None, roles }, None).await.expect("a token");
        let (account, admin) = (made.made.account, made.secret.told().to_owned());
        let app = App::new(store, settings.clone());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let ending = app.ending.clone();
        let router = router(app.clone());
        let listening = tokio::spawn(async move { listen(listener, router, &settings, ending).await });
        let client = Client::builder().timeout(Duration::from_secs(30)).no_proxy().build().expect("a client");
        Self { address, app, client, folder, listening: Some(listening), admin, account }
    }

    /// Asks it to end and waits until it did.
    pub async fn end(mut self) {
        self.app.ending.cancel();
        if let Some(listening) = self.listening.take() {
            tokio::time::timeout(Duration::from_secs(10), listening).await.expect("it ends in time").expect("it does not panic");
        }
        self.app.store.close().await;
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request with the token.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        // The token is an intermediary's, and accounts are an administrator's; so is the approval of policies and snapshots.
        let approving = ["/v1/beleid/", "/v1/metingen/"].iter().any(|it| path.starts_with(it));
        let approved = approving && ["/goedkeuring", "/intrekking"].iter().any(|it| path.contains(it));
        let token = if approved || ADMINISTERED.iter().any(|it| path.starts_with(it)) { &self.admin } else { TOKEN };
        self.open_request(method, path).bearer_auth(token)
    }

    /// A request without a token.
    pub fn open_request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).expect("a method");
        self.client.request(method, self.url(path))
    }

    /// Gets a thing that is there.
    pub async fn get(&self, path: &str) -> Value {
        let response = self.request("GET", path).send().await.expect("an answer");
        assert_eq!(response.status(), 200, "GET {path}");
        response.json().await.expect("JSON")
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Response {
        self.request("POST", path).json(body).send().await.expect("an answer")
    }

    /// Keeps a wave and submits it.
    pub async fn submitted(&self, wave: &Value) -> String {
        let made = self.post("/v1/lichtingen", wave).await;
        assert_eq!(made.status(), 201, "{}", made.text().await.unwrap_or_default());
        let id = wave["id"].as_str().expect("an id").to_owned();
        let done =
            self.request("POST", &format!("/v1/lichtingen/{id}/indiening")).header("If-Match", "\"v1\"").send().await.expect("an answer");
        assert_eq!(done.status(), 200);
        id
    }

    /// Asks for a run, and does it here as a worker would, without a child.
    pub async fn solved(&self, wave: &str) -> String {
        let asked = self.post(&format!("/v1/lichtingen/{wave}/berekeningen"), &json!({})).await;
        assert_eq!(asked.status(), 202, "{}", asked.text().await.unwrap_or_default());
        let run: Value = asked.json().await.expect("JSON");
        let store = &self.app.store;
        let claim = jobs::claim(store, Lane::Runs, "proef").await.expect("a store").expect("a job");
        let bytes = store.read().part(&claim.parts[0]).await.expect("a store").expect("the wave");
        let outcome = tokio::task::spawn_blocking(move || outcome(&bytes)).await.expect("it solves");
        let status = outcome["status"].as_str().and_then(Verdict::parse);
        let finish = Finish { state: State::Klaar, result: Some(outcome.to_string().into_bytes()), status, message: None };
        assert!(jobs::finish(store, &claim, finish).await.expect("a store"));
        run["id"].as_str().expect("an id").to_owned()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.app.ending.cancel();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Four candidates, of whom three can be placed; with names, which the service keeps apart.
pub fn wave(id: &str) -> Value {
    json!({
        "formaat": "loket-lichting/1", "id": id, "naam": "Proeflichting", "fase": "opleiding",
        "besturen": [{ "id": "B1" }],
        "scholen": [
            { "id": "S1", "naam": "De Vlieger", "bestuur": "B1", "lat": 52.370, "lon": 4.890, "doelgroep": 40,
              "plekken": [{ "bouw": "onderbouw", "aantal": 1 }, { "bouw": "bovenbouw", "aantal": 1 }] },
            { "id": "S2", "bestuur": "B1", "lat": 52.380, "lon": 4.900, "doelgroep": 10, "plekken": [{ "bouw": "middenbouw", "aantal": 2 }] },
        ],
        "coaches": [
            { "id": "K1", "naam": "Coach Een", "lat": 52.372, "lon": 4.895, "maximum": 2, "uren": 120 },
            { "id": "K2", "soort": "extern", "lat": 52.360, "lon": 4.880, "maximum": 3, "uren": 180 },
        ],
        "kandidaten": [
            { "id": "Z1", "naam": "Anna Verzonnen", "lat": 52.371, "lon": 4.885, "bouwen": ["bovenbouw"] },
            { "id": "Z2", "lat": 52.379, "lon": 4.901, "bouwen": ["middenbouw", "onderbouw"] },
            { "id": "Z3", "lat": 52.375, "lon": 4.893, "bouwen": ["onderbouw", "middenbouw"] },
            { "id": "Z4", "naam": "Bram Verweg", "lat": 51.500, "lon": 4.000, "bouwen": ["middenbouw"] },
        ],
    })
}

fn outcome(bytes: &[u8]) -> Value {
    let loaded = load_bytes(bytes);
    let solved = solve(&loaded.wave, &Options::default(), &Unhurried);
    let technique = Technique { version: "proef".into(), engine: "proef".into(), seed: 1, seconds: 0.0, memory_mib: None };
    to_json(&compose(&loaded, &solved, &technique))
}
