//! For whom something is shown: what a view may hold follows from it.

use loket_solver::ids::{BoardId, CandidateId};

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The intermediary sees everything, by id.
    Intermediary,
    /// A board sees counts and its own schools.
    Board(BoardId),
    /// A candidate sees the own data and nobody else's.
    Candidate(CandidateId),
}
