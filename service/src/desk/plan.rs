//! What a kept outcome says of people: who is placed where, and who is not. The rest of it is for who asks for the outcome itself.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::decision::Spot;
use super::fits::Wanted;
use crate::store::Error;

/// Who is placed where, and who is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Plan {
    /// Placements, in the order of the outcome.
    #[serde(rename = "plaatsingen")]
    pub placements: Vec<Wanted>,
    /// Who is left.
    #[serde(rename = "ongeplaatst", default)]
    pub unplaced: Vec<Left>,
}

/// Somebody without a place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Left {
    /// Who.
    #[serde(rename = "kandidaat")]
    pub candidate: String,
}

impl Plan {
    /// Reads it from an outcome as it was kept.
    ///
    /// # Errors
    /// When what was kept is no outcome.
    pub fn read(outcome: &[u8]) -> Result<Self, Error> {
        Ok(serde_json::from_slice(outcome)?)
    }

    /// Where a candidate is placed.
    pub fn spot(&self, candidate: &str) -> Option<Spot> {
        self.placements.iter().find(|it| it.candidate == candidate).map(Wanted::spot)
    }

    /// Placements by candidate.
    pub fn by_candidate(&self) -> BTreeMap<&str, &Wanted> {
        self.placements.iter().map(|it| (it.candidate.as_str(), it)).collect()
    }
}

/// How many goals an outcome proves; what is no outcome proves none.
pub fn proven_goals(outcome: &[u8]) -> usize {
    #[derive(Deserialize)]
    struct Goals {
        doelen: Vec<Goal>,
    }
    #[derive(Deserialize)]
    struct Goal {
        bewezen: bool,
    }
    serde_json::from_slice::<Goals>(outcome).map_or(0, |it| it.doelen.iter().filter(|goal| goal.bewezen).count())
}
