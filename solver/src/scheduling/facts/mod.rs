//! A valid roster and what a solve gives back: the calendar, typed tables, closed word lists, goals as used, a plan.

pub mod calendar;
pub mod codes;
pub mod ids;
pub mod outcome;
pub mod part;
pub mod plan;
pub mod policy;
pub mod problem;
pub mod roster;
