//! Files of the scheduling: rosters and outcomes, read strictly and written.

pub mod apart;
pub mod examine;
pub(crate) mod file;
pub mod from_waves;
pub(crate) mod lines;
pub mod outcome;
pub mod plan;
pub mod rerun;
pub mod roster_file;
pub mod rows;
