//! `If-None-Match` on what is read: whoever has it already hears that nothing changed (304), without the answer again.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::squeeze::MARK;

/// Answers 304 where the tag of what would be answered is one of those that the caller has.
pub async fn known_already(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let held: Vec<HeaderValue> = request.headers().get_all(header::IF_NONE_MATCH).iter().cloned().collect();
    let response = next.run(request).await;
    if !reads || held.is_empty() || response.status() != StatusCode::OK {
        return response;
    }
    let tag = response.headers().get(header::ETAG).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let Some(same) = tag.and_then(|tag| matching(&held, &tag)) else { return response };
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::NOT_MODIFIED;
    for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, header::RETRY_AFTER] {
        parts.headers.remove(name);
    }
    if let Ok(same) = HeaderValue::try_from(same) {
        parts.headers.insert(header::ETAG, same);
    }
    Response::from_parts(parts, Body::empty())
}

/// The tag of the caller's that is of this version, in whatever coding; `*` is of whatever there is.
fn matching(held: &[HeaderValue], tag: &str) -> Option<String> {
    let tags = held.iter().filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(',')).map(str::trim);
    let mut tags = tags.filter(|it| *it == "*" || same(it.strip_prefix("W/").unwrap_or(it), tag));
    tags.next().map(|it| if it == "*" { tag.to_owned() } else { it.to_owned() })
}

fn same(one: &str, other: &str) -> bool {
    let bare = |it: &str| it.strip_suffix('"').map(|it| it.strip_suffix(MARK).unwrap_or(it).to_owned());
    bare(one).is_some() && bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_matches_in_a_list_weak_or_in_another_coding_and_another_version_does_not() {
        let found = |said: &'static str| matching(&[HeaderValue::from_static(said)], "\"v3\"");
        assert_eq!(found("\"v3\"").as_deref(), Some("\"v3\""));
        assert_eq!(found("\"v1\", W/\"v3\"").as_deref(), Some("W/\"v3\""));
        assert_eq!(found("\"v3-gzip\"").as_deref(), Some("\"v3-gzip\""));
        assert_eq!(found("*").as_deref(), Some("\"v3\""));
        assert_eq!([found("\"v2\""), found("v3"), found("")], [None, None, None]);
    }
}
