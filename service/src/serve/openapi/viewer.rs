//! The viewer of the description: Swagger UI from inside the program, with nothing from outside and nothing kept in the browser.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa_swagger_ui::{Config, serve};

use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;

/// Where it is. Without a slash at the end, as all that is served here.
const PLACE: &str = "/v1/documentatie";

/// Scripts, styles and pictures of this service alone. The viewer sets styles on elements while it draws.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page and its parts; nothing else that comes with the viewer is served.
const PARTS: [&str; 7] = [
    "swagger-ui.css",
    "index.css",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "swagger-initializer.js",
    "favicon-16x16.png",
    "favicon-32x32.png",
];

/// The page at [`PLACE`] and its parts below it.
pub fn routes() -> Router<App> {
    // No check of the description by somebody else's service.
    let config = Config::new(["/v1/openapi.json"]).validator_url("none").doc_expansion("none").filter(true).display_operation_id(true);
    let config = Arc::new(config);
    let of_page = config.clone();
    let page = move |_: NoKeys| async move { part("index.html", of_page) };
    let parts = move |Path(name): Path<String>, _: NoKeys| async move {
        if PARTS.contains(&name.as_str()) { part(&name, config) } else { Err(Problem::unknown()) }
    };
    Router::new().route(PLACE, get(page)).route("/v1/documentatie/{deel}", get(parts))
}

fn part(name: &str, config: Arc<Config<'static>>) -> Result<Response, Problem> {
    let file = serve(name, config).map_err(|_| Problem::busy("De documentatie is er nu niet."))?.ok_or_else(Problem::unknown)?;
    let mut bytes = file.bytes.into_owned();
    if name == "index.html" {
        // Its parts are named from its folder, which has a slash at the end.
        let page = String::from_utf8_lossy(&bytes);
        let page = page.replace("\"./", &format!("\"{PLACE}/")).replace("\"index.css\"", &format!("\"{PLACE}/index.css\""));
        bytes = page.replace("<title>Swagger UI</title>", "<title>Loket: de API</title>").into_bytes();
    }
    let kind = HeaderValue::try_from(file.content_type).map_err(|_| Problem::unknown())?;
    let policy = HeaderValue::from_static(POLICY);
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_SECURITY_POLICY, policy)], bytes).into_response())
}
