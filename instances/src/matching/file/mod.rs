//! The way from a strict reading to checked values: drafts, and the building of a wave; and back.

pub(crate) mod build;
pub(crate) mod compose;
pub(crate) mod draft;
pub(crate) mod entries;
pub(crate) mod index;
pub(crate) mod outcome_read;
pub(crate) mod outcome_write;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod roads;
