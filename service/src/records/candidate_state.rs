//! Where a candidate of the register is.

use loket_solver::matching::facts::words::Word;

/// Where a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateState {
    /// Waits for a place.
    Waits,
    /// Has a published placement.
    Placed,
    /// Takes no part any more.
    Stopped,
}

impl Word for CandidateState {
    const ALL: &'static [Self] = &[Self::Waits, Self::Placed, Self::Stopped];
    fn code(self) -> &'static str {
        match self {
            Self::Waits => "wacht",
            Self::Placed => "geplaatst",
            Self::Stopped => "gestopt",
        }
    }
}
