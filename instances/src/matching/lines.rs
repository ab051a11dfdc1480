//! Outcome files (`loket-uitkomst/1`): as plain data, made of a solve's outcome, written and strictly read.

use std::collections::BTreeMap;

use loket_solver::matching::facts::outcome::Verdict;
use serde_json::{Map, Value};

pub use crate::outcomes::lines::{GoalLine, NoticeLine, Technique, TechniqueLine};

/// The format's name with its version.
pub const FORMAT: &str = "loket-uitkomst/1";

/// A whole outcome file.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeFile {
    /// `lichting`: the wave's id.
    pub wave: String,
    /// `invoer_sha256`: hash of the wave file's bytes, hexadecimal.
    pub input_sha256: String,
    /// `status`.
    pub status: Verdict,
    /// `doelen`, in the order of the policy.
    pub goals: Vec<GoalLine>,
    /// `plaatsingen`, in the order of the wave's candidates.
    pub placements: Vec<PlacementLine>,
    /// `ongeplaatst`, in the order of the wave's candidates.
    pub unplaced: Vec<UnplacedLine>,
    /// `conflict`: locks that cannot stand together; only when the status is `onmogelijk`.
    pub conflict: Vec<ConflictLine>,
    /// `meldingen` of the wave file.
    pub notices: Vec<NoticeLine>,
    /// `kerncijfers`.
    pub figures: Figures,
    /// `beleid`: the full policy in file format.
    pub policy: Value,
    /// `techniek`.
    pub technique: TechniqueLine,
}

/// One placed candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacementLine {
    /// `kandidaat`.
    pub candidate: String,
    /// `school`.
    pub school: String,
    /// `plek`.
    pub seat: String,
    /// `bouw` of the seat group.
    pub bouw: String,
    /// `coach`.
    pub coach: String,
    /// `uren` of coaching.
    pub hours: i64,
    /// `reistijd` of the candidate, minutes.
    pub travel: i64,
    /// `coachreistijd`, minutes.
    pub coach_travel: i64,
    /// `punten`: every term that is not 0, in the order of docs/model.md.
    pub points: Vec<(String, i64)>,
}

/// One candidate who is not placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnplacedLine {
    /// `kandidaat`.
    pub candidate: String,
    /// `redenen`.
    pub reasons: Vec<ReasonLine>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReasonLine {
    /// `code`: a rule's code, `doel`, `geen-plek`, `geen-coach` or `niet-bewezen`.
    pub code: String,
    /// `gegevens`: named figures.
    pub data: BTreeMap<String, i64>,
    /// `tekst`: the Dutch sentence.
    pub text: String,
}

/// One lock that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictLine {
    /// `kandidaat`.
    pub candidate: String,
    /// `regels`: codes of the rules that the lock meets.
    pub rules: Vec<String>,
}

/// `kerncijfers`: counts of people unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// `kandidaten`.
    pub candidates: i64,
    /// `geplaatst`.
    pub placed: i64,
    /// `bouw_1e`: placed in the bouw of first choice.
    pub first_bouw: i64,
    /// `bouw_2e`.
    pub second_bouw: i64,
    /// `bouw_later`: every other placement.
    pub later_bouw: i64,
    /// `reistijd_gemiddeld`, minutes, rounded half up; 0 when nobody is placed.
    pub mean_travel: i64,
    /// `reistijd_hoogste`, minutes; 0 when nobody is placed.
    pub most_travel: i64,
    /// `kosten_cent`.
    pub cost_cents: i64,
    /// `gewijzigd`.
    pub changed: i64,
    /// `gedwongen`.
    pub forced: i64,
    /// Keys that this version adds (`minste_wijzigingen`) or that a file has beyond these.
    pub more: Map<String, Value>,
}

impl Figures {
    /// The fewest changes that the solve of its wave found possible, when its policy limits changes.
    pub fn least_changes(&self) -> Option<u32> {
        self.more.get("minste_wijzigingen").and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok())
    }
}
