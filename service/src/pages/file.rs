//! Files that a page offers to keep.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A file of this kind to keep under a name that says nothing of anybody.
pub fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let name: String = name.chars().map(|it| if it.is_ascii_alphanumeric() || "-.".contains(it) { it } else { '-' }).collect();
    if let Ok(told) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, told);
    }
    response
}
