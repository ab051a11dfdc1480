//! A small client of the API that bears a service which is gone for a moment.

use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use reqwest::{Method, Response};
use serde_json::Value;

use super::processes::KEY;
use crate::described::hold;

/// How long a service may be away.
const PATIENCE: Duration = Duration::from_secs(60);

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: None }
    }

    /// A question; the path is below `/v1`.
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    /// A deed.
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    /// A replacement.
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::PUT, path)
    }

    /// With a header.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// With an idempotency key, when there is one.
    pub fn key(self, key: Option<String>) -> Self {
        match key {
            Some(key) => self.with("Idempotency-Key", key),
            None => self,
        }
    }

    /// Only when this is still the version.
    pub fn at(self, version: i64) -> Self {
        self.with("If-Match", format!("\"v{version}\""))
    }

    /// Only when there is nothing yet.
    pub fn fresh(self) -> Self {
        self.with("If-None-Match", "*")
    }

    /// With a body.
    pub fn json(mut self, body: &Value) -> Self {
        self.body = Some(body.to_string().into_bytes());
        self.with("Content-Type", "application/json")
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON; null when there is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The JSON of an answer with this status; anything else fails the test with what was answered.
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self.json()
    }
}

/// The client of one service, wherever it listens now.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Arc<RwLock<String>>,
}

impl Client {
    /// A client of the service at this address.
    pub fn new(base: String) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(40)).no_proxy().build().expect("a client");
        Self { http, base: Arc::new(RwLock::new(base)) }
    }

    /// The service was started again and listens there.
    pub fn moved(&self, base: String) {
        *self.base.write().expect("nobody panics with it") = base;
    }

    async fn open(&self, call: &Call) -> Result<Response, String> {
        let url = format!("{}/v1{}", self.base.read().expect("nobody panics with it"), call.path);
        let mut request = self.http.request(call.method.clone(), url).bearer_auth(KEY);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        request.send().await.map_err(|error| error.to_string())
    }

    /// Sends it once. The error is that no answer came.
    pub async fn send(&self, call: &Call) -> Result<Answer, String> {
        let response = self.open(call).await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.map_err(|error| error.to_string())?.to_vec();
        assert_ne!(status, 500, "{} {}: {}", call.method, call.path, String::from_utf8_lossy(&body));
        if let Ok(body) = serde_json::from_slice(&body) {
            hold(call.method.as_str(), &call.path, status, &body);
        }
        Ok(Answer { status, headers, body })
    }

    /// Sends it until an answer comes that is not "later": whether it had to be sent more than once, and the answer.
    pub async fn sure(&self, call: &Call) -> (bool, Answer) {
        let began = Instant::now();
        let mut again = false;
        loop {
            let last = match self.send(call).await {
                Ok(answer) if answer.status != 503 => return (again, answer),
                Ok(answer) => String::from_utf8_lossy(&answer.body).into_owned(),
                Err(error) => error,
            };
            assert!(began.elapsed() < PATIENCE, "{} {} gets no answer: {last}", call.method, call.path);
            again = true;
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// The answer to a question that must be there.
    pub async fn read(&self, path: &str) -> Value {
        self.sure(&Call::get(path)).await.1.expect(200)
    }

    /// Waits until what is at this path has ended; fails after so long.
    pub async fn ended(&self, path: &str, patience: Duration) -> Value {
        let began = Instant::now();
        loop {
            let found = self.read(path).await;
            if ["klaar", "mislukt", "afgebroken"].iter().any(|it| found["toestand"] == *it) {
                return found;
            }
            assert!(began.elapsed() < patience, "{path} does not end: {found}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Opens a stream of events, which is read with [`Stream::next`].
    pub async fn stream(&self, call: Call) -> Stream {
        let response = self.open(&call.with("Accept", "text/event-stream")).await.expect("the stream opens");
        assert_eq!(response.status(), 200, "{}", response.status());
        Stream { response, bytes: Vec::new() }
    }
}

/// One event: id, name and data.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its data.
    pub data: Value,
}

/// Server-sent events.
pub struct Stream {
    response: Response,
    bytes: Vec<u8>,
}

impl Stream {
    /// The next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(at) = self.bytes.windows(2).position(|it| it == b"\n\n") {
                let block: Vec<u8> = self.bytes.drain(..at + 2).collect();
                match event(std::str::from_utf8(&block).expect("events are UTF-8")) {
                    Some(event) => return Some(event),
                    // A sign of life.
                    None => continue,
                }
            }
            let part = self.response.chunk().await.expect("the stream can be read")?;
            self.bytes.extend_from_slice(&part);
        }
    }

    /// Everything to the end.
    pub async fn rest(mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push(event);
        }
        events
    }
}

fn event(block: &str) -> Option<Event> {
    let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim));
    Some(Event { id: field("id")?.parse().ok()?, name: field("event")?.into(), data: serde_json::from_str(field("data")?).ok()? })
}
