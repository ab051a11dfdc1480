//! "Ik val uit": what somebody reports who falls out, and what became of it. It is a request to the intermediary; placements stay as they are.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

use super::batch::CauseKind;
use super::dossier::Who;
use super::register::Kind;

words! {
    /// Who or what falls out.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum ReportKind {
        /// A coach.
        Coach = "coach",
        /// Seats of a school.
        Plek = "plek",
        /// A candidate.
        Kandidaat = "kandidaat",
    }

    /// Why. No reason says anything about health.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum ReportReason {
        /// For a long time not there.
        Afwezig = "afwezig",
        /// Stops.
        Vertrek = "vertrek",
        /// No hours left for it.
        GeenTijd = "geen-tijd",
        /// The duo colleague is gone.
        GeenDuocollega = "geen-duo-collega",
        /// The group is dissolved.
        GroepVervalt = "groep-vervalt",
        /// Something else.
        Anders = "anders",
    }

    /// What became of it.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum ReportState {
        /// Nobody did anything with it yet.
        Open = "open",
        /// A batch of reruns was made of it.
        Overgenomen = "overgenomen",
        /// Nothing was needed.
        NietNodig = "niet-nodig",
    }

    /// Why nothing was needed.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum NotNeeded {
        /// It was a mistake.
        Vergissing = "vergissing",
        /// It is over already.
        Hersteld = "hersteld",
        /// It was reported or seen to before.
        AlGeregeld = "al-geregeld",
        /// It touches no placement.
        RaaktNiemand = "raakt-niemand",
        /// Something else.
        Anders = "anders",
    }
}

impl ReportKind {
    /// The same as the cause of a batch.
    pub fn cause(self) -> CauseKind {
        match self {
            Self::Coach => CauseKind::Coach,
            Self::Plek => CauseKind::Plek,
            Self::Kandidaat => CauseKind::Kandidaat,
        }
    }

    /// The reasons that are asked of it, in the order in which they are asked; any other is still heard.
    pub fn reasons(self) -> &'static [ReportReason] {
        match self {
            Self::Coach | Self::Kandidaat => &[ReportReason::GeenTijd, ReportReason::Afwezig, ReportReason::Vertrek, ReportReason::Anders],
            Self::Plek => &[ReportReason::GeenDuocollega, ReportReason::GroepVervalt, ReportReason::Anders],
        }
    }
}

/// What falls out, from when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Falling {
    /// What it is.
    #[serde(rename = "soort")]
    pub kind: ReportKind,
    /// The coach or candidate; of seats their school.
    #[serde(rename = "wie")]
    pub id: String,
    /// The seat group.
    #[serde(rename = "plek", skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// The first day, yyyy-mm-dd.
    #[serde(rename = "vanaf")]
    pub from: String,
    /// Why.
    #[serde(rename = "reden")]
    pub reason: ReportReason,
}

impl Falling {
    /// The person that it is about, if it is about one.
    pub fn who(&self) -> Option<Who> {
        match self.kind {
            ReportKind::Coach => Some(Who::new(Kind::Coach, &self.id)),
            ReportKind::Kandidaat => Some(Who::new(Kind::Candidate, &self.id)),
            ReportKind::Plek => None,
        }
    }
}

/// A report as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// What falls out.
    pub falling: Falling,
    /// The account that reported it.
    pub by: String,
    /// What became of it.
    pub state: ReportState,
    /// The batch that was made of it.
    pub batch: Option<String>,
    /// Why nothing was needed.
    pub not_needed: Option<NotNeeded>,
    /// When it was reported, UTC milliseconds.
    pub at: i64,
    /// When it was settled.
    pub settled: Option<i64>,
    /// From 1.
    pub version: i64,
}

/// What an intermediary does with a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Settled {
    /// This batch was made of it.
    #[serde(rename = "herberekening")]
    Taken(String),
    /// Nothing is needed, for this reason.
    #[serde(rename = "niet_nodig")]
    NotNeeded(NotNeeded),
}
