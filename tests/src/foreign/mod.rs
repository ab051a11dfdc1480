//! What is another's: a whole story with two boards and two coaches, and whatever somebody asks of it that is not theirs.

mod canaries;
mod matrix;
mod reader;
pub mod story;
