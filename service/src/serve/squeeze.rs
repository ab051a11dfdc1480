//! Answers that are large go out as gzip, to who can read that: an outcome of a thousand people is a tenth of its size then.

use std::io::Write;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::sync::Semaphore;

/// Smallest answer that is made smaller.
const LEAST: u64 = 1_024;
/// What the tag of a version has at its end when the answer was made smaller: two codings of one thing have two strong tags.
pub const MARK: &str = "-gzip";
/// How many answers are made smaller at once.
static ROOM: Semaphore = Semaphore::const_new(2);

/// Makes an answer smaller when it is worth it and asked for. Streams have no end to wait for, and go out as they come.
pub async fn squeezed(request: Request, next: Next) -> Response {
    let wanted = request.method() != Method::HEAD && reads_gzip(request.headers());
    let mut response = next.run(request).await;
    if !worth_it(&response) {
        return response;
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !wanted {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else { return Response::from_parts(parts, Body::empty()) };
    let whole = bytes.clone();
    let smaller = match ROOM.acquire().await {
        Ok(_turn) => tokio::task::spawn_blocking(move || smaller(&whole)).await.ok().flatten(),
        Err(_) => None,
    };
    let Some(smaller) = smaller else { return Response::from_parts(parts, Body::from(bytes)) };
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.remove(header::CONTENT_LENGTH);
    if let Some(tag) = parts.headers.get(header::ETAG).and_then(marked) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(smaller))
}

/// Whether somebody says that he reads gzip.
fn reads_gzip(headers: &HeaderMap) -> bool {
    let ranges = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(','));
    ranges.into_iter().any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let gzip = parts.next().is_some_and(|it| it.eq_ignore_ascii_case("gzip"));
        let weight = parts.find_map(|it| it.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        gzip && weight.is_ok_and(|it| it > 0.0)
    })
}

/// Whether an answer is text of a known length that is not small, in no other coding.
fn worth_it(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let text = ["application/json", "application/problem+json", "text/plain", "text/csv", "text/html", "text/css", "text/javascript"];
    let text = text.iter().any(|it| kind.starts_with(it));
    text && !response.headers().contains_key(header::CONTENT_ENCODING) && response.body().size_hint().exact().is_some_and(|it| it >= LEAST)
}

fn smaller(bytes: &Bytes) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// The tag of a thing in this coding.
fn marked(tag: &HeaderValue) -> Option<HeaderValue> {
    let tag = tag.to_str().ok()?.strip_suffix('"')?;
    HeaderValue::try_from(format!("{tag}{MARK}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_who_asks_for_it() {
        let reads = |said: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(said));
            reads_gzip(&headers)
        };
        assert!(reads("gzip") && reads("br, GZIP;q=0.5") && reads("deflate,gzip"));
        assert!(!reads("gzip;q=0") && !reads("br") && !reads("identity") && !reads("gzip;q=x"));
        assert!(!reads_gzip(&HeaderMap::new()));
    }

    #[test]
    fn a_tag_is_another_in_another_coding() {
        assert_eq!(marked(&HeaderValue::from_static("\"v3\"")), Some(HeaderValue::from_static("\"v3-gzip\"")));
    }
}
