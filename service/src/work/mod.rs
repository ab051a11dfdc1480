//! Solving outside the service: the child process that computes, and the supervisor that starts it, watches it and believes nothing.
//!
//! [`child::run`] is the service's side, [`compute::run`] the child's (`loket reken`). What they say to each other is in
//! docs/operating.md.

mod ask;
pub mod checked;
pub mod child;
pub mod compute;
pub mod dispatch;
mod duties;
mod hands;
mod impossible;
pub mod kinds;
pub mod lane;
mod lean;
mod lines;
mod listen;
mod planning;
pub mod post;
mod preparing;
mod process;
pub mod reading;
mod request;
mod rostering;
mod said;
mod solving;
mod speaker;
mod task;

pub use checked::CheckedOutcome;
pub use child::{Bounds, Ended, Failure, FailureKind, Heard, Job, Program, Stop, run, run_within};
pub use kinds::Kind;
pub use lane::Lane;
