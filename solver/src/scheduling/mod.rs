//! Who meets whom, when and where: interviews, peer groups, visits and courses. What a roster is, what is true of a plan, how the best one is found.

pub mod facts;
pub mod judge;
pub mod solve;
