//! `Idempotency-Key` on POST: the same key and request get the same answer, with one effect.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::body::{Roomed, Size, Taken, take};
use super::guard::panicked;
use super::problem::Problem;
use crate::access::Caller;
use crate::store::idempotency::{Given, Known};
use crate::store::ids::sha256;
use crate::store::{self, Store};

/// Headers of an answer that are part of it.
const KEPT: [HeaderName; 5] = [header::CONTENT_TYPE, header::LOCATION, header::ETAG, header::RETRY_AFTER, header::LINK];
/// Where whole files are posted.
const FILES: &str = "/v1/lichtingen";
/// After so long without an answer the first handler is taken for gone.
const GONE: i64 = 60_000;

/// The key of this request: what it did is noted under it.
#[derive(Clone, Debug, Default)]
pub struct Key(pub Option<String>);

/// An answer that tells a secret: it is told once and never kept.
#[derive(Clone, Copy, Debug)]
struct Untold;

/// An answer with a secret in it. It is told once: under an idempotency key nothing of it is kept, and the key is free again.
pub fn once_told(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.extensions_mut().insert(Untold);
    response
}

/// A key is its caller's own: another's is another key. The key of the settings keeps its keys as they are; those of an account stand
/// behind its id and a tab, which no key has.
fn own(caller: &Caller, key: &str) -> String {
    match caller.account_id() {
        Some(account) => format!("{account}\t{key}"),
        None => key.to_owned(),
    }
}

/// Answers a repeated POST as the first was answered.
pub async fn once(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some(key) = request.headers().get("idempotency-key").cloned() else { return next.run(request).await };
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let Some(key) = key.to_str().ok().filter(|key| (1..=255).contains(&key.len()) && !key.contains('\t')) else {
        return Problem::mistake(
            "grens",
            "Idempotency-Key",
            "deze sleutel is leeg, te lang, of heeft andere tekens dan gewone letters, cijfers en leestekens",
            "gebruik er 1 tot 255, bijvoorbeeld een uuid",
        )
        .into_response();
    };
    let key = match request.extensions().get::<Caller>() {
        Some(caller) => own(caller, key),
        None => return Problem::unknown_caller().into_response(),
    };
    request.extensions_mut().insert(Key(Some(key.clone())));
    let (mut parts, body) = request.into_parts();
    let target = format!("{} {}", parts.method, parts.uri);
    // A file is larger than what else is posted, and this is where one is.
    let size = if parts.extensions.get::<MatchedPath>().is_some_and(|it| it.as_str() == FILES) { Size::Whole } else { Size::Row };
    let Taken { bytes: body, room } = match take(Request::from_parts(parts.clone(), body), &app, size).await {
        Ok(taken) => taken,
        Err(problem) => return problem.into_response(),
    };
    parts.extensions.insert(Roomed);
    let print = sha256(format!("{target}\n{}", sha256(&body)).as_bytes());
    // To its end from the first note on, also when whoever asked is gone before: what was begun under a key has an answer.
    let again = app.clone();
    let handled = {
        let key = key.clone();
        tokio::spawn(async move {
            let _room = room;
            match first(&app, &key, &print).await {
                Ok(None) => {
                    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
                    answered(&app, &key, response).await
                }
                Ok(Some(response)) => response,
                Err(problem) => problem.into_response(),
            }
        })
    };
    match handled.await {
        Ok(response) => response,
        Err(fell) => {
            free(&again, &key).await;
            panicked(Box::new(fell))
        }
    }
}

/// `None` when this request is to be handled; else its answer.
async fn first(app: &App, key: &str, print: &str) -> Result<Option<Response>, Problem> {
    for _ in 0..100 {
        let mut change = app.store.change().await?;
        let known = change.note_request(key, print).await?;
        change.commit().await?;
        match known {
            Known::New => return Ok(None),
            Known::Other => return Err(Problem::key_reused()),
            Known::Given(given) => return Ok(Some(repeated(given))),
            Known::AtWork(since) if app.store.clock().now() - since > GONE => {
                let mut change = app.store.change().await?;
                let taken = change.retake_request(key, since).await?;
                change.commit().await?;
                if taken {
                    return Ok(None);
                }
            }
            Known::AtWork(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    Err(Problem::busy("Een eerdere aanvraag met deze sleutel is nog bezig."))
}

fn repeated(given: Given) -> Response {
    let mut response = Response::new(Body::from(given.body));
    *response.status_mut() = StatusCode::from_u16(given.status).unwrap_or(StatusCode::OK);
    for (name, value) in given.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}

/// Keeps the answer that tells of an effect. A refusal had none: its key is free again, for the same request when it is mended or for
/// another. What was done before a refusal was told (the store went away in between) stays noted with its deed.
async fn answered(app: &App, key: &str, response: Response) -> Response {
    if !response.status().is_success() || response.extensions().get::<Untold>().is_some() {
        free(app, key).await;
        return response;
    }
    let status = response.status();
    let (parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, app.settings.largest_body).await else {
        free(app, key).await;
        return Problem::busy("Het antwoord kon niet bewaard worden.").into_response();
    };
    let kept = KEPT.iter().filter_map(|name| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_owned())));
    let given = Given { status: status.as_u16(), headers: kept.collect(), body: body.to_vec() };
    if let Err(error) = note(&app.store, key, &given).await {
        tracing::error!(fout = %error, "idempotentie");
    }
    Response::from_parts(parts, Body::from(body))
}

/// Frees a key whose request came to nothing.
async fn free(app: &App, key: &str) {
    if let Err(error) = forget(&app.store, key).await {
        tracing::error!(fout = %error, "idempotentie");
    }
}

async fn note(store: &Store, key: &str, given: &Given) -> store::Result<()> {
    let mut change = store.change().await?;
    change.note_answer(key, given).await?;
    change.commit().await
}

/// Forgets a request that came to nothing: it may be tried again.
async fn forget(store: &Store, key: &str) -> store::Result<()> {
    let mut change = store.change().await?;
    change.forget_unfinished_requests(Some(key)).await?;
    change.commit().await
}
