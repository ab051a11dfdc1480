//! Dual prices that prove a goal's bound in exact arithmetic (weak duality).

/// Prices of one goal. Filled in by the engine, checked without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {}
