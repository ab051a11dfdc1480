//! What happened, for the log: each deed with its word and what was shown and decided.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::batch::Cause;
use super::decision::Shown;
use super::register::{Kind, Logged};
use super::seats::LoggedSeats;
use crate::desk::decision::Decision;

/// A deed. Its content is kept beside the log's chain, so that it can be erased; it holds no names.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Deed<'a> {
    /// A wave was made.
    WaveMade {
        /// Hash of its file.
        #[serde(rename = "invoer")]
        input: &'a str,
    },
    /// A wave got another file.
    WaveChanged {
        /// Hash of the file before.
        was: &'a str,
        /// Hash of the file now.
        #[serde(rename = "invoer")]
        input: &'a str,
    },
    /// A wave was submitted.
    WaveSubmitted {
        /// Drawn, or of the file.
        #[serde(rename = "zaad")]
        seed: i64,
        /// Hash of its file, with the seed.
        #[serde(rename = "invoer")]
        input: &'a str,
    },
    /// A published wave was closed.
    WaveClosed {},
    /// A row was put in the register.
    #[serde(serialize_with = "row_put")]
    RowPut {
        /// What it is of.
        kind: Kind,
        /// Its id.
        id: &'a str,
        /// What it was.
        was: Option<Logged>,
        /// What it is.
        row: Logged,
    },
    /// A wave file added to the register what that did not know.
    RegisterCompleted(Added),
    /// Seats were put.
    SeatsPut {
        /// Whose they are.
        #[serde(rename = "bestuur")]
        board: &'a str,
        /// Where.
        school: &'a str,
        /// Which.
        #[serde(rename = "plek")]
        seat: &'a str,
        /// What they were.
        was: Option<LoggedSeats>,
        /// What they are.
        #[serde(rename = "wordt")]
        row: LoggedSeats,
    },
    /// A board said that its seats are as they stand.
    SeatsConfirmed {
        /// From which day on.
        #[serde(rename = "vanaf")]
        from: &'a str,
        /// How many seat groups, each period for itself.
        #[serde(rename = "plekken")]
        count: u64,
        /// At which version.
        #[serde(rename = "versie")]
        version: i64,
    },
    /// A run was put in line.
    RunAsked {
        /// Of which wave.
        #[serde(rename = "lichting")]
        wave: &'a str,
        /// Hash of what is solved.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// How many decisions it knows.
        #[serde(rename = "beslissingen")]
        decisions: i64,
        /// The batch it belongs to.
        #[serde(rename = "herberekening")]
        batch: Option<&'a str>,
    },
    /// Somebody asked a run to stop.
    RunStopped {},
    /// A proposal was decided about.
    Decided {
        /// Whose.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// What had been decided.
        was: Option<Decision>,
        /// What the person saw.
        #[serde(rename = "getoond")]
        shown: Shown,
        /// What was decided.
        #[serde(rename = "besluit")]
        decision: &'a Decision,
        /// The run whose proposal it was.
        #[serde(rename = "berekening")]
        run: &'a str,
    },
    /// A decision was taken back.
    DecisionWithdrawn {
        /// About whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// What had been decided.
        was: Option<Decision>,
    },
    /// A plan was published.
    WavePublished {
        /// The run whose plan it is.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// How many are placed.
        #[serde(rename = "geplaatst")]
        placed: usize,
        /// How many are not.
        #[serde(rename = "ongeplaatst")]
        unplaced: usize,
        /// Hash of the log's last line before this one.
        #[serde(rename = "logboek_hoofd")]
        head: &'a str,
        /// How many things could not be checked, or were worth knowing.
        #[serde(rename = "meldingen")]
        notes: usize,
    },
    /// A batch of reruns was asked.
    BatchAsked {
        /// Who or what drops out or comes.
        #[serde(rename = "aanleiding")]
        cause: &'a Cause,
        /// The waves that it touches.
        #[serde(rename = "lichtingen")]
        waves: Vec<&'a str>,
    },
    /// Proposals of a batch were accepted.
    BatchAccepted {
        /// For which waves.
        #[serde(rename = "lichtingen")]
        waves: Vec<&'a str>,
        /// Who or what drops out or comes.
        #[serde(rename = "aanleiding")]
        cause: &'a Cause,
        /// Decisions that were about what is gone.
        #[serde(rename = "besluiten_vervallen")]
        lapsed: Vec<Lapsed>,
    },
    /// Proposals of a batch were declined.
    BatchDeclined {},
    /// What the log said of a candidate was erased, and the names with it.
    PersonErased {
        /// How many lines lost their content.
        #[serde(rename = "logregels")]
        lines: u64,
    },
}

/// A decision that was about what is gone: in which wave, about whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lapsed(pub String, pub String);

/// How many rows a wave file added to the register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Added {
    /// Boards.
    #[serde(rename = "besturen")]
    pub boards: i64,
    /// Schools.
    #[serde(rename = "scholen")]
    pub schools: i64,
    /// Seat groups.
    #[serde(rename = "plekken")]
    pub seats: i64,
    /// Coaches.
    pub coaches: i64,
    /// Candidates.
    #[serde(rename = "kandidaten")]
    pub candidates: i64,
}

/// What it was, what it is, and its id under the word for its kind.
fn row_put<S: Serializer>(kind: &Kind, id: &str, was: &Option<Logged>, row: &Logged, to: S) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(3))?;
    map.serialize_entry("was", was)?;
    map.serialize_entry("wordt", row)?;
    map.serialize_entry(kind.word(), id)?;
    map.end()
}

impl Deed<'_> {
    /// Its word in the log, one of those of docs/api.md.
    pub fn what(&self) -> &'static str {
        match self {
            Self::WaveMade { .. } => "lichting-gemaakt",
            Self::WaveChanged { .. } => "lichting-veranderd",
            Self::WaveSubmitted { .. } => "lichting-ingediend",
            Self::WaveClosed {} => "lichting-gesloten",
            Self::RowPut { kind: Kind::Board, .. } => "bestuur-gezet",
            Self::RowPut { kind: Kind::School, .. } => "school-gezet",
            Self::RowPut { kind: Kind::Coach, .. } => "coach-gezet",
            Self::RowPut { kind: Kind::Candidate, .. } => "kandidaat-gezet",
            Self::RegisterCompleted(_) => "register-aangevuld",
            Self::SeatsPut { .. } => "capaciteit-gezet",
            Self::SeatsConfirmed { .. } => "capaciteit-bevestigd",
            Self::RunAsked { .. } => "berekening-gevraagd",
            Self::RunStopped {} => "berekening-afgebroken",
            Self::Decided { .. } => "besluit",
            Self::DecisionWithdrawn { .. } => "besluit-ingetrokken",
            Self::WavePublished { .. } => "lichting-vastgesteld",
            Self::BatchAsked { .. } => "herberekening-gevraagd",
            Self::BatchAccepted { .. } => "herberekening-aanvaard",
            Self::BatchDeclined {} => "herberekening-afgewezen",
            Self::PersonErased { .. } => "kandidaat-gewist",
        }
    }
}
