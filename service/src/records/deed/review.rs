//! What was done in review beside deciding: taken back, agreed with at once, and noted.

use loket_solver::matching::facts::words::Word;
use serde::{Serialize, Serializer};
use serde_json::json;

use super::{Deed, What};
use crate::desk::cohort::Filter;
use crate::desk::decision::Decision;
use crate::records::dossier::Who;
use crate::records::register::Kind;

/// A deed of review: the wave is the subject of its line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Review<'a> {
    /// Somebody took back a step of their own.
    Undone {
        /// About whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// The number of the step.
        #[serde(rename = "nummer")]
        number: i64,
        /// What had been decided.
        was: Option<Decision>,
        /// What stands again.
        #[serde(rename = "wordt")]
        now: Option<Decision>,
    },
    /// Several proposals were agreed with at once; each has a line of its own.
    GroupAgreed {
        /// Its id, which stands with each decision.
        #[serde(rename = "groep")]
        group: &'a str,
        /// The run whose proposals they are.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// Which proposals were meant.
        #[serde(rename = "filter", serialize_with = "filter_put")]
        filter: &'a Filter,
        /// How many were agreed with.
        #[serde(rename = "akkoord")]
        agreed: usize,
        /// How large the sample was that had been opened.
        #[serde(rename = "steekproef")]
        seen: usize,
    },
    /// A note was made or written anew: what it says is not told.
    NotePut {
        /// About whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// Its id.
        #[serde(rename = "notitie")]
        note: &'a str,
        /// As which version.
        #[serde(rename = "versie")]
        version: i64,
    },
    /// A note was taken away.
    NoteRemoved {
        /// About whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// Its id.
        #[serde(rename = "notitie")]
        note: &'a str,
    },
}

fn filter_put<S: Serializer>(filter: &Filter, to: S) -> Result<S::Ok, S::Error> {
    let Filter { bouw, school, board, coach, rank, undecided } = filter;
    let mut kept = json!({});
    let keys = [
        ("bouw", bouw.map(|it| json!(it.code()))),
        ("school", school.as_ref().map(|it| json!(it))),
        ("bestuur", board.as_ref().map(|it| json!(it))),
        ("coach", coach.as_ref().map(|it| json!(it))),
        ("voorkeurrang", rank.map(|it| json!(it))),
        ("zonder_besluit", undecided.then(|| json!(true))),
    ];
    for (key, value) in keys {
        if let Some(value) = value {
            kept[key] = value;
        }
    }
    kept.serialize(to)
}

impl Review<'_> {
    /// Everybody whom its line is about.
    pub fn about(&self) -> Vec<Who> {
        match self {
            Self::Undone { candidate, .. } | Self::NotePut { candidate, .. } | Self::NoteRemoved { candidate, .. } => {
                vec![Who::new(Kind::Candidate, candidate)]
            }
            Self::GroupAgreed { filter, .. } => filter.coach.iter().map(|id| Who::new(Kind::Coach, id)).collect(),
        }
    }

    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Undone { .. } => What::DecisionUndone,
            Self::GroupAgreed { .. } => What::GroupAgreed,
            Self::NotePut { .. } => What::NotePut,
            Self::NoteRemoved { .. } => What::NoteRemoved,
        }
    }
}

impl<'a> From<Review<'a>> for Deed<'a> {
    fn from(deed: Review<'a>) -> Self {
        Self::Review(deed)
    }
}
