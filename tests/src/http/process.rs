//! The program itself, `loket serve`, as a child of the test: started on a free port, ended by its id.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::Value;

use super::service::TOKEN;
use crate::support::let_in_at;

/// A running program.
pub struct Process {
    child: Child,
    /// Where it listens, without a slash at the end.
    pub url: String,
    /// A client that sends the token.
    pub client: Client,
}

/// The program, built beside this test.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the test has a path");
    let folder = test.parent().and_then(Path::parent).expect("the target folder");
    let program = folder.join(format!("loket{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{} is not there: build the workspace first", program.display());
    program
}

impl Process {
    /// Starts the service on the data in this folder.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same, with more words typed.
    pub fn start_with(folder: &Path, words: &[&str]) -> Self {
        let_in_at(folder, TOKEN);
        let mut child = Command::new(program())
            .args(["serve", "--adres", "127.0.0.1:0", "--gegevens"])
            .arg(crate::database::typed(&folder.join("loket.sqlite")))
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(folder.join("log.txt")).expect("the folder can be written"))
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let url = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "it says where it listens: {line:?}");
        let token = format!("Bearer {TOKEN}").parse().expect("a header");
        let headers = [(reqwest::header::AUTHORIZATION, token)].into_iter().collect();
        let client = Client::builder().default_headers(headers).timeout(Duration::from_secs(30)).no_proxy().build().expect("a client");
        Self { child, url, client }
    }

    /// Gets JSON.
    pub async fn get(&self, path: &str) -> Value {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await.expect("an answer");
        assert!(answer.status().is_success(), "GET {path}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    /// Posts JSON.
    pub async fn post(&self, path: &str, tag: &str, body: &Value) -> Value {
        let answer = self.client.post(format!("{}{path}", self.url)).header("If-Match", tag).json(body).send().await.expect("an answer");
        let status = answer.status();
        let body: Value = answer.json().await.expect("JSON");
        assert!(status.is_success(), "POST {path}: {status} {body}");
        body
    }

    /// Keeps a wave, submits it and asks for a run; the run's id.
    pub async fn run(&self, wave: &Value) -> String {
        let id = wave["id"].as_str().expect("an id");
        self.post("/v1/lichtingen", "", wave).await;
        self.post(&format!("/v1/lichtingen/{id}/indiening"), "\"v1\"", &Value::Null).await;
        let run = self.post(&format!("/v1/lichtingen/{id}/berekeningen"), "", &serde_json::json!({})).await;
        run["id"].as_str().expect("an id").to_owned()
    }

    /// Asks it politely to end, and waits for that.
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let began = Instant::now();
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill is there");
        assert!(asked.success());
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return (status, began.elapsed());
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A made-up wave of a city, which takes some seconds to solve.
pub fn city(seed: u64, candidates: u32) -> Value {
    let made = Command::new(program())
        .args(["generate", "--preset", "amsterdam", "--candidates", &candidates.to_string(), "--seed", &seed.to_string(), "-o", "-"])
        .output()
        .expect("the program starts");
    assert!(made.status.success());
    let mut wave: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    wave["id"] = serde_json::json!(format!("stad-{seed}"));
    wave
}
