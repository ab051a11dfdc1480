//! What every kind of problem shares: typed tables, closed lists of words, goals in order, order by chance, how a caller steers a solve.

pub mod control;
pub mod goals;
pub mod integer_program;
pub(crate) mod spread;
pub mod tables;
pub mod words;
pub mod work;
