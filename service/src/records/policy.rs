//! Policies: named, numbered, drafted by one person and approved by another; what a wave is solved with is one of them.

use loket_solver::matching::facts::words::{Phase, words};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

words! {
    /// Where a policy is in its life.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum PolicyState {
        /// Drafted: solving and reviewing go, publishing does not.
        Concept = "concept",
        /// Approved by somebody else: waves are published with it.
        Goedgekeurd = "goedgekeurd",
        /// Retired: nothing new is published with it.
        Ingetrokken = "ingetrokken",
    }
}

/// Which policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// From 1 within its name.
    #[serde(rename = "nummer")]
    pub number: i64,
}

impl Named {
    /// The policy of this name and number.
    pub fn new(name: &str, number: i64) -> Self {
        Self { name: name.to_owned(), number }
    }

    /// Both in one text: the subject of its lines in the log.
    pub fn text(&self) -> String {
        format!("{}/{}", self.name, self.number)
    }
}

/// Which policy a wave or a run has, and where that is in its life now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Which.
    pub named: Named,
    /// Where it is.
    pub state: PolicyState,
    /// Whether whoever drafted or changed it approved it, as a setting lets a team of one person do.
    pub own: bool,
}

impl Used {
    /// Its name and number as a report says them, and who approved it where that was nobody else.
    pub fn told(&self) -> String {
        let own = if self.own { ", goedgekeurd door wie het opstelde" } else { "" };
        format!("{} {}{own}", self.named.name, self.named.number)
    }
}

/// Who drafted and approved the policies that are there from the start.
const BUILT_IN: &str = "systeem";

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The account.
    pub who: String,
    /// UTC milliseconds.
    pub at: i64,
}

impl By {
    /// Whether it came along with Loket: nobody did it, on no day.
    pub fn from_the_start(&self) -> bool {
        self.at <= 0
    }
}

/// What a policy says: as `beleid` of a wave file, without a seed and free text.
pub type Content = Map<String, Value>;

/// A policy as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name and number.
    pub named: Named,
    /// For waves of this phase; `None` for every phase.
    pub phase: Option<Phase>,
    /// Where it is in its life.
    pub state: PolicyState,
    /// As `beleid` of a wave file, without a seed and free text.
    pub content: Content,
    /// The wave whose file brought it.
    pub wave: Option<String>,
    /// Who drafted it.
    pub drafted: By,
    /// Who changed the draft last.
    pub changed: Option<By>,
    /// Who approved it.
    pub approved: Option<By>,
    /// Who retired it.
    pub retired: Option<By>,
    /// Grows with every change.
    pub version: i64,
}

impl Policy {
    /// What a wave or a run names of it.
    pub fn used(&self) -> Used {
        let own = self.approved.as_ref().is_some_and(|it| it.who != BUILT_IN && self.is_work_of(&it.who));
        Used { named: self.named.clone(), state: self.state, own }
    }

    /// Whether somebody drafted it or changed the draft: another approves it.
    pub fn is_work_of(&self, who: &str) -> bool {
        self.drafted.who == who || self.changed.as_ref().is_some_and(|it| it.who == who)
    }
}
