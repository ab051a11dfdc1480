//! Workbooks and CSV files to and from typed rows: reading with limits, with the place of every cell; and writing.

pub mod book;
pub mod csv;
pub mod file;
pub mod limits;
pub mod open;
pub mod outcome_book;
pub mod plan;
pub mod problem;
mod promised;
mod rows;
pub mod safe;
pub mod wave;
pub mod workbook;
pub mod xlsx;
