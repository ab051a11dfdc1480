//! What somebody asks about their own data, what limits its use, and when it goes: pseudonyms and days only.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

use super::dossier::Who;

words! {
    /// What somebody asks.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Wish {
        /// To see everything that is kept.
        Inzage = "inzage",
        /// To have it corrected.
        Verbetering = "verbetering",
        /// To be left out of the matching.
        Beperking = "beperking",
        /// To be erased.
        Wissing = "wissing",
    }
}

/// A request of somebody about their own data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: String,
    /// What was asked.
    pub wish: Wish,
    /// By whom.
    pub who: Who,
    /// On which day, yyyy-mm-dd.
    pub asked: String,
    /// The last day on which it must be done.
    pub until: String,
    /// When it was done, UTC milliseconds.
    pub done: Option<i64>,
    /// The role of whoever did it.
    pub by: Option<String>,
    /// From 1.
    pub version: i64,
}

/// A request with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requested {
    /// The request.
    pub request: Request,
    /// The name, when there is one.
    pub name: Option<String>,
    /// Whether the register still has the person.
    pub known: bool,
}

/// Somebody is left out of the matching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Who.
    pub who: Who,
    /// Since which day, yyyy-mm-dd.
    pub since: String,
    /// The last day; until it is lifted when absent.
    pub until: Option<String>,
    /// From 1.
    pub version: i64,
}

impl Restriction {
    /// Whether it holds on a day (yyyy-mm-dd).
    pub fn holds(&self, day: &str) -> bool {
        self.until.as_deref().is_none_or(|until| until >= day)
    }
}

/// What was corrected after a wave was published with what stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The wave.
    pub wave: String,
    /// Whose data.
    pub who: Who,
    /// Which fields, as docs/format.md calls them.
    pub fields: Vec<String>,
    /// On which day.
    pub on: String,
}

/// What retention knows of a person of whom something is kept that can be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Who.
    pub who: Who,
    /// Where a candidate stands; nothing for a coach.
    pub standing: Option<super::register::Standing>,
    /// Since which day a candidate stands there, as far as that is known.
    pub since: Option<String>,
    /// The last day of the last placement, also one with this coach.
    pub last: Option<String>,
    /// A coach's own last day.
    pub until: Option<String>,
    /// The version of the row.
    pub version: i64,
}

/// How many of each kind a round of the retention job took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Candidates whose name, free text and reasons went.
    #[serde(rename = "kandidaten")]
    pub candidates: i64,
    /// Coaches.
    pub coaches: i64,
    /// Ended accounts whose name and address went.
    pub accounts: i64,
    /// Sessions that were over.
    #[serde(rename = "sessies")]
    pub sessions: i64,
    /// Links, and rounds past a provider, that were over.
    #[serde(rename = "koppelingen")]
    pub links: i64,
    /// Tokens that were over.
    #[serde(rename = "sleutels")]
    pub tokens: i64,
    /// Requests about own data that were done long ago.
    #[serde(rename = "verzoeken")]
    pub requests: i64,
    /// Messages that were sent long ago, or came to nothing.
    #[serde(rename = "berichten")]
    pub messages: i64,
    /// Names of people in rosters that were over.
    #[serde(rename = "roosternamen", default)]
    pub rosters: i64,
    /// People whose turn it was and who could not be erased now: they are tried again the next day.
    #[serde(rename = "uitgesteld")]
    pub later: i64,
}
