//! What holds for every request and answer, whatever the route: the guard, bodies, problems, paging, idempotency, listening and ending.

pub mod app;
pub mod bare;
pub mod body;
pub mod demo;
pub mod derived;
pub mod drain;
pub mod etag;
pub mod events;
pub mod fresh;
pub mod gate;
pub mod guard;
pub mod idempotency;
pub mod kinds;
pub mod linger;
pub mod listen;
pub mod logs;
pub mod metrics;
pub mod openapi;
pub mod paging;
pub mod patience;
pub mod peers;
pub mod post;
pub mod problem;
pub mod roles;
pub mod settings;
pub mod squeeze;
