//! Who meets whom, when and where: interviews, peer groups, visits and courses. Four rooms: what a roster is, what is true of a plan,
//! how the best one is found, what can be asked.

pub mod ask;
pub mod facts;
pub mod judge;
pub mod solve;
