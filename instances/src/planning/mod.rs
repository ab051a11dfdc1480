//! Files of the multi-year plan and of the funnel monitor, read strictly and written.

pub mod examine;
pub(crate) mod file;
pub(crate) mod lines;
pub mod monitor;
pub mod outcome;
pub(crate) mod parts;
pub mod plan_file;
pub mod report;
pub mod typed;
