//! The way from bytes to checked values: JSON tree, places in it, typed fields, drafts, and the building of a wave.

pub(crate) mod build;
pub(crate) mod compose;
pub(crate) mod draft;
pub(crate) mod entries;
pub(crate) mod fields;
pub(crate) mod index;
pub(crate) mod json;
pub(crate) mod outcome_read;
pub(crate) mod outcome_write;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod report;
pub(crate) mod roads;
pub(crate) mod spot;
