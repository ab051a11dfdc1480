//! A multi-year plan's file (`loket-meerjarenplan/1`) and its outcome: read strictly, every problem at once, and written.

pub(crate) mod after;
pub(crate) mod compose;
pub(crate) mod index;
pub(crate) mod locks;
pub(crate) mod money;
pub(crate) mod outcome_read;
pub(crate) mod outcome_write;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod read;
pub(crate) mod scenarios;
pub(crate) mod size;
