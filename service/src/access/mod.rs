//! Who asks, in which role, and whose rows that lets them touch. Only here is a scope made; every query that takes one can be sure of it.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Works with every wave and the whole register.
    Intermediair,
    /// A command on the machine itself.
    Systeem,
}

/// Whose rows a query may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope(Reach);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reach {
    Everything,
    Board(String),
}

impl Scope {
    /// The board that rows must belong to; `None` for any.
    pub fn board(&self) -> Option<&str> {
        match &self.0 {
            Reach::Everything => None,
            Reach::Board(id) => Some(id),
        }
    }

    /// What of this scope is one board's; nothing when that is another's board.
    pub fn of_board(&self, id: &str) -> Option<Self> {
        match &self.0 {
            Reach::Board(own) if own != id => None,
            _ => Some(Self(Reach::Board(id.to_owned()))),
        }
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    who: String,
    role: Role,
    scope: Scope,
}

impl Caller {
    /// The caller with this token, if there is one. Digests have one length, so that the comparison tells nothing about the token.
    pub fn with_token(given: &str, token: &str) -> Option<Self> {
        let same = bool::from(Sha256::digest(given).ct_eq(&Sha256::digest(token)));
        same.then(|| Self { who: "intermediair".into(), role: Role::Intermediair, scope: Scope(Reach::Everything) })
    }

    /// A command on the machine itself, under its own name.
    pub fn machine(command: &str) -> Self {
        Self { who: command.into(), role: Role::Systeem, scope: Scope(Reach::Everything) }
    }

    /// A pseudonym for the log.
    pub fn who(&self) -> &str {
        &self.who
    }

    /// What the caller may do.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whose rows the caller may touch.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_gets_smaller_and_never_another() {
        let all = Caller::machine("restore").scope().clone();
        let board = all.of_board("B1").unwrap();
        assert_eq!((all.board(), board.board()), (None, Some("B1")));
        assert_eq!(board.of_board("B1").as_ref(), Some(&board));
        assert_eq!(board.of_board("B2"), None);
    }

    #[test]
    fn only_the_token_itself_makes_a_caller() {
        assert_eq!(Caller::with_token("geheim", "geheim").map(|it| it.role()), Some(Role::Intermediair));
        assert_eq!(Caller::with_token("geheim ", "geheim"), None);
        assert_eq!(Caller::with_token("", "geheim"), None);
    }
}
