//! Candidates to schools and coaches. Four rooms: what a wave is, what is true of a plan, how the best one is found, what can be asked.

pub mod ask;
pub mod facts;
pub mod judge;
pub mod solve;
