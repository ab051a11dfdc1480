//! Lanes in which work waits: each has its own worker, so that a heavy question never waits before a quick one.

use loket_solver::matching::facts::words::words;

words! {
    /// A lane.
    pub enum Lane {
        /// Whole waves.
        Runs = "berekeningen",
        /// Rosters and multi-year plans: they do not wait for waves.
        Rosters = "roosters",
        /// Questions about one person or one seat.
        Questions = "vragen",
        /// Questions about the whole wave: scarcity, stress.
        Heavy = "zware-vragen",
        /// Questions that nobody asked yet: worked out ahead when nothing else waits.
        Ahead = "vooraf",
    }
}
