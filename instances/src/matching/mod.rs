//! Files of the matching: waves and outcomes, read strictly and written.

pub mod apart;
pub mod certificate;
pub(crate) mod file;
pub(crate) mod lines;
pub mod outcome;
pub mod plan;
pub mod read;
pub mod rerun;
pub mod row;
pub mod rows;
pub mod travel;
pub mod trial;
pub mod wave_file;
