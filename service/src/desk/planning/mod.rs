//! Multi-year plans as values: a file as it was sent, and what a page shows of its numbers.

pub mod next;
pub mod shown;
pub mod sound;
