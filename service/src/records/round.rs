//! The round in which boards confirm their seats for the period of a wave.

use serde::{Deserialize, Serialize};

/// Boards are asked to confirm their seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// For which wave.
    pub wave: String,
    /// The last day, yyyy-mm-dd.
    pub by: String,
    /// When it was asked (UTC, milliseconds): what was confirmed before does not count.
    pub asked: i64,
    /// From 1.
    pub version: i64,
}

/// How far a board is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The board.
    pub board: String,
    /// How many rows of seats it has in the period of the wave.
    pub rows: i64,
    /// How many of these nobody confirmed since the round was asked.
    pub open: i64,
    /// When all of its seats, or that it has none, were confirmed at once.
    pub at_once: Option<i64>,
    /// When a row of seats was confirmed last.
    pub last: Option<i64>,
    /// Whether the intermediary confirmed some of it for the board.
    pub for_it: bool,
    /// When it was reminded last.
    pub reminded: Option<i64>,
    /// How often it was reminded.
    pub reminders: i64,
}

impl Standing {
    /// Whether all seats of the period are confirmed since the round was asked; of a board without seats, whether it said that.
    pub fn confirmed(&self) -> bool {
        self.open == 0 && (self.rows > 0 || self.at_once.is_some())
    }

    /// When that was.
    pub fn when(&self) -> Option<i64> {
        self.last.max(self.at_once).filter(|_| self.confirmed())
    }
}

/// Which boards were reminded, and which were not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Those that were.
    pub boards: Vec<String>,
    /// Those that confirmed already.
    pub confirmed: Vec<String>,
    /// Those that were reminded earlier today.
    pub today: Vec<String>,
}

impl Round {
    /// No round: for a refusal that never comes with one.
    pub fn none() -> Self {
        Self { wave: String::new(), by: String::new(), asked: 0, version: 0 }
    }
}
