//! What only the table of names knows of a person.

use serde_json::Value;

/// Names and free text, kept apart so that they can be erased.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// `kandidaat` or `coach`.
    pub kind: &'static str,
    /// The pseudonym.
    pub id: String,
    /// `naam` and free text.
    pub data: Value,
}
