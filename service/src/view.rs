//! For whom something is shown: what a view may hold follows from it.

use loket_solver::matching::facts::ids::{BoardId, CandidateId};
use loket_solver::matching::facts::wave::Wave;

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

impl View {
    /// "intermediair", "bestuur:B1" or "kandidaat:Z1"; nothing else, and nobody that the wave does not have.
    pub fn parse(text: &str, wave: &Wave) -> Option<View> {
        match text.split_once(':') {
            None => (text == "intermediair").then_some(View::Intermediary),
            Some(("bestuur", id)) => wave.boards.pairs().find(|(_, it)| it.id == id).map(|(board, _)| View::Board(board)),
            Some(("kandidaat", id)) => wave.candidates.pairs().find(|(_, it)| it.id == id).map(|(candidate, _)| View::Candidate(candidate)),
            Some(_) => None,
        }
    }
}
