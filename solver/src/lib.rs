//! Matches candidates to schools and coaches: formulates a wave, solves it exactly, judges the plan and gives reasons.
//!
//! No input or output, no clock, no serialization: see docs/architecture.md.

pub mod certificate;
mod conflict;
pub mod control;
mod engine;
pub mod explain;
pub mod facts;
pub mod fairness;
mod goal;
pub mod handbook;
pub mod ids;
pub mod judge;
pub mod model;
pub mod outcome;
pub mod plain;
pub mod plan;
pub mod policy;
pub mod reasons;
pub mod rerun;
pub mod rules;
pub mod solve;
pub mod stress;
pub mod terms;
pub mod tuning;
pub mod wave;
pub mod words;
