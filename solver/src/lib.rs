//! Matches candidates to schools and coaches: formulates a wave, solves it exactly, judges the plan and gives reasons.
//!
//! No input or output, no clock, no serialization: see docs/architecture.md.

pub mod common;
pub mod engine;
pub mod matching;
