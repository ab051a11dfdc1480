//! The one strict reader: a JSON tree with the place of every value, typed fields, and every problem at once with its remedy.

pub(crate) mod fields;
pub(crate) mod json;
pub mod problem;
pub(crate) mod report;
pub(crate) mod spot;
