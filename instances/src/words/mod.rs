//! Dutch sentences about rules and terms.

pub mod reasons;
pub mod roster_reasons;
pub mod to_you;
