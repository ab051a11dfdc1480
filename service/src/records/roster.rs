//! Rosters as they are kept: the roster itself, its runs, what was decided about whom, proposals after somebody fell out, and publications.

use loket_solver::common::words::Verdict;
use loket_solver::matching::facts::words::words;
use loket_solver::scheduling::facts::codes::Kind;
use serde::{Deserialize, Serialize};

pub use super::batch::Proposal as Standing;
use super::job::Job;

words! {
    /// Where a roster is in its life: `concept berekend gepubliceerd gewijzigd`.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Stage {
        /// There is no plan yet.
        Concept = "concept",
        /// There is a plan that nobody was told of.
        Berekend = "berekend",
        /// People were told of the plan that counts.
        Gepubliceerd = "gepubliceerd",
        /// People were told of a plan before the one that counts.
        Gewijzigd = "gewijzigd",
    }
}

/// A roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Which of the four problems it is.
    pub kind: Kind,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub until: String,
    /// Hash of its own file.
    pub input: String,
    /// How many decisions were made that its plan did not already do.
    pub decisions: i64,
    /// The run whose plan counts.
    pub current: Option<String>,
    /// The run whose plan people were told last.
    pub published: Option<String>,
    /// How often people were told of a plan.
    pub publications: i64,
    /// Grows with every change.
    pub version: i64,
    /// UTC milliseconds.
    pub created: i64,
}

impl Roster {
    /// Where it is in its life.
    pub fn stage(&self) -> Stage {
        match (&self.current, &self.published) {
            (_, Some(told)) if self.current.as_ref() == Some(told) => Stage::Gepubliceerd,
            (_, Some(_)) => Stage::Gewijzigd,
            (Some(_), None) => Stage::Berekend,
            (None, None) => Stage::Concept,
        }
    }
}

/// A run of a roster.
#[derive(Clone, Debug)]
pub struct RosterRun {
    /// The work itself.
    pub job: Job,
    /// Its roster.
    pub roster: String,
    /// From 1 within its roster.
    pub number: i64,
    /// Hash of the file that was solved.
    pub input: String,
    /// Hash of the roster's own file it was made from.
    pub base: String,
    /// The decisions it knew.
    pub decisions: i64,
    /// Version of the program.
    pub program: String,
    /// What it proposes after somebody fell out; nothing when it is an ordinary run.
    pub proposal: Option<Proposal>,
    /// Whether the roster's file changed since, or something was decided that its plan does not already do.
    pub outdated: bool,
}

impl RosterRun {
    /// Whether it ended with a plan.
    pub fn planned(&self) -> bool {
        self.job.state.ended() && self.job.status.is_some_and(Verdict::has_plan)
    }
}

/// A plan after somebody fell out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who fell out.
    pub cause: Fallout,
    /// Hash of what is the roster's own file once it is accepted.
    pub after: String,
    /// The roster's version it was made of.
    pub version: i64,
    /// What became of it.
    pub standing: Standing,
}

/// Who falls out, and from when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fallout {
    /// People who lead, by id.
    #[serde(rename = "personen")]
    pub people: Vec<String>,
    /// Who is planned and does not take part any more, by id.
    #[serde(rename = "deelnemers")]
    pub units: Vec<String>,
    /// The first day; nothing is from the start.
    #[serde(rename = "vanaf")]
    pub from: Option<String>,
}

words! {
    /// What was decided about somebody who is planned: `akkoord vast afgewezen`.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Said {
        /// The plan is right.
        Akkoord = "akkoord",
        /// It must be so.
        Vast = "vast",
        /// It must not be so.
        Afgewezen = "afgewezen",
    }
}

words! {
    /// Why a meeting must not be so. Words of whoever decides may stand beside it.
    #[derive(Serialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Because {
        /// The half-day does not suit.
        MomentPastNiet = "moment-past-niet",
        /// Somebody in it does not suit.
        PersoonPastNiet = "persoon-past-niet",
        /// The place does not suit.
        PlaatsPastNiet = "plaats-past-niet",
        /// It is too soon.
        TeVroeg = "te-vroeg",
        /// It is too late.
        TeLaat = "te-laat",
        /// Somebody has too much then.
        TeDruk = "te-druk",
        /// Somebody asked for it.
        OpVerzoek = "op-verzoek",
        /// Something else.
        Anders = "anders",
    }
}

/// What is locked or forbidden: every part that is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// At this half-day, "2026-09-07-o".
    #[serde(rename = "dagdeel", default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<String>,
    /// At this location.
    #[serde(rename = "locatie", default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// In this series.
    #[serde(rename = "reeks", default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// In this offer.
    #[serde(rename = "aanbod", default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// With this person.
    #[serde(rename = "persoon", default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

impl Named {
    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A decision as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// About whom.
    pub unit: String,
    /// Of visits the half-day that it is about.
    pub moment: Option<String>,
    /// What.
    pub said: Said,
    /// What is locked or forbidden.
    pub named: Named,
    /// Why, of a rejection; those from before reasons were asked have none.
    pub because: Option<Because>,
    /// What whoever decided wrote beside it.
    pub note: Option<String>,
    /// Whether the plan that counted did it already.
    pub followed: bool,
    /// The number of the roster's decisions with this one.
    pub version: i64,
    /// The version of the roster with this one: whoever decides again must have seen it.
    pub step: i64,
    /// UTC milliseconds.
    pub at: i64,
    /// Who decided.
    pub by: String,
}

/// A plan that people were told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// From 1 within its roster.
    pub number: i64,
    /// The run whose plan it is.
    pub run: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Who published it.
    pub by: String,
}

/// A plan that people were told, with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldPlan {
    /// From 1 within its roster.
    pub number: i64,
    /// The file that it was made of, by the hash of its bytes.
    pub input: String,
    /// The outcome of its run.
    pub plan: String,
}

/// A roster that asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterAsks {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its first day.
    pub from: String,
    /// Whether there is a proposal to decide about; else people are to be told of its plan.
    pub proposal: bool,
}
