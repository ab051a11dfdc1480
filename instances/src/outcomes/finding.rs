//! Something in an outcome file that does not agree with the file it was made of.

use crate::strict::problem::Refusal;

/// What does not agree, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// JSON pointer into the outcome.
    pub place: String,
    /// What is wrong, Dutch.
    pub what: String,
}

impl Finding {
    /// At a place.
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }

    /// Everything for which an outcome file was refused.
    pub(crate) fn all_of(refusal: Refusal) -> Vec<Self> {
        let told = |it: crate::strict::problem::Problem| Self::new(it.pointer, format!("{} ({})", it.what, it.remedy));
        refusal.problems.into_iter().map(told).collect()
    }
}
