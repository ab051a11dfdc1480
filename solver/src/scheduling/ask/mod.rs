//! Questions about a plan: what else is possible for one unit, and its exact price; and what one more of something would bring.

pub mod alternatives;
pub mod scarcity;
