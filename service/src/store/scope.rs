//! Whose rows a query may touch: every query about boards and their schools takes a scope, so that none can forget it.

/// Whose rows a query may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's: the intermediary.
    All,
    /// Those of one board. What belongs to another board is not there at all.
    Board(String),
}

impl Scope {
    /// The board that rows must belong to; `None` for any.
    pub fn board(&self) -> Option<&str> {
        match self {
            Self::All => None,
            Self::Board(id) => Some(id),
        }
    }
}
