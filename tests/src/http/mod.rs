//! The HTTP service, live on loopback: the national rules on every route, what it survives, and what it never tells.

mod description;
mod load;
mod malformed;
mod operation;
pub mod process;
mod roles;
pub mod rules;
pub mod service;
mod slow;
mod together;
