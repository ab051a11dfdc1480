//! `ETag` and `If-Match` on everything people edit: a version number, and what it must still be.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};

use super::problem::Problem;
use super::squeeze::MARK;

/// The tag of a version.
pub fn tag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"v{version}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"v0\""))
}

/// What the caller says the thing is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `If-Match: "v3"`.
    Version(i64),
    /// `If-None-Match: *`: nothing yet.
    Nothing,
}

impl Expected {
    /// The version; 0 stands for nothing.
    pub fn version(self) -> i64 {
        match self {
            Self::Version(version) => version,
            Self::Nothing => 0,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Expected {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let text = |name| parts.headers.get(name).and_then(|it: &HeaderValue| it.to_str().ok());
        if let Some(tag) = text(header::IF_MATCH) {
            if tag.trim().strip_prefix('v').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|it| it.is_ascii_digit())) {
                let remedy = format!("zet de versie tussen aanhalingstekens: \"{}\"", tag.trim());
                return Err(Problem::mistake("etag", "If-Match", "een ETag staat tussen aanhalingstekens", remedy));
            }
            let number = tag.trim().strip_prefix("\"v").and_then(|it| it.strip_suffix('"'));
            // Whoever read it in another coding means the same version.
            let number = number.map(|it| it.strip_suffix(MARK).unwrap_or(it)).and_then(|it| it.parse().ok());
            // A tag that we never gave matches nothing: versions are 1 or more.
            return Ok(Self::Version(number.unwrap_or(-1)));
        }
        match text(header::IF_NONE_MATCH) {
            Some("*") => Ok(Self::Nothing),
            _ => Err(Problem::precondition()),
        }
    }
}
