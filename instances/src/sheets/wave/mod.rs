//! A wave as a workbook: `read` makes a wave file of sheets, `write` sheets of a wave file, both by the one list of `columns`.

pub mod columns;
mod days;
pub mod difference;
pub mod policy;
pub mod read;
pub mod settings;
pub mod template;
pub mod values;
pub mod write;
