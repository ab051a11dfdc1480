//! Addresses of the pages about multi-year plans and the funnel.

use super::paths::path;

/// Every plan.
pub const PLANNINGS: &str = "/meerjarenplan";
/// A new one.
pub const NEW_PLANNING: &str = "/meerjarenplan/nieuw";
/// A plan with its numbers.
pub const PLANNING: &str = "/meerjarenplan/{plan}";
/// Keeping other numbers.
pub const PLANNING_KEEP: &str = "/meerjarenplan/{plan}/bewaren";
/// Asking for a run.
pub const PLANNING_RUN: &str = "/meerjarenplan/{plan}/berekenen";
/// Stopping that.
pub const PLANNING_STOP: &str = "/meerjarenplan/{plan}/stoppen";
/// What a run came to.
pub const PLANNING_OUTCOME: &str = "/meerjarenplan/{plan}/berekeningen/{berekening}";
/// Taking its decisions over.
pub const PLANNING_TAKE: &str = "/meerjarenplan/{plan}/berekeningen/{berekening}/overnemen";
/// The file of a plan.
pub const PLANNING_FILE: &str = "/meerjarenplan/{plan}/bestand";
/// The same as a workbook.
pub const PLANNING_SHEETS: &str = "/meerjarenplan/{plan}/werkmap";
/// A workbook to begin with.
pub const PLANNING_TEMPLATE: &str = "/meerjarenplan/nieuw/sjabloon";
/// The report of what a run came to, as a workbook.
pub const PLANNING_BOOK: &str = "/meerjarenplan/{plan}/berekeningen/{berekening}/verslag";
/// Another version of the file.
pub const PLANNING_REPLACE: &str = "/meerjarenplan/{plan}/nieuwe-versie";
/// Taking it away.
pub const PLANNING_REMOVE: &str = "/meerjarenplan/{plan}/weghalen";

/// A plan.
pub fn planning(id: &str) -> String {
    path(&["meerjarenplan", id])
}

/// One of the pages of a plan: the last part of its address.
pub fn planning_at(id: &str, what: &str) -> String {
    path(&["meerjarenplan", id, what])
}

/// What a run came to.
pub fn planning_outcome(id: &str, run: &str) -> String {
    path(&["meerjarenplan", id, "berekeningen", run])
}

/// The report of what a run came to, as a workbook.
pub fn planning_book(id: &str, run: &str) -> String {
    path(&["meerjarenplan", id, "berekeningen", run, "verslag"])
}

/// Taking its decisions over.
pub fn planning_take(id: &str, run: &str) -> String {
    path(&["meerjarenplan", id, "berekeningen", run, "overnemen"])
}

/// The funnel against its targets.
pub const MONITOR: &str = "/meerjarenplan/monitor";
/// Numbers of a wave that are completed by hand.
pub const MONITOR_WAVE: &str = "/meerjarenplan/monitor/{halfjaar}";
/// Snapshots.
pub const SNAPSHOTS: &str = "/meerjarenplan/metingen";
/// Laying one down.
pub const SNAPSHOT_TAKE: &str = "/meerjarenplan/metingen/vastleggen";
/// A snapshot.
pub const SNAPSHOT: &str = "/meerjarenplan/metingen/{meting}";
/// Approving it.
pub const SNAPSHOT_APPROVE: &str = "/meerjarenplan/metingen/{meting}/goedkeuren";

/// Numbers of a wave that are completed by hand.
pub fn monitor_wave(id: &str) -> String {
    path(&["meerjarenplan", "monitor", id])
}

/// A snapshot.
pub fn snapshot(id: &str) -> String {
    path(&["meerjarenplan", "metingen", id])
}

/// Approving it.
pub fn snapshot_approve(id: &str) -> String {
    path(&["meerjarenplan", "metingen", id, "goedkeuren"])
}
