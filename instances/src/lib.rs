//! Wave and outcome files: reads them strictly with every problem at once, makes a `Wave` of a checked file, writes outcomes;
//! generates waves by seed.

pub mod certificate;
mod file;
pub mod generate;
pub mod outcome;
pub mod plan;
pub mod problem;
pub mod read;
pub mod reasons;
pub mod rerun;
pub mod travel;
