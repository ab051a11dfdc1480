//! Questions about a horizon: how many coaches more a plan needs, and what one more or one less of something would change.

pub mod hires;
pub mod sensitivity;
