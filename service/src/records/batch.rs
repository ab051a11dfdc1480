//! Batches: reruns of every wave that a drop-out touches, as proposals; nothing changes until somebody accepts them.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

use super::dossier::Who;
use super::register::Kind;

/// Who or what drops out or comes, and from when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// What it is.
    #[serde(rename = "soort")]
    pub kind: CauseKind,
    /// The coach, school or candidate; of a seat its school, of an exchange the wave.
    pub id: String,
    /// The seat group.
    #[serde(rename = "plek", default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// How many seats.
    #[serde(rename = "aantal", default, skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// From which day on.
    #[serde(rename = "vanaf")]
    pub from: String,
    /// Whether the register did not know who comes late before.
    #[serde(rename = "nieuw", default, skip_serializing_if = "std::ops::Not::not")]
    pub new: bool,
}

impl Cause {
    /// The person that it is about, if it is about one.
    pub fn who(&self) -> Option<Who> {
        match self.kind {
            CauseKind::Coach => Some(Who::new(Kind::Coach, &self.id)),
            CauseKind::Kandidaat | CauseKind::Nakomer => Some(Who::new(Kind::Candidate, &self.id)),
            CauseKind::School | CauseKind::Plek | CauseKind::Ruil => None,
        }
    }
}

words! {
    /// What drops out or comes.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum CauseKind {
        /// A coach drops out.
        Coach = "coach",
        /// A school drops out.
        School = "school",
        /// Seats of a school are gone.
        Plek = "plek",
        /// A candidate stops.
        Kandidaat = "kandidaat",
        /// A candidate comes late.
        Nakomer = "nakomer",
        /// People exchange their placements.
        Ruil = "ruil",
    }
}

impl CauseKind {
    /// The kind of row that it is about; of a seat its school. An exchange is about nobody alone.
    pub fn row(self) -> Option<Kind> {
        match self {
            Self::Coach => Some(Kind::Coach),
            Self::School | Self::Plek => Some(Kind::School),
            Self::Kandidaat | Self::Nakomer => Some(Kind::Candidate),
            Self::Ruil => None,
        }
    }
}

words! {
    /// What became of the proposal for one wave.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Proposal {
        /// Nobody decided yet.
        Voorstel = "voorstel",
        /// Accepted.
        Aanvaard = "aanvaard",
        /// Declined.
        Afgewezen = "afgewezen",
    }
}

/// A batch as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Its id.
    pub id: String,
    /// Who or what drops out or comes, and from when.
    pub cause: Cause,
    /// Grows with every change.
    pub version: i64,
    /// UTC milliseconds.
    pub created: i64,
    /// The waves it touches; none when only the register follows.
    pub waves: Vec<Touched>,
    /// What was decided about a batch that touches no wave.
    pub alone: Proposal,
    /// How far its preparation is or came, when a worker prepares it.
    pub preparing: Option<Preparing>,
}

impl Batch {
    /// What became of it: a proposal as long as something is to be decided, accepted when some of it was.
    pub fn proposal(&self) -> Proposal {
        let has = |what: Proposal| self.waves.iter().any(|it| it.proposal == what);
        match () {
            () if self.unprepared() => Proposal::Voorstel,
            () if self.waves.is_empty() => self.alone,
            () if has(Proposal::Voorstel) => Proposal::Voorstel,
            () if has(Proposal::Aanvaard) => Proposal::Aanvaard,
            () => Proposal::Afgewezen,
        }
    }

    /// Whether a worker still prepares it.
    pub fn unprepared(&self) -> bool {
        self.preparing.as_ref().is_some_and(|it| it.done < it.of)
    }
}

/// How far the preparation of a batch is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preparing {
    /// Waves that were looked at.
    #[serde(rename = "gedaan")]
    pub done: usize,
    /// Of how many.
    #[serde(rename = "van")]
    pub of: usize,
    /// Who asked.
    #[serde(rename = "door")]
    pub by: String,
    /// Seconds that each rerun may take.
    #[serde(rename = "seconden")]
    pub seconds: i64,
    /// Waves for which no rerun could be made.
    #[serde(rename = "mislukt")]
    pub failed: Vec<String>,
}

/// One wave of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// The wave.
    pub wave: String,
    /// Its rerun.
    pub run: String,
    /// What became of the proposal.
    pub proposal: Proposal,
    /// What was taken out of the file besides what was asked for.
    pub remarks: Vec<String>,
    /// Hash of the wave's own file once accepted.
    pub after: String,
    /// The wave's version when the batch began: accepted only while it still is.
    pub wave_version: i64,
}
