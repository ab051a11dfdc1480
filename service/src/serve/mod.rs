//! What holds for every request and answer, whatever the route: the guard, bodies, problems, paging, idempotency, listening and ending.

pub mod app;
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
