//! A valid wave and what a solve gives back: typed tables, closed word lists, goals as used, a plan.

pub mod certificate;
pub mod codes;
pub mod hours;
pub mod ids;
pub mod outcome;
pub mod plan;
pub mod policy;
pub mod together;
pub mod wave;
pub mod words;
