//! Dutch sentences about rules and terms.

pub mod reasons;
