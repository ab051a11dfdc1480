//! Questions about a plan: what else is possible for one unit, and its exact price.

pub mod alternatives;
