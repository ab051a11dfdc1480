//! Lanes in which work waits: each has its own worker, so that a heavy question never waits before a quick one.

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

impl Lane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Runs, Self::Questions, Self::Heavy];

    /// As it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::Runs => "berekeningen",
            Self::Questions => "vragen",
            Self::Heavy => "zware-vragen",
        }
    }
}
