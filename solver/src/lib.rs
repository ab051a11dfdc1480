//! Matches candidates to schools and coaches, and plans when people meet: formulates, solves exactly, judges the plan and gives reasons.
//!
//! No input or output, no clock, no serialization: see docs/architecture.md.

pub mod common;
pub mod engine;
pub mod matching;
pub mod scheduling;
