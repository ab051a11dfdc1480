//! The way from a strict reading to typed rows, from rows to a wave, and back to a file.

pub(crate) mod build;
pub(crate) mod compose;
pub(crate) mod entries;
pub(crate) mod index;
pub(crate) mod outcome_read;
pub(crate) mod outcome_write;
pub(crate) mod people;
pub(crate) mod places;
pub(crate) mod policy;
pub(crate) mod read;
pub(crate) mod roads;
pub(crate) mod saving;
pub(crate) mod worth;
pub(crate) mod write;
