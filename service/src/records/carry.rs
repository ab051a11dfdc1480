//! Candidates without a place who go on to another wave: who went, who did not, and why.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// Why a candidate did not go on.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum StayReason {
        /// Stopped.
        Gestopt = "gestopt",
        /// Has a place meanwhile.
        Geplaatst = "geplaatst",
        /// Is not matched, at the person's own wish.
        Beperkt = "beperkt",
        /// Went to another wave before.
        AlOvergedragen = "al-overgedragen",
        /// Is in that wave already.
        DoetAlMee = "doet-al-mee",
        /// Is not in the register.
        Onbekend = "onbekend",
    }
}

/// Somebody who went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Went {
    /// Who.
    pub candidate: String,
    /// How many rounds were waited, that of the wave that was left among them.
    pub waited: i64,
}

/// Somebody who did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stayed {
    /// Who.
    pub candidate: String,
    /// Why.
    pub reason: StayReason,
    /// To which wave somebody went before.
    pub to: Option<String>,
}

/// What came of carrying candidates over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// To which wave; nothing when nobody went.
    pub to: Option<String>,
    /// Who went.
    pub went: Vec<Went>,
    /// Who did not.
    pub stayed: Vec<Stayed>,
}
