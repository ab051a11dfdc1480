//! Earlier versions of rows of the register, and what still stands with a row that is to end.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};
use serde_json::Value;

words! {
    /// Why a board, school or coach ends.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum EndReason {
        /// Takes part no longer.
        DoetNietMee = "doet-niet-mee",
        /// Goes on as a part of another.
        Fusie = "fusie",
        /// Closes.
        Sluiting = "sluiting",
        /// Does not meet the standard for training.
        Kwaliteit = "kwaliteit",
        /// A contract ended.
        EindeContract = "einde-contract",
        /// Found other work.
        AnderWerk = "ander-werk",
        /// Was in the register twice.
        Dubbel = "dubbel",
        /// Something else.
        Anders = "anders",
    }
}

/// One version of a row of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// When it was made, UTC milliseconds; unknown for one of before versions were kept.
    pub at: Option<i64>,
    /// Who made it; unknown for one of before versions were kept.
    pub who: Option<String>,
    /// What it was before; nothing for the first one that is known.
    pub was: Option<Value>,
    /// What it became, without names.
    pub now: Value,
}

/// What stands with a row in a wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    /// The wave.
    pub wave: String,
    /// Whether it was published; else it is proposed.
    pub published: bool,
    /// How many placements.
    pub count: i64,
}
