//! The funnel monitor (`loket-trechter/1`): counts per wave on a reference date, read strictly; verdicts that chance alone cannot explain, in
//! exact numbers; and small counts that are not shown.

pub mod codes;
pub mod counts_file;
pub(crate) mod natural;
pub(crate) mod orders;
pub mod small;
pub mod targets;
pub mod verdict;
pub mod write;
