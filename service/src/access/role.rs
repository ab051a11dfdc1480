//! The roles: what somebody may do follows from the role they act in, never from who they are.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What somebody may do. An account may hold several; it acts in one at a time.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Role {
        /// Accounts, settings, policies, the log and figures; no names of candidates.
        Beheerder = "beheerder",
        /// Every wave and the whole register, with names.
        Intermediair = "intermediair",
        /// The schools and seats of one or more boards.
        Bestuur = "bestuur",
        /// The coach's own candidates.
        Coach = "coach",
        /// Figures without names.
        Lezer = "lezer",
        /// Whoever has a personal link to one question; no account holds it.
        Link = "link",
        /// A command on the machine itself; no account holds it.
        Systeem = "systeem",
    }
}

impl Role {
    /// The roles that an account can hold.
    pub const HELD: &'static [Self] = &[Self::Beheerder, Self::Intermediair, Self::Bestuur, Self::Coach, Self::Lezer];

    /// Whether somebody holds it for boards or for a coach, and not as such.
    pub fn is_for_somebody(self) -> bool {
        matches!(self, Self::Bestuur | Self::Coach)
    }
}
