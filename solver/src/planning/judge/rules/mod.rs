//! Every hard rule, one file each, in one literal list in the order of docs/planning.md.
//!
//! A rule looks only at horizon, plan and what the plan adds up to; it knows no model.

pub mod aanmeldingen;
pub mod aanname;
pub mod budget;
pub mod coach_ratio;
pub mod coach_uren;
pub mod doel;
pub mod extern_aandeel;
pub mod plekken;
pub mod vast;

use crate::planning::facts::horizon::Horizon;
use crate::planning::facts::ids::{BoardId, KindId, WaveId, YearId};
use crate::planning::facts::plan::Plan;
use crate::planning::judge::tally::Tally;

pub use crate::planning::facts::codes::RuleCode;

/// A rule under one code.
pub struct Rule {
    /// Which rule.
    pub code: RuleCode,
    /// One Dutch sentence for people: what holds.
    pub says: &'static str,
    /// Every breach of it.
    pub judge: fn(&Horizon, &Plan, &Tally) -> Vec<Breach>,
}

/// A breach of a rule by a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// Which rule.
    pub rule: RuleCode,
    /// Where.
    pub place: Place,
    /// What the plan takes: people, coaches, hours or cents.
    pub used: i128,
    /// What it may take at most, or of a lock exactly.
    pub limit: i128,
}

/// Where a rule is broken; what is not to the point is absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// In a wave.
    pub wave: Option<WaveId>,
    /// At a board.
    pub board: Option<BoardId>,
    /// With a kind of coach.
    pub kind: Option<KindId>,
    /// In a year.
    pub year: Option<YearId>,
    /// In a month, counted from the first.
    pub month: Option<usize>,
    /// By a lock, its position among them.
    pub lock: Option<usize>,
}

/// Every rule.
pub const RULES: &[Rule] = &[
    doel::RULE,
    aanmeldingen::RULE,
    plekken::RULE,
    coach_ratio::RULE,
    coach_uren::RULE,
    extern_aandeel::RULE,
    aanname::RULE,
    budget::RULE,
    vast::RULE,
];

/// A breach where more is used than may be.
fn over(rule: RuleCode, place: Place, used: impl Into<i128>, limit: impl Into<i128>) -> Option<Breach> {
    let (used, limit) = (used.into(), limit.into());
    (used > limit).then_some(Breach { rule, place, used, limit })
}
