//! Style, script and logo: in the program, each under a name that changes with what is in it, so that browsers keep them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::look::Look;
use super::paths;
use crate::serve::problem::Problem;
use crate::store::ids::sha256;

/// A file as it is served.
#[derive(Clone, Debug)]
struct File {
    name: String,
    kind: &'static str,
    bytes: Bytes,
}

/// The files of the pages, and where they are.
#[derive(Clone, Debug)]
pub struct Assets {
    files: Arc<Vec<File>>,
    /// Address of the stylesheet.
    pub style: Arc<str>,
    /// Address of the script.
    pub script: Arc<str>,
    /// Address of the logo.
    pub logo: Arc<str>,
}

fn file(name: &str, ending: &str, kind: &'static str, text: String) -> File {
    let hash = sha256(text.as_bytes());
    File { name: format!("{name}-{}.{ending}", &hash[..12]), kind, bytes: text.into() }
}

impl Assets {
    /// The files with this look.
    pub fn new(look: &Look) -> Self {
        let style = format!("{}\n{}", look.tokens, include_str!(concat!(env!("OUT_DIR"), "/loket.css")));
        let files = vec![
            file("loket", "css", "text/css; charset=utf-8", style),
            file("loket", "js", "text/javascript; charset=utf-8", include_str!(concat!(env!("OUT_DIR"), "/loket.js")).to_owned()),
            file("logo", "svg", "image/svg+xml", look.logo.clone()),
        ];
        let address = |at: usize| files.get(at).map(|it| paths::file(&it.name)).unwrap_or_default().into();
        Self { style: address(0), script: address(1), logo: address(2), files: Arc::new(files) }
    }

    /// A file by its name.
    pub fn answer(&self, name: &str) -> Response {
        let Some(file) = self.files.iter().find(|it| it.name == name) else { return Problem::unknown().into_response() };
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(file.kind)),
            // The name says what is in it.
            (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
        ];
        (StatusCode::OK, headers, file.bytes.clone()).into_response()
    }
}
