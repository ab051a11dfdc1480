//! The HTTP service: routes over the store, with the national API rules around them.

use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::sync::Semaphore;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::store::Store;

pub mod body;
pub mod demo;
pub mod drain;
pub mod etag;
pub mod events;
pub mod guard;
pub mod idempotency;
pub mod listen;
pub mod logs;
pub mod metrics;
pub mod openapi;
pub mod paging;
pub mod patience;
pub mod problem;
pub mod settings;

use settings::Settings;

/// Version of the API (semantic), in every answer's `API-Version`.
pub const API_VERSION: &str = "1.0.0";

/// What every handler may use.
#[derive(Clone, Debug)]
pub struct App {
    /// What is kept.
    pub store: Store,
    /// What was set.
    pub settings: Arc<Settings>,
    /// One permit per stream of events.
    pub streams: Arc<Semaphore>,
    /// Set when the service is ending: streams close then.
    pub ending: tokio_util::sync::CancellationToken,
}

impl App {
    /// The state of a service on this store.
    pub fn new(store: Store, settings: Settings) -> Self {
        let streams = Arc::new(Semaphore::new(settings.streams));
        Self { store, settings: Arc::new(settings), streams, ending: tokio_util::sync::CancellationToken::new() }
    }
}

/// Every route with its description: those for callers with the token, those for everybody, and what both say.
pub fn described() -> (Router<App>, Router<App>, utoipa::openapi::OpenApi) {
    let guarded = OpenApiRouter::with_openapi(openapi::Api::openapi()).nest("/v1", crate::api::all()).merge(crate::api::service::guarded());
    let (guarded, mut description) = guarded.split_for_parts();
    let (open, more) = crate::api::service::open().split_for_parts();
    description.merge(more);
    (guarded, open, description)
}

/// The whole service: routes, and around them what holds for every request.
pub fn router(app: App) -> Router {
    let (guarded, open, _) = described();
    let guarded =
        guarded.layer(from_fn_with_state(app.clone(), idempotency::once)).layer(from_fn_with_state(app.clone(), guard::known_caller));
    Router::new()
        .merge(openapi::open())
        .merge(open)
        .merge(guarded)
        .fallback(guard::nowhere)
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(from_fn(guard::acceptable))
        .layer(from_fn(drain::drained))
        .layer(from_fn_with_state(app.clone(), guard::in_time))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(guard::panicked))
        .layer(from_fn(guard::told))
        .with_state(app)
}
