//! Dual prices that prove a goal's bound in exact arithmetic (weak duality): what a solve writes down and [`prove`] checks.
//!
//! A certificate belongs to one *stage* of a solve: the number of people who keep their placement when the policy limits changes,
//! then each goal in order. `prove` and what lies below it know neither model nor engine; `write` is the engine's side.
//! docs/certificates.md has the mathematics and the file.

pub mod prove;
pub(crate) mod recall;
pub(crate) mod write;
