//! What a multi-year plan's file has beside its horizon: display names and scenarios.

use std::collections::BTreeMap;

use loket_solver::planning::facts::horizon::Horizon;
use serde_json::Value;

/// The format's name with its version.
pub const FORMAT: &str = "loket-meerjarenplan/1";

/// What a display name is of: ids are unique within one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// A wave.
    Wave,
    /// A board.
    Board,
    /// A kind of coach.
    Kind,
    /// A line of cost or income.
    Line,
    /// A scenario.
    Scenario,
}

/// Display names by kind and id.
pub type Names = BTreeMap<(Named, String), String>;

/// A named set of changes, made.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its id.
    pub id: String,
    /// The horizon with its changes.
    pub horizon: Horizon,
    /// Its locks, as they stand in the file with its changes.
    pub locks: Vec<Value>,
}
