//! Review as a page shows it: the list, one proposal, what is tried together, and explanations that are worked out ahead. Deciding itself is
//! in `decisions`, `groups`, `undo`, `notes` and `tryouts`.

pub mod ahead;
pub mod list;
pub mod names;
pub mod one;
pub mod resume;
mod sights;
pub mod tray;
