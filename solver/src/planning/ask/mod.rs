//! Questions about a solved horizon: what one more or one less of something would change.

pub mod sensitivity;
