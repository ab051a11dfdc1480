//! The map of the API: one file per resource.

use axum::middleware::from_fn;
use utoipa_axum::router::OpenApiRouter;

use crate::serve::{App, guard};

pub mod bodies;
pub mod capacity;
pub mod decisions;
pub mod dropouts;
pub mod persons;
pub mod prefill;
pub mod publication;
pub mod questions;
pub mod register;
pub mod runs;
pub mod service;
pub mod shapes;
pub mod waves;

/// Every route under `/v1`.
pub fn all() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(waves::routes())
        .merge(runs::routes())
        .merge(questions::routes())
        .merge(decisions::routes())
        .merge(dropouts::routes())
        .merge(publication::routes())
        .merge(register::routes())
        .merge(persons::routes())
        .merge(capacity::routes())
        .route_layer(from_fn(guard::matched))
}
