//! The kept answer of a try-out, read back as typed records: per goal before and after, who moves, and what does not go together.

use serde::Deserialize;

use super::explained::{At, Rule};
use crate::store::Error;

/// What a try-out comes to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Tried {
    /// Whether there is a plan.
    #[serde(rename = "mogelijk")]
    pub possible: bool,
    /// Whether all of it is proven.
    #[serde(rename = "bewezen")]
    pub proven: bool,
    /// Per goal, in the order of the policy.
    #[serde(rename = "doelen")]
    pub goals: Vec<Goal>,
    /// Per change, in the order of the try-out.
    #[serde(rename = "veranderingen")]
    pub changes: Vec<Changed>,
    /// Everybody who is placed otherwise.
    #[serde(rename = "verhuizingen")]
    pub moves: Vec<Move>,
    /// How many lose their place.
    #[serde(rename = "verliezen_plaats")]
    pub lose: usize,
    /// How many get one.
    #[serde(rename = "krijgen_plaats")]
    pub get: usize,
    /// What does not go together.
    #[serde(rename = "botsingen")]
    pub clashes: Vec<Clash>,
}

impl Tried {
    /// Reads an answer as it was kept.
    ///
    /// # Errors
    /// When what was kept is no answer to a try-out.
    pub fn read(answer: &[u8]) -> Result<Self, Error> {
        Ok(serde_json::from_slice(answer)?)
    }

    /// Who is placed otherwise besides those that it is about.
    pub fn along(&self) -> impl Iterator<Item = &Move> {
        self.moves.iter().filter(|it| !it.meant)
    }
}

/// One goal, now and then.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Goal {
    /// Its name.
    #[serde(rename = "doel")]
    pub goal: String,
    /// Now.
    #[serde(rename = "voor")]
    pub before: i64,
    /// Then.
    #[serde(rename = "na")]
    pub after: i64,
    /// The difference.
    #[serde(rename = "verschil")]
    pub difference: i64,
}

/// A rule that is knowingly set aside.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Aside {
    /// The rule.
    #[serde(rename = "regel")]
    pub rule: Rule,
    /// What does not obey it.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// What becomes of somebody whom a change is about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Changed {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// Where now.
    #[serde(rename = "van")]
    pub from: Option<At>,
    /// Where then.
    #[serde(rename = "naar")]
    pub to: Option<At>,
    /// Rules that this place does not obey and that are set aside.
    #[serde(rename = "opzij")]
    pub aside: Vec<Aside>,
}

/// Somebody who is placed otherwise, or no more.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Move {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// Where now.
    #[serde(rename = "van")]
    pub from: Option<At>,
    /// Where then.
    #[serde(rename = "naar")]
    pub to: Option<At>,
    /// Whether a change is about this person.
    #[serde(rename = "gevraagd")]
    pub meant: bool,
}

/// What does not go together.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Clash {
    /// For whom it is fixed.
    #[serde(rename = "delen")]
    pub parts: Vec<Part>,
}

/// Somebody for whom something is fixed that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Part {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
    /// The rules that it meets.
    #[serde(rename = "regels")]
    pub rules: Vec<Rule>,
    /// Whether it is in this try-out.
    #[serde(rename = "gevraagd")]
    pub meant: bool,
}
