//! Answers as they are kept: what a party was asked about a placement and what it said, its personal link, and what a no forbids.

use serde::{Deserialize, Serialize};

use crate::desk::asking::{How, Known, NoReason, NoScope, Party, Place, Reply};
use crate::desk::noes::Ban;

/// What a party was asked about a placement, and what it said.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// In which wave.
    pub wave: String,
    /// About whose placement.
    pub candidate: String,
    /// Who was asked.
    pub party: Party,
    /// What it was about.
    pub about: Place,
    /// How often it was asked, from 1.
    pub round: i64,
    /// When, UTC milliseconds.
    pub asked: i64,
    /// Who asked.
    pub asked_by: String,
    /// The last day to answer, yyyy-mm-dd.
    pub by: String,
    /// When it was last reminded of, UTC milliseconds.
    pub reminded: Option<i64>,
    /// How often.
    pub reminders: i64,
    /// What was said.
    pub said: Option<Reply>,
    /// Why not; nothing once it was erased.
    pub reason: Option<NoReason>,
    /// The last day that a no counts, yyyy-mm-dd.
    pub until: Option<String>,
    /// In own words.
    pub note: Option<String>,
    /// How it came.
    pub how: Option<How>,
    /// When it was said, UTC milliseconds.
    pub at: Option<i64>,
    /// Who gave or noted it.
    pub who: Option<String>,
    /// From 1.
    pub version: i64,
}

impl Answer {
    /// What is known of it, to see how far it is.
    pub fn known(&self) -> Known<'_> {
        Known { about: &self.about, said: self.said, by: &self.by }
    }

    /// Whether it is about this placement in everything that the party is asked about.
    pub fn is_about(&self, place: &Place) -> bool {
        self.about.same_for(self.party, place)
    }
}

/// A personal link, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// In which wave.
    pub wave: String,
    /// About whose placement.
    pub candidate: String,
    /// For whom.
    pub party: Party,
    /// Of which round of asking.
    pub round: i64,
    /// Until when it counts, UTC milliseconds.
    pub until: i64,
}

/// A personal link to what was published, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLink {
    /// In which wave.
    pub wave: String,
    /// For a candidate or a coach.
    pub party: Party,
    /// Which one.
    pub who: String,
    /// When it was made, UTC milliseconds.
    pub made: i64,
    /// Until when it counts at most, UTC milliseconds.
    pub until: i64,
}

/// A prohibition that follows from a no, as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Forbidden {
    /// Its id.
    pub id: String,
    /// Who said no.
    pub party: Party,
    /// What it forbids.
    pub ban: Ban,
    /// Why; nothing once it was erased.
    pub reason: Option<NoReason>,
    /// The last day that it counts.
    pub until: Option<String>,
    /// When, UTC milliseconds.
    pub made: i64,
    /// Who gave or noted the no.
    pub by: String,
    /// When it was revoked, UTC milliseconds.
    pub revoked: Option<i64>,
    /// Who revoked it.
    pub revoked_by: Option<String>,
    /// Why.
    pub why: Option<Revoked>,
    /// From 1.
    pub version: i64,
}

impl Forbidden {
    /// Whether it counts on a day (yyyy-mm-dd).
    pub fn counts(&self, today: &str) -> bool {
        self.revoked.is_none() && self.until.as_deref().is_none_or(|until| until >= today)
    }

    /// How far it reaches.
    pub fn scope(&self) -> NoScope {
        self.ban.scope
    }
}

loket_solver::matching::facts::words::words! {
    /// Why a prohibition no longer counts.
    pub enum Revoked {
        /// The party said something else.
        Changed = "antwoord-veranderd",
        /// It was noted by mistake.
        Mistake = "vergissing",
        /// What was in the way is over.
        Over = "niet-meer-nodig",
        /// It was talked over with whoever said it.
        Agreed = "overlegd",
        /// Something else.
        Other = "anders",
    }
}

/// What asking came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedAll {
    /// How many questions went out.
    #[serde(rename = "gevraagd")]
    pub asked: usize,
    /// About how many placements.
    #[serde(rename = "plaatsen")]
    pub placements: usize,
    /// Questions that were not asked: there is an answer already.
    #[serde(rename = "beantwoord")]
    pub answered: usize,
    /// The last day to answer.
    #[serde(rename = "voor")]
    pub by: String,
}
