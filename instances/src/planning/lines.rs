//! Outcome files of multi-year plans (`loket-meerjarenplan-uitkomst/1`) as plain data.

use loket_solver::common::words::Verdict;
use loket_solver::planning::facts::funnel::Counts;
use serde_json::Value;

pub use crate::outcomes::lines::{GoalLine, NoticeLine, Technique, TechniqueLine};

/// The format's name with its version.
pub const FORMAT: &str = "loket-meerjarenplan-uitkomst/1";

/// A whole outcome file.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeFile {
    /// `plan`: the plan's id.
    pub plan: String,
    /// `invoer_sha256`: hash of the plan file's bytes, hexadecimal.
    pub input_sha256: String,
    /// `status`.
    pub status: Verdict,
    /// `doelen`, in the order of the policy.
    pub goals: Vec<GoalLine>,
    /// `instroom` up to `na_horizon`; of an impossible plan only when locks fix every decision.
    pub figures: Option<Figures>,
    /// `schendingen`: the rules that locked numbers break; only with figures of an impossible plan.
    pub breaches: Vec<BreachLine>,
    /// `conflict`: locks that cannot stand together; only when the status is `onmogelijk`.
    pub conflict: Vec<ConflictLine>,
    /// `scenarios`, when they were asked for.
    pub scenarios: Option<Vec<ScenarioLine>>,
    /// `gevoeligheid`, when it was asked for.
    pub sensitivity: Option<Vec<SensitivityLine>>,
    /// `meldingen` of the plan file.
    pub notices: Vec<NoticeLine>,
    /// `beleid`: the full policy in file format.
    pub policy: Value,
    /// `techniek`.
    pub technique: TechniqueLine,
}

/// A plan with what it adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// `instroom`: only where somebody starts.
    pub seated: Vec<SeatedLine>,
    /// `begeleiding`, by wave and kind.
    pub guided: Vec<GuidedLine>,
    /// `pool`, by year and kind.
    pub pool: Vec<PoolLine>,
    /// `geld`, by year.
    pub money: Vec<MoneyLine>,
    /// `na_horizon`, by year; a year in which nothing is left is absent.
    pub after: Vec<AfterLine>,
}

/// Who starts in a wave at a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatedLine {
    /// `lichting`.
    pub wave: String,
    /// `bestuur`.
    pub board: String,
    /// `gestart`.
    pub started: i64,
}

/// Who of a wave is guided by a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuidedLine {
    /// `lichting`.
    pub wave: String,
    /// `coachsoort`.
    pub kind: String,
    /// `aantal`.
    pub number: i64,
    /// `tellingen`.
    pub counts: Counts,
}

/// The coaches of a kind in a year against what is asked of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolLine {
    /// `jaar`.
    pub year: String,
    /// `coachsoort`.
    pub kind: String,
    /// `aanname`.
    pub hired: i64,
    /// `pool`.
    pub pool: i64,
    /// `uren_nodig`.
    pub hours_needed: i64,
    /// `uren_ruimte`.
    pub hours_room: i64,
    /// `ratio_nodig`: people who count for the number per coach.
    pub ratio_needed: i64,
    /// `ratio_ruimte`.
    pub ratio_room: i64,
    /// `over`: coaches that could be missed; below 0 of locked numbers with too few.
    pub spare: i64,
}

/// The money of a year, cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyLine {
    /// `jaar`.
    pub year: String,
    /// `posten` by id; what is 0 is left out.
    pub costs: Vec<(String, i64)>,
    /// `inkomsten` by id; what is 0 is left out.
    pub incomes: Vec<(String, i64)>,
    /// `kosten_cent`.
    pub cost: i64,
    /// `inkomsten_cent`.
    pub income: i64,
    /// `ruimte_cumulatief_cent`: income − cost of all years so far, without advance.
    pub room: i64,
}

/// What running waves still cause in a year after the horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterLine {
    /// `jaar`: 1 is the first year after the horizon.
    pub year: i64,
    /// `uren` by kind that serves.
    pub hours: Vec<(String, i64)>,
    /// `posten` by id, cents.
    pub costs: Vec<(String, i64)>,
}

/// A rule that locked numbers break; what is not to the point is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreachLine {
    /// `regel`.
    pub rule: String,
    /// `lichting`.
    pub wave: Option<String>,
    /// `bestuur`.
    pub board: Option<String>,
    /// `coachsoort`.
    pub kind: Option<String>,
    /// `jaar`.
    pub year: Option<String>,
    /// `maand`.
    pub month: Option<String>,
    /// `gebruikt`.
    pub used: i64,
    /// `hoogstens`.
    pub limit: i64,
}

/// A lock of the set that cannot stand.
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictLine {
    /// The lock as it stands in the file.
    pub lock: Value,
    /// `regels`.
    pub rules: Vec<String>,
}

/// What a scenario comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioLine {
    /// `id`.
    pub id: String,
    /// `status`.
    pub status: Verdict,
    /// `doelen`.
    pub goals: Vec<GoalLine>,
    /// As of the plan itself.
    pub figures: Option<Figures>,
    /// `conflict`.
    pub conflict: Vec<ConflictLine>,
}

/// A difference of a goal's best value: what it is, or what it lies between, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Proven.
    Is(i64),
    /// Between these two.
    Between(i64, i64),
    /// An earlier goal is not proven.
    Unknown,
}

/// What one more or one less of something changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SensitivityLine {
    /// `wijziging`: the place in the file with every default written out.
    pub change: String,
    /// `met`: 1 or −1.
    pub by: i64,
    /// `verschil` by goal; absent without a plan.
    pub differences: Option<Vec<(String, Difference)>>,
    /// `status`, when there is no plan.
    pub status: Option<Verdict>,
    /// `bewezen`.
    pub proven: bool,
}
