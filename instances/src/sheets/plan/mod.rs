//! A multi-year plan as a workbook: `read` makes a plan's file of sheets, `write` sheets of a plan's file, both by the one list of `columns`.

pub mod columns;
pub mod read;
mod settings;
pub mod template;
mod tree;
pub mod write;
