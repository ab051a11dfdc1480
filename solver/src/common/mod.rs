//! What every kind of problem shares: how a caller steers a solve.

pub mod control;
