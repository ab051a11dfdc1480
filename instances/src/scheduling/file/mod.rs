//! The way from a strict reading to typed rows, from rows to a roster, and back to a file.

pub(crate) mod build;
pub(crate) mod claims;
pub(crate) mod compose;
pub(crate) mod figures;
pub(crate) mod index;
pub(crate) mod outcome_read;
pub(crate) mod outcome_write;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod problem;
pub(crate) mod read;
pub(crate) mod roads;
pub(crate) mod times;
pub(crate) mod used;
pub(crate) mod write;
