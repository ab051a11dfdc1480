//! What holds for every request: who calls, how long it may take, which headers an answer has, and that every refusal is a problem.

use std::any::Any;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

use super::app::{API_VERSION, App};
use super::idempotency::Key;
use super::near::{self, Near};
use super::peers::Peer;
use super::problem::Problem;
use super::{cookie, metrics};
use crate::access::Caller;
use crate::actions::{Asked, signing};

/// The header in which a page sends along what its session gave it for forms.
pub const FORM: &str = "x-loket-formulier";

/// Lets only callers through who show a token or a session.
pub async fn known_caller(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let caller = match shown(&app, request.method(), request.headers()).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    if let Some(peer) = request.extensions().get::<Arc<Peer>>().cloned()
        && let Err(problem) = peer.shown().await
    {
        return problem.into_response();
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Who shows a token, or else the cookie of a session. Browsers send a cookie along whoever made the request: with it something is changed
/// only where a page of this service asks for that, with what the session gave it.
async fn shown(app: &App, method: &Method, headers: &HeaderMap) -> Result<Caller, Problem> {
    if let Some(given) = headers.get(header::AUTHORIZATION) {
        let given = given.to_str().ok().and_then(|it| it.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
        let (_, token) = given.ok_or_else(Problem::unknown_caller)?;
        // A store that does not answer is not the same as nobody.
        return signing::known(&app.store, token.trim()).await?.ok_or_else(Problem::unknown_caller);
    }
    let cookie = cookie::of(headers, cookie::SESSION).ok_or_else(Problem::unknown_caller)?;
    let (caller, form) = signing::in_browser(&app.store, cookie).await?.ok_or_else(Problem::unknown_caller)?;
    if near::changes(method) {
        let sent = headers.get(FORM).map(HeaderValue::as_bytes).unwrap_or_default();
        if !bool::from(form.as_bytes().ct_eq(sent)) || !near::ours(headers, app.settings.behind.is_some()) {
            return Err(Problem::foreign_form());
        }
    }
    Ok(caller)
}

/// The address that a request came from.
#[derive(Clone, Copy, Debug)]
pub struct From(pub Near);

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Near::of(&parts.extensions)))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // A route without the layer above has nobody who asks.
        let caller = parts.extensions.get::<Caller>().cloned().ok_or_else(Problem::unknown_caller)?;
        Ok(Self { caller, key: parts.extensions.get::<Key>().cloned().unwrap_or_default().0 })
    }
}

/// What the service answers with.
const ANSWERED: [&str; 13] = [
    "application/json",
    "application/problem+json",
    "text/event-stream",
    "text/html",
    "text/css",
    "text/plain",
    "message/rfc822",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/pdf",
    "text/calendar",
    "text/javascript",
    "image/png",
];

/// A path with NUL in it names nothing: no text that is kept here has one, and not every database can even be asked for it.
pub async fn named(request: Request, next: Next) -> Response {
    if request.uri().path().contains("%00") { Problem::unknown().into_response() } else { next.run(request).await }
}

/// Answers are JSON; whoever wants nothing like it hears so before anything is done.
pub async fn acceptable(request: Request, next: Next) -> Response {
    let accept = request.headers().get_all(header::ACCEPT).iter().map(|it| it.to_str().unwrap_or_default()).collect::<Vec<_>>().join(",");
    let wanted = accept.trim().is_empty() || ANSWERED.iter().any(|kind| wants(&accept, kind));
    if wanted { next.run(request).await } else { Problem::not_acceptable().into_response() }
}

/// Whether this kind of content is wanted: the range that says most of it decides, and one with `q=0` says that it is not.
fn wants(accept: &str, kind: &str) -> bool {
    let group = kind.split('/').next().unwrap_or_default();
    let one = |range: &str| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let exact = match name.as_str() {
            "*/*" => 0,
            name if name == kind => 2,
            name if name.strip_suffix("/*") == Some(group) => 1,
            _ => return None,
        };
        let weight = parts.find_map(|it| it.strip_prefix("q=").or_else(|| it.strip_prefix("Q=")));
        // A weight that is none says nothing.
        Some((exact, weight.is_none_or(|it| it.parse::<f32>().map_or(true, |it| it > 0.0))))
    };
    accept.split(',').filter_map(one).max_by_key(|(exact, _)| *exact).is_some_and(|(_, wanted)| wanted)
}

