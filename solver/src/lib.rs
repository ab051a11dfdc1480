//! Matches candidates to schools and coaches, plans when people meet, and how many can start in the years to come: formulates, solves exactly, judges the plan and gives reasons.
//!
//! No input or output, no clock, no serialization: see docs/architecture.md.

pub mod common;
pub mod engine;
pub mod matching;
pub mod planning;
pub mod scheduling;
