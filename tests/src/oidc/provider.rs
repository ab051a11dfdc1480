//! A real OpenID provider as a process of its own on loopback, and a browser that signs in there.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

/// The provider.
pub struct Provider {
    /// Its address.
    pub issuer: String,
    process: tokio::process::Child,
    client: Client,
}

/// The folder with the provider, installed where it is not there yet. Without it the test fails: that nothing was tried is not a result.
fn installed() -> String {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().expect("one at a time");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/provider");
    let done = Command::new(script).stdin(Stdio::null()).output().expect(".ci/provider can be run");
    assert!(done.status.success(), "the provider needs node, npm and its packages: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("a folder").trim().to_owned()
}

/// A client that follows nothing and waits for nobody.
pub fn client() -> Client {
    Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(Policy::none())
        .timeout(Duration::from_secs(40))
        .no_proxy()
        .build()
        .expect("a client")
}

impl Provider {
    /// Starts one that sends people back to this address.
    pub async fn start(back: &str) -> Self {
        let folder = tokio::task::spawn_blocking(installed).await.expect("a folder");
        let mut command = tokio::process::Command::new("node");
        command.arg("provider.js").arg(back).current_dir(folder);
        let mut process =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).spawn().expect("node");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let first = tokio::time::timeout(Duration::from_secs(60), lines.next_line()).await;
        let issuer = first.expect("it starts in time").expect("its output").expect("its address");
        // What it says later is read too: a pipe that nobody reads would end it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { issuer, process, client: client() }
    }

    /// Tells it something that is no part of the protocol.
    async fn tell(&self, what: &str, body: &Value) {
        let url = format!("{}/proef/{what}", self.issuer);
        let done = self.client.post(url).body(body.to_string()).send().await.expect("an answer");
        assert_eq!(done.status(), 200);
    }

    /// Whom it knows, with their claims.
    pub async fn knows(&self, people: Value) {
        self.tell("mensen", &people).await;
    }

    /// From now on it signs for this client.
    pub async fn signs_for(&self, client: &str) {
        self.tell("client", &json!({ "client": client })).await;
    }

    /// From now on it signs with another key.
    pub async fn other_keys(&self) {
        self.tell("sleutels", &json!({})).await;
    }

    /// Ends it.
    pub async fn end(mut self) {
        let _ = self.process.kill().await;
    }
}

/// A browser: it keeps cookies by name and path, and follows where it is sent.
pub struct Browser {
    client: Client,
    cookies: BTreeMap<(String, String), String>,
}

/// The value that a header sets for a cookie.
pub fn set(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(SET_COOKIE).iter().filter_map(|it| it.to_str().ok());
    let value = all.filter_map(|it| it.split(';').next()?.split_once('=')).find(|(it, _)| *it == name).map(|(_, value)| value.to_owned());
    value.filter(|it| !it.is_empty())
}

impl Browser {
    /// A new one.
    pub fn new() -> Self {
        Self { client: client(), cookies: BTreeMap::new() }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for text in headers.get_all(SET_COOKIE).iter().filter_map(|it| it.to_str().ok()) {
            let mut parts = text.split(';').map(str::trim);
            let Some((name, value)) = parts.next().and_then(|it| it.split_once('=')) else { continue };
            let path = parts.find_map(|it| it.strip_prefix("path=")).unwrap_or("/");
            self.cookies.insert((name.to_owned(), path.to_owned()), value.to_owned());
        }
    }

    async fn ask(&mut self, address: &Url, form: Option<&[(&str, &str)]>) -> Response {
        let own = self.cookies.iter().filter(|((_, path), value)| address.path().starts_with(path.as_str()) && !value.is_empty());
        let cookies: Vec<String> = own.map(|((name, _), value)| format!("{name}={value}")).collect();
        let request = match form {
            Some(form) => self.client.post(address.clone()).form(form),
            None => self.client.get(address.clone()),
        };
        let answer = request.header("cookie", cookies.join("; ")).send().await.expect("an answer of the provider");
        self.keep(answer.headers());
        answer
    }

    /// Signs in as this person at the provider, from the address that the service sent the browser to: the address it is sent back to.
    pub async fn sign_in(&mut self, begin: &str, person: &str) -> Url {
        let mut address = Url::parse(begin).expect("an address");
        let mut answer = self.ask(&address, None).await;
        for _ in 0..12 {
            if let Some(next) = answer.headers().get(LOCATION) {
                let next = address.join(next.to_str().expect("an address")).expect("an address");
                if next.path().ends_with("/oidc/terug") {
                    return next;
                }
                address = next;
                answer = self.ask(&address, None).await;
                continue;
            }
            let status = answer.status();
            let page = answer.text().await.expect("a page");
            assert_eq!(status, 200, "{page}");
            let consent = page.contains("value=\"consent\"");
            let form: &[(&str, &str)] =
                if consent { &[("prompt", "consent")] } else { &[("prompt", "login"), ("login", person), ("password", "x")] };
            answer = self.ask(&address, Some(form)).await;
        }
        panic!("the provider goes round in circles");
    }
}
