//! The pages of an explanation, one file for each kind of question. They see the answer and a lens, never the wave.

mod alternatives;
mod fits;
mod none;
mod scarcity;
mod standing;
mod what_if;
mod why;

pub use alternatives::{alternative, alternatives_end, alternatives_head, next};
pub use fits::fits;
pub use none::none;
pub use scarcity::{rest, scarcity};
pub use standing::standing;
pub use what_if::what_if;
pub use why::why;
