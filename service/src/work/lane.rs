//! Lanes in which work waits: each has its own worker, so that a heavy question never waits before a quick one.

use loket_solver::matching::facts::words::Word;

/// A lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Whole waves.
    Runs,
    /// Questions about one person or one seat.
    Questions,
    /// Questions about the whole wave: scarcity, stress.
    Heavy,
}

impl Word for Lane {
    const ALL: &'static [Self] = &[Self::Runs, Self::Questions, Self::Heavy];

    fn code(self) -> &'static str {
        match self {
            Self::Runs => "berekeningen",
            Self::Questions => "vragen",
            Self::Heavy => "zware-vragen",
        }
    }
}
