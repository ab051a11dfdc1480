//! Questions about a plan, and what happens to it when somebody drops out.

pub mod explain;
pub mod rerun;
pub mod stress;
