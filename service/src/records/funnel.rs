//! The funnel as it is kept: where people are, numbers that are completed by hand, and snapshots.

use super::stage::{Stage, StopReason};

/// A stage that somebody entered, for counting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Which.
    pub stage: Stage,
    /// Its first day; unknown for what was kept before stages were.
    pub from: Option<String>,
    /// Why somebody stopped.
    pub reason: Option<StopReason>,
}

/// A number of a wave that is completed by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// Of which wave.
    pub wave: String,
    /// A stage of the monitor, or `antwoorden` or `som_tienden`.
    pub what: String,
    /// The number.
    pub number: i64,
}

/// A snapshot of the funnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its id.
    pub id: String,
    /// The day that it is about.
    pub day: String,
    /// The counts: `loket-trechter/1`.
    pub file: String,
    /// Hash of that.
    pub hash: String,
    /// The multi-year plan that counted then, with its version.
    pub plan: Option<(String, i64)>,
    /// The snapshot that it corrects.
    pub corrects: Option<String>,
    /// What was said with it.
    pub note: String,
    /// UTC milliseconds.
    pub at: i64,
    /// Who laid it down.
    pub by: String,
    /// When it was approved, UTC milliseconds, and by whom.
    pub approved: Option<(i64, String)>,
}
