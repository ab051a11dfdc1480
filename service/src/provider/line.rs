//! The line to the provider: bounded in time and size, and never sent on to another address.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;

/// How long the provider has for one answer, and to be found at all.
const PATIENCE: Duration = Duration::from_secs(5);
const FOUND: Duration = Duration::from_secs(3);
/// Largest answer that is read, bytes.
const MOST: usize = 1 << 20;

/// Asks the provider.
#[derive(Clone, Debug)]
pub struct Line(reqwest::Client);

/// The provider gave no answer, or too large a one.
#[derive(Clone, Copy, Debug)]
pub struct NoAnswer;

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the provider gave no answer")
    }
}

impl std::error::Error for NoAnswer {}

impl From<reqwest::Error> for NoAnswer {
    // The error may name an address with a secret in it.
    fn from(_: reqwest::Error) -> Self {
        Self
    }
}

impl Line {
    /// A line by the certificates that this machine trusts; nothing where it has none to trust anybody by.
    pub fn new() -> Option<Self> {
        let client = reqwest::Client::builder().redirect(Policy::none()).connect_timeout(FOUND).timeout(PATIENCE).build();
        client.map(Self).ok()
    }

    /// One question and its answer.
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let (parts, body) = request.into_parts();
        let asked = self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
        let answer = asked.send().await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let (mut bytes, mut parts) = (Vec::new(), answer.bytes_stream());
        while let Some(part) = parts.next().await {
            bytes.extend_from_slice(&part?);
            if bytes.len() > MOST {
                return Err(NoAnswer);
            }
        }
        let mut response = HttpResponse::new(bytes);
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
