//! What was done about rows of the register beyond putting them: they end, candidates enter a stage, and go on to the next wave.

use serde::Serialize;

use super::{Deed, What};
use crate::records::dossier::Who;
use crate::records::history::EndReason;
use crate::records::open::{Counts, EditionState, LoggedFile};
use crate::records::register::Kind;
use crate::records::school_year::LoggedYear;
use crate::records::stage::{Stage, StopReason};

/// A deed about the register.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum RegisterDeed<'a> {
    /// A board, school or coach ended.
    Ended {
        /// What it is: the word of the line says it.
        #[serde(skip)]
        kind: Kind,
        /// Its id: the subject of the line.
        #[serde(skip)]
        id: &'a str,
        /// The first day on which it is not there.
        #[serde(rename = "vanaf")]
        from: &'a str,
        /// Why.
        #[serde(rename = "reden")]
        reason: EndReason,
    },
    /// A candidate entered a stage.
    StageEntered {
        /// Who.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// The stage before.
        was: Option<Stage>,
        /// The stage.
        #[serde(rename = "fase")]
        stage: Stage,
        /// Its first day.
        #[serde(rename = "van")]
        from: &'a str,
        /// Why somebody stopped.
        #[serde(rename = "reden")]
        reason: Option<StopReason>,
    },
    /// Candidates without a place went on to another wave: the subject is the wave that they come from.
    CarriedOver {
        /// To which wave.
        #[serde(rename = "naar")]
        to: &'a str,
        /// Who went: a line for each is about one person.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
    },
    /// A school year got other days.
    SchoolYearPut {
        /// What it was: `van` and `tot`.
        was: LoggedYear,
        /// What it is.
        #[serde(rename = "wordt")]
        now: LoggedYear,
    },
    /// Open data were proposed, taken over or withdrawn: one line, whatever they change; the subject is the import.
    OpenData {
        /// What became of the import: the word of the line says it.
        #[serde(skip)]
        state: EditionState,
        /// Its files.
        #[serde(rename = "bestanden")]
        files: Vec<LoggedFile>,
        /// How many there are of each.
        #[serde(rename = "tellingen")]
        counts: &'a Counts,
    },
}

impl RegisterDeed<'_> {
    /// Everybody whom its line is about.
    pub fn about(&self) -> Vec<Who> {
        match self {
            Self::Ended { kind, id, .. } if kind.is_person() => vec![Who::new(*kind, id)],
            Self::StageEntered { candidate, .. } | Self::CarriedOver { candidate, .. } => vec![Who::new(Kind::Candidate, candidate)],
            Self::Ended { .. } | Self::SchoolYearPut { .. } | Self::OpenData { .. } => Vec::new(),
        }
    }

    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::Ended { kind: Kind::Board, .. } => What::BoardEnded,
            Self::Ended { kind: Kind::School, .. } => What::SchoolEnded,
            Self::Ended { .. } => What::CoachEnded,
            Self::StageEntered { .. } => What::StageEntered,
            Self::CarriedOver { .. } => What::CarriedOver,
            Self::SchoolYearPut { .. } => What::SchoolYearPut,
            Self::OpenData { state: EditionState::Voorstel, .. } => What::OpenProposed,
            Self::OpenData { state: EditionState::Overgenomen, .. } => What::OpenTaken,
            Self::OpenData { state: EditionState::Ingetrokken, .. } => What::OpenWithdrawn,
        }
    }
}

impl<'a> From<RegisterDeed<'a>> for Deed<'a> {
    fn from(deed: RegisterDeed<'a>) -> Self {
        Self::Register(deed)
    }
}
