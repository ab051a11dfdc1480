//! What happened, for the log: each deed with its word and what was shown and decided.

mod access;
mod answers;
mod coaching;
mod mail;
mod planning;
mod policy;
mod privacy;
mod register;
mod review;
mod rosters;
mod setting;
mod tryout;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::access::Role;
use crate::desk::decision::Decision;
use crate::records::batch::Cause;
use crate::records::decision::Shown;
use crate::records::dossier::Who;
use crate::records::policy::Named;
use crate::records::register::{Kind, Logged};
use crate::records::seats::LoggedSeats;
use crate::records::wave::Life;
pub use crate::records::what::What;
pub use access::Access;
pub use answers::{Answers, Said};
pub use coaching::{Coaching, Month};
pub use mail::Mailing;
pub use planning::Planned;
pub use policy::PolicyDeed;
pub use privacy::Privacy;
pub use register::RegisterDeed;
pub use review::Review;
pub use rosters::Rostered;
pub use setting::Setting;
pub use tryout::Tried;

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
    /// A wave was filled again from the register.
    WaveRefreshed {
        /// Hash of the file before.
        was: &'a str,
        /// Hash of the file now.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// How many things were told of it.
        #[serde(rename = "meldingen")]
        notes: usize,
        /// How many decisions no longer count; each has a line of its own.
        #[serde(rename = "besluiten_vervallen")]
        lapsed: usize,
        /// How many locks were taken out of the file; each has a line of its own.
        #[serde(rename = "vast_vervallen")]
        unlocked: usize,
    },
    /// A wave that was not published was withdrawn.
    WaveWithdrawn {
        /// Hash of its file.
        #[serde(rename = "invoer")]
        input: &'a str,
        /// Where it was in its life.
        #[serde(rename = "toestand")]
        life: Life,
        /// How many runs went with it.
        #[serde(rename = "berekeningen")]
        runs: i64,
        /// How many decisions went with it.
        #[serde(rename = "besluiten")]
        decisions: i64,
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
        /// In which role: the board itself, or the intermediary for it.
        #[serde(rename = "door")]
        by: Role,
    },
    /// Seats were removed.
    SeatsRemoved {
        /// Whose they were.
        #[serde(rename = "bestuur")]
        board: &'a str,
        /// Where.
        school: &'a str,
        /// Which.
        #[serde(rename = "plek")]
        seat: &'a str,
        /// What they were.
        was: LoggedSeats,
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
        /// In which role: the board itself, or the intermediary for it.
        #[serde(rename = "door")]
        by: Role,
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
        /// The policy of its wave.
        #[serde(rename = "beleid")]
        policy: Option<&'a Named>,
    },
    /// Somebody asked a run to stop.
    RunStopped {},
    /// Somebody withdrew a question.
    QuestionStopped {
        /// The run it is about.
        #[serde(rename = "berekening")]
        run: &'a str,
        /// What kind of question.
        #[serde(rename = "soort")]
        kind: &'a str,
    },
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
        /// Whether the plan of that run does what was decided.
        #[serde(rename = "gevolgd")]
        followed: bool,
        /// How long the person looked, when that is known.
        #[serde(rename = "seconden", skip_serializing_if = "Option::is_none")]
        seconds: Option<i64>,
        /// The group that it was part of.
        #[serde(rename = "groep", skip_serializing_if = "Option::is_none")]
        group: Option<&'a str>,
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
        /// The policy of the wave, which was approved.
        #[serde(rename = "beleid")]
        policy: Option<&'a Named>,
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
    /// A decision was about what is gone: an accepted batch took it away, or the wave was filled again from the register.
    DecisionLapsed {
        /// About whom.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// What had been decided; nothing when it was a lock of the wave's own file.
        was: Option<Decision>,
        /// The batch.
        #[serde(rename = "herberekening", skip_serializing_if = "Option::is_none")]
        batch: Option<&'a str>,
    },
    /// Proposals of a batch were accepted.
    BatchAccepted {
        /// For which waves.
        #[serde(rename = "lichtingen")]
        waves: Vec<&'a str>,
        /// Who or what drops out or comes.
        #[serde(rename = "aanleiding")]
        cause: &'a Cause,
        /// How many decisions were about what is gone; each has a line of its own.
        #[serde(rename = "besluiten_vervallen")]
        lapsed: usize,
        /// Published placements that were ended.
        #[serde(rename = "plaatsingen_beeindigd")]
        ended: u64,
        /// Published placements that were withdrawn before they began.
        #[serde(rename = "plaatsingen_vervallen")]
        withdrawn: u64,
    },
    /// Somebody who would come late was withdrawn before that was accepted.
    LateWithdrawn {
        /// Who.
        #[serde(rename = "kandidaat")]
        candidate: &'a str,
        /// To which wave.
        #[serde(rename = "lichting")]
        wave: &'a str,
    },
    /// Proposals of a batch were declined.
    BatchDeclined {
        /// For which waves.
        #[serde(rename = "lichtingen")]
        waves: Vec<&'a str>,
        /// Who or what would have dropped out or come.
        #[serde(rename = "aanleiding")]
        cause: &'a Cause,
    },
    /// What is kept of a person beyond the row was erased: names, free text, coded reasons, and what the log said. This line itself is
    /// never erased: it tells which contents are missing by right.
    PersonForgotten {
        /// Candidate or coach: the word of the line says it.
        #[serde(skip)]
        kind: Kind,
        /// Who: the subject of the line.
        #[serde(skip)]
        id: &'a str,
        /// The numbers of the lines whose content went.
        #[serde(rename = "regels")]
        lines: &'a [i64],
    },
    /// About what the parties are asked about placements.
    Answers(Answers<'a>),
    /// With a try-out.
    Tried(Tried<'a>),
    /// Something about a roster.
    Roster(Rostered<'a>),
    /// With a multi-year plan or the funnel.
    Planned(Planned<'a>),
    /// About an account, or by whoever it is of.
    Access(Access<'a>),
    /// About a setting that people change while the service runs.
    Setting(Setting),
    /// About a message, or a round of boards.
    Mailing(Mailing<'a>),
    /// About a row of the register that ended, a stage, or a school year.
    Register(RegisterDeed<'a>),
    /// About a policy.
    Policy(PolicyDeed<'a>),
    /// About somebody's own data.
    Privacy(Privacy<'a>),
    /// Of review, beside deciding.
    Review(Review<'a>),
    /// Of a coach's desk, or about somebody who falls out.
    Coaching(Coaching<'a>),
}

/// How many rows a wave file added to the register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

impl Added {
    /// Counts more rows.
    pub fn add(&mut self, more: Self) {
        self.boards += more.boards;
        self.schools += more.schools;
        self.seats += more.seats;
        self.coaches += more.coaches;
        self.candidates += more.candidates;
    }
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
    /// Everybody whom its line is about, each by kind and pseudonym: the line is theirs to see, and goes when they are erased.
    pub fn about(&self) -> Vec<Who> {
        let candidate = |id: &str| vec![Who::new(Kind::Candidate, id)];
        match self {
            Self::RowPut { kind, id, .. } if kind.is_person() => vec![Who::new(*kind, id)],
            Self::PersonForgotten { kind, id, .. } => vec![Who::new(*kind, id)],
            Self::Decided { candidate: id, .. }
            | Self::DecisionWithdrawn { candidate: id, .. }
            | Self::DecisionLapsed { candidate: id, .. }
            | Self::LateWithdrawn { candidate: id, .. } => candidate(id),
            Self::BatchAsked { cause, .. } | Self::BatchAccepted { cause, .. } | Self::BatchDeclined { cause, .. } => {
                cause.who().into_iter().collect()
            }
            Self::WaveMade { .. }
            | Self::WaveChanged { .. }
            | Self::WaveRefreshed { .. }
            | Self::WaveWithdrawn { .. }
            | Self::WaveSubmitted { .. }
            | Self::WaveClosed {}
            | Self::RowPut { .. }
            | Self::RegisterCompleted(_)
            | Self::SeatsPut { .. }
            | Self::SeatsRemoved { .. }
            | Self::SeatsConfirmed { .. }
            | Self::RunAsked { .. }
            | Self::RunStopped {}
            | Self::QuestionStopped { .. }
            | Self::WavePublished { .. } => Vec::new(),
            Self::Access(_) | Self::Setting(_) | Self::Mailing(_) | Self::Policy(_) | Self::Tried(_) | Self::Planned(_) => Vec::new(),
            Self::Register(deed) => deed.about(),
            Self::Roster(deed) => deed.about(),
            Self::Answers(deed) => deed.about(),
            Self::Privacy(deed) => deed.about(),
            Self::Review(deed) => deed.about(),
            Self::Coaching(deed) => deed.about(),
        }
    }

    /// Its word in the log, one of those of docs/api.md.
    pub fn what(&self) -> What {
        match self {
            Self::WaveMade { .. } => What::WaveMade,
            Self::WaveChanged { .. } => What::WaveChanged,
            Self::WaveRefreshed { .. } => What::WaveRefreshed,
            Self::WaveWithdrawn { .. } => What::WaveWithdrawn,
            Self::WaveSubmitted { .. } => What::WaveSubmitted,
            Self::WaveClosed {} => What::WaveClosed,
            Self::RowPut { kind: Kind::Board, .. } => What::BoardPut,
            Self::RowPut { kind: Kind::School, .. } => What::SchoolPut,
            Self::RowPut { kind: Kind::Coach, .. } => What::CoachPut,
            Self::RowPut { kind: Kind::Candidate, .. } => What::CandidatePut,
            Self::RegisterCompleted(_) => What::RegisterCompleted,
            Self::SeatsPut { .. } => What::SeatsPut,
            Self::SeatsRemoved { .. } => What::SeatsRemoved,
            Self::SeatsConfirmed { .. } => What::SeatsConfirmed,
            Self::RunAsked { .. } => What::RunAsked,
            Self::RunStopped {} => What::RunStopped,
            Self::QuestionStopped { .. } => What::QuestionStopped,
            Self::Decided { .. } => What::Decided,
            Self::DecisionWithdrawn { .. } => What::DecisionWithdrawn,
            Self::WavePublished { .. } => What::WavePublished,
            Self::BatchAsked { .. } => What::BatchAsked,
            Self::BatchAccepted { .. } => What::BatchAccepted,
            Self::BatchDeclined { .. } => What::BatchDeclined,
            Self::LateWithdrawn { .. } => What::LateWithdrawn,
            Self::DecisionLapsed { .. } => What::DecisionLapsed,
            Self::PersonForgotten { kind: Kind::Coach, .. } => What::CoachForgotten,
            Self::PersonForgotten { .. } => What::CandidateForgotten,
            Self::Answers(deed) => deed.what(),
            Self::Tried(deed) => deed.what(),
            Self::Roster(deed) => deed.what(),
            Self::Planned(deed) => deed.what(),
            Self::Access(deed) => deed.what(),
            Self::Setting(deed) => deed.what(),
            Self::Mailing(deed) => deed.what(),
            Self::Policy(deed) => deed.what(),
            Self::Register(deed) => deed.what(),
            Self::Privacy(deed) => deed.what(),
            Self::Review(deed) => deed.what(),
            Self::Coaching(deed) => deed.what(),
        }
    }
}
