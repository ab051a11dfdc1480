//! `/gezondheid` and `/metrics`: whether the service is ready, and its figures; both outside the versions of the API.

use std::path::{Path, PathBuf};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::serve::app::{API_VERSION, App};
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;
use crate::serve::{guard, metrics};

/// The service is ready.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gezondheid {
    /// gereed; a service that is not ready answers 503.
    pub toestand: String,
    /// Version of the program.
    pub versie: String,
    /// Version of the API.
    pub api: String,
    /// Whether the database answers: goed.
    pub opslag: String,
    /// Whether the disk of the database can be written: goed.
    pub schijf: String,
}

/// What everybody may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(health)).route_layer(from_fn(guard::matched))
}

/// What needs the token.
pub fn guarded() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(figures)).route_layer(from_fn(guard::matched))
}

/// Is de dienst gereed?
#[utoipa::path(get, path = "/gezondheid", tag = "dienst", operation_id = "gezondheid",
    responses((status = 200, body = Gezondheid), (status = 503, body = Problem, content_type = "application/problem+json",
        description = "Niet gereed: opslag en schijf zeggen wat er niet goed is")))]
async fn health(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let store = app.store.answers().await.map_err(|error| error.to_string());
    let path = app.store.path().to_path_buf();
    let disk = match tokio::task::spawn_blocking(move || writable(&path)).await {
        Ok(true) => Ok(()),
        _ => Err("de schijf is vol of mag niet beschreven worden".to_owned()),
    };
    let ending = app.ending.is_cancelled();
    if store.is_ok() && disk.is_ok() && !ending {
        let good = || "goed".to_owned();
        let versie = env!("CARGO_PKG_VERSION").to_owned();
        let body = Gezondheid { toestand: "gereed".into(), versie, api: API_VERSION.into(), opslag: good(), schijf: good() };
        return Ok(Json(body).into_response());
    }
    let detail = if ending { "De dienst stopt." } else { "De dienst is niet gereed; opslag en schijf zeggen wat er niet goed is." };
    let said = |result: Result<(), String>| json!(result.err().unwrap_or_else(|| "goed".into()));
    Err(Problem::busy(detail)
        .with("toestand", json!("niet-gereed"))
        .with("versie", json!(env!("CARGO_PKG_VERSION")))
        .with("opslag", said(store))
        .with("schijf", said(disk)))
}

/// Whether the folder of the database takes a little file. SQLite itself would only notice at the next change.
fn writable(database: &Path) -> bool {
    let mut name = database.as_os_str().to_owned();
    name.push("-proef");
    let path = PathBuf::from(name);
    let written = std::fs::write(&path, [0_u8; 16 * 1024]).is_ok();
    // Another question at the same moment may have removed it.
    let _ = std::fs::remove_file(&path);
    written
}

/// De cijfers van de dienst, voor Prometheus
#[utoipa::path(get, path = "/metrics", tag = "dienst", operation_id = "metrics",
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn figures(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let text = metrics::page(&app).await?;
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
