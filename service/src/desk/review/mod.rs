//! What a page to review shows, as values: the plan seen person by person, what asks for attention, the list, and one person's wish beside
//! the outcome.

pub mod case;
pub mod list;
pub mod sight;
pub mod why;