/// A request takes as long as it may. Streams have their own end.
pub async fn in_time(State(app): State<App>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(app.settings.request_time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::too_slow().into_response(),
    }
}

/// Nothing is here.
pub async fn nowhere() -> Problem {
    Problem::unknown()
}

/// Something is here, for other methods.
pub async fn wrong_method() -> Problem {
    Problem::method()
}

/// A handler panicked: the rest of the service goes on.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("een aanvraag is door een fout in het programma afgebroken");
    Problem::busy("Deze aanvraag liep vast op een fout in het programma; er is niets veranderd. Waarschuw de beheerder.").into_response()
}

/// Counts and logs the request, and puts on the answer what every answer has.
pub async fn told(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = response.extensions().get::<Route>().map_or("geen", |it| it.0.as_ref()).to_owned();
    let mut response = as_problem(response);
    if matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::REQUEST_TIMEOUT) {
        // Strangers and those who are late make room.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    rules(response.headers_mut());
    tell(&method, &route, response.status(), began);
    response
}

/// The route that was matched, for figures: never the path itself, which holds ids.
#[derive(Clone, Debug)]
struct Route(String);

/// Remembers which route answered.
pub async fn matched(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(path) = path {
        response.extensions_mut().insert(Route(path.as_str().to_owned()));
    }
    response
}

fn tell(method: &Method, route: &str, status: StatusCode, began: Instant) {
    let seconds = began.elapsed().as_secs_f64();
    let method = known_method(method);
    metrics::request(method, route, status.as_u16(), seconds);
    tracing::info!(methode = method, route, status = status.as_u16(), milliseconden = seconds * 1_000.0, "aanvraag");
}

/// A method may be any word; only the usual ones are told.
fn known_method(method: &Method) -> &'static str {
    const USUAL: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
    USUAL.into_iter().find(|it| *it == method.as_str()).unwrap_or("ANDERS")
}

/// An answer that is a page: a refusal that was drawn stays as it is.
#[derive(Clone, Copy, Debug)]
pub struct Drawn;

/// Refusals of the framework itself become problems like our own.
fn as_problem(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let drawn = response.extensions().get::<Drawn>().is_some();
    if !(status.is_client_error() || status.is_server_error()) || drawn || kind.starts_with("application/problem+json") {
        return response;
    }
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::unknown(),
        StatusCode::METHOD_NOT_ALLOWED => Problem::method(),
        StatusCode::REQUEST_TIMEOUT => Problem::too_slow(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::media_type(),
        StatusCode::NOT_ACCEPTABLE => Problem::not_acceptable(),
        status if status.is_client_error() => {
            Problem::mistake("aanvraag", "", "deze aanvraag is niet te lezen", "kijk in /v1/openapi.json hoe het moet")
        }
        _ => Problem::busy("Dit lukte nu niet; er is niets veranderd."),
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut made = problem.into_response();
    if let Some(allow) = allow {
        made.headers_mut().insert(header::ALLOW, allow);
    }
    made
}

/// The headers that the national API rules ask of every answer.
pub(super) fn rules(headers: &mut HeaderMap) {
    const FIXED: [(HeaderName, &str); 7] = [
        (HeaderName::from_static("api-version"), API_VERSION),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in FIXED {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_is_said_by_the_range_that_says_most_of_it() {
        let json = |accept: &str| wants(accept, "application/json");
        assert!(json("*/*") && json("application/*") && json("text/html, Application/JSON;q=0.1") && json("application/json; q=x"));
        assert!(!json("application/json;q=0") && !json("application/json;q=0.0, */*") && !json("image/png") && !json("*/*;q=0"));
        assert!(json("*/*;q=0, application/json"));
    }
}
