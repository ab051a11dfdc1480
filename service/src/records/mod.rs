//! Typed rows and word lists as people of the service know them.

pub mod candidate_state;
pub mod decision;
pub mod proposal_state;

use loket_solver::matching::facts::words::Word;

/// Every code of a word list.
pub fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.code()).collect()
}
