//! The API of this very process, called as anybody would: by somebody who is signed in.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};
use tokio::time::sleep;
use tower::ServiceExt;

/// How often the state of work is asked, and how often at most.
const PAUSE: Duration = Duration::from_millis(100);
const TIMES: usize = 3_000;

/// Somebody who is signed in, at the API of this process.
#[derive(Clone, Debug)]
pub struct Api {
    router: Router,
    session: String,
}

/// What was answered, with the tag of what it is about.
#[derive(Clone, Debug)]
pub struct Told {
    /// The answer.
    pub body: Value,
    /// Its `ETag`.
    pub tag: Option<String>,
}

impl Told {
    /// A text of the answer.
    ///
    /// # Errors
    /// It is not there.
    pub fn text(&self, key: &str) -> Result<String, String> {
        text(&self.body, key)
    }
}

/// A text of an answer.
///
/// # Errors
/// It is not there.
pub fn text(value: &Value, key: &str) -> Result<String, String> {
    value[key].as_str().map(str::to_owned).ok_or_else(|| format!("{key} ontbreekt"))
}

/// The rows of a list.
pub fn rows(of: &Value) -> impl Iterator<Item = &Value> {
    of["resultaten"].as_array().into_iter().flatten()
}

impl Api {
    /// Somebody with this session.
    pub fn new(router: &Router, session: &str) -> Self {
        Self { router: router.clone(), session: session.to_owned() }
    }

    async fn call(&self, method: Method, path: &str, tag: Option<&str>, body: Option<&Value>) -> Result<Told, String> {
        let mut request =
            Request::builder().method(method.clone()).uri(path).header(header::AUTHORIZATION, format!("Bearer {}", self.session));
        if let Some(tag) = tag {
            let name = if tag == "*" { header::IF_NONE_MATCH } else { header::IF_MATCH };
            request = request.header(name, tag);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let request = request.body(body.map_or_else(Body::empty, |it| Body::from(it.to_string()))).map_err(|error| error.to_string())?;
        let response = self.router.clone().oneshot(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let tag = response.headers().get(header::ETAG).and_then(|it| it.to_str().ok()).map(str::to_owned);
        let bytes = axum::body::to_bytes(response.into_body(), 256 << 20).await.map_err(|error| error.to_string())?;
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
        if status.is_success() {
            return Ok(Told { body, tag });
        }
        let more = body["fouten"].as_array().into_iter().flatten().find_map(|it| it["wat"].as_str()).unwrap_or_default();
        Err(format!("{method} {path}: {status}: {} {more}", body["detail"]))
    }

    /// A question.
    ///
    /// # Errors
    /// Why there is no answer.
    pub async fn get(&self, path: &str) -> Result<Told, String> {
        self.call(Method::GET, path, None, None).await
    }

    /// A deed.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn post(&self, path: &str, body: &Value) -> Result<Told, String> {
        self.call(Method::POST, path, None, Some(body).filter(|it| !it.is_null())).await
    }

    /// A deed about something as it was read; `*` for what is not there yet.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn post_at(&self, path: &str, tag: &str, body: &Value) -> Result<Told, String> {
        self.call(Method::POST, path, Some(tag), Some(body).filter(|it| !it.is_null())).await
    }

    /// Puts something new.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn put_new(&self, path: &str, body: &Value) -> Result<Told, String> {
        self.call(Method::PUT, path, Some("*"), Some(body)).await
    }

    /// Waits until what is at this path has ended.
    ///
    /// # Errors
    /// It ended otherwise, or not.
    pub async fn ended(&self, path: &str) -> Result<Value, String> {
        for _ in 0..TIMES {
            let value = self.get(path).await?.body;
            match value["toestand"].as_str() {
                Some("klaar") => return Ok(value),
                Some("mislukt" | "afgebroken") => return Err(format!("{path}: {}", value["melding"])),
                _ => sleep(PAUSE).await,
            }
        }
        Err(format!("{path} is na vijf minuten nog niet klaar"))
    }

    /// Solves a wave: the id of the run.
    ///
    /// # Errors
    /// Why there is no plan.
    pub async fn solved(&self, wave: &str) -> Result<String, String> {
        let run = self.post(&format!("/v1/lichtingen/{wave}/berekeningen"), &Value::Null).await?.text("id")?;
        self.ended(&format!("/v1/berekeningen/{run}")).await?;
        Ok(run)
    }

    /// Keeps a wave from one day to another and submits it.
    ///
    /// # Errors
    /// Why it is not kept.
    pub async fn submitted(&self, wave: &Value, (from, until): (&str, &str)) -> Result<String, String> {
        let made = self.post(&format!("/v1/lichtingen?van={from}&tot={until}"), wave).await?;
        let id = made.text("id")?;
        self.post_at(&format!("/v1/lichtingen/{id}/indiening"), &made.tag.unwrap_or_default(), &Value::Null).await?;
        Ok(id)
    }

    /// Decides about a proposal about which nothing was decided.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn decided(&self, wave: &str, candidate: &str, decision: &Value) -> Result<(), String> {
        self.put_new(&format!("/v1/lichtingen/{wave}/beoordelingen/{candidate}"), decision).await.map(|_| ())
    }

    /// Agrees to every proposal of a bouw, after its sample was opened.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn agreed_to_all(&self, wave: &str, bouw: &str) -> Result<(), String> {
        let home = format!("/v1/lichtingen/{wave}");
        let sample = self.get(&format!("{home}/steekproef?bouw={bouw}")).await?.body;
        for row in sample["kandidaten"].as_array().into_iter().flatten() {
            let path = format!("{home}/beoordelingen/{}/inzage", text(row, "kandidaat")?);
            self.post(&path, &json!({ "getoond": ["voorstel", "redenen"] })).await?;
        }
        let wanted = json!({ "besluit": "akkoord", "filter": { "bouw": bouw } });
        self.post(&format!("{home}/beoordelingen"), &wanted).await.map(|_| ())
    }
}
