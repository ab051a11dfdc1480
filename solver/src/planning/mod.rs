//! How many people can start per wave and board over several years, who guides them and what it costs. Four rooms: what a multi-year plan is
//! asked of, what is true of a plan, how the best one is found, what can be asked.

pub mod ask;
pub mod facts;
pub mod judge;
pub mod solve;
