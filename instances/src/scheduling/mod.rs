//! Files of the scheduling: rosters and outcomes, read strictly and written.

pub(crate) mod file;
pub mod roster_file;
pub mod rows;
