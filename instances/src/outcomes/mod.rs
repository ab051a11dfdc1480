//! What outcome files of every problem have in common: goals, notices and technique as plain data, read strictly and written; and what does not
//! agree in one.

pub mod finding;
pub mod lines;
pub(crate) mod read;
pub(crate) mod write;
