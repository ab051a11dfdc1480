//! Questions about a plan, and what happens to it when somebody drops out.

pub mod explain;
pub mod prices;
pub mod rerun;
pub mod stress;
pub mod trial;
pub mod waiting;
