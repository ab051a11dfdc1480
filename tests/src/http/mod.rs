//! The HTTP service, live on loopback: the national rules on every route, what it survives, and what it never tells.

mod description;
mod load;
mod malformed;
mod operation;
mod process;
mod roles;
mod rules;
pub mod service;
mod slow;
mod together;
