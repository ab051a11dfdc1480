//! Whole waves and parts, timed beside other solvers: families of waves, a measured child process, the plain model, and tables.

pub mod child;
pub mod entry;
pub mod export;
pub mod family;
pub mod machine;
pub mod ours;
pub mod peers;
pub mod table;
