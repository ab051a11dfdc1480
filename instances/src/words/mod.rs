//! Dutch sentences about rules and terms.

pub mod reasons;
pub mod to_you;
