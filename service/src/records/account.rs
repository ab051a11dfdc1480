//! Accounts: who may sign in, in which roles, and the tokens, sessions and links of an account. Secrets themselves are in none of them.

use loket_solver::matching::facts::words::words;
use serde::{Deserialize, Serialize};

use crate::access::Role;

/// A role that an account holds, and for whom: a board, a coach, or nobody in particular (empty).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Held {
    /// The role.
    #[serde(rename = "rol")]
    pub role: Role,
    /// The board or coach it is for.
    #[serde(rename = "van", default, skip_serializing_if = "String::is_empty")]
    pub of: String,
}

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// A pseudonym: what the log knows of it.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// Where links go; a script has none.
    pub address: Option<String>,
    /// What is kept of the password, when one was chosen.
    pub password: Option<String>,
    /// The second factor's secret, when there is one.
    pub factor: Option<Vec<u8>>,
    /// The last step of the second factor that was used.
    pub factor_step: i64,
    /// Roles, sorted.
    pub roles: Vec<Held>,
    /// When it was made (UTC, milliseconds).
    pub made: i64,
    /// When it ended.
    pub ended: Option<i64>,
    /// From 1.
    pub version: i64,
}

// Names, addresses and secrets stay out of whatever is printed for programmers.
impl std::fmt::Debug for Account {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Account")
            .field("id", &self.id)
            .field("roles", &self.roles)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Account {
    /// Whether it holds this role.
    pub fn holds(&self, role: Role) -> bool {
        self.roles.iter().any(|it| it.role == role)
    }

    /// Those it holds a role for: boards, or a coach.
    pub fn held_for(&self, role: Role) -> Vec<String> {
        self.roles.iter().filter(|it| it.role == role && !it.of.is_empty()).map(|it| it.of.clone()).collect()
    }
}

/// A token for programs, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// What it is called.
    pub name: String,
    /// The role it acts in.
    pub role: Role,
    /// When it was made.
    pub made: i64,
    /// Until when it holds.
    pub until: i64,
    /// When it was last used, to the minute.
    pub used: Option<i64>,
    /// When it was ended before its time.
    pub ended: Option<i64>,
}

/// A time that somebody signed in or out, or tried to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// When (UTC, milliseconds).
    pub at: i64,
    /// The word of the log.
    pub what: String,
    /// The account; for an address without one, a word by which tries are counted.
    pub subject: String,
}

/// Somebody who is signed in.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// The role it acts in.
    pub role: Role,
    /// What a form of it has to send along.
    pub form: String,
    /// When it began.
    pub began: i64,
    /// When it was last used.
    pub seen: i64,
    /// When it was ended.
    pub ended: Option<i64>,
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Signed").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

words! {
    /// What a link is for.
    pub enum LinkKind {
        /// To begin: choose a password.
        Uitnodiging = "uitnodiging",
        /// To choose another password.
        Wachtwoord = "wachtwoord",
    }
}

/// A link that can be used once, without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it is for.
    pub kind: LinkKind,
    /// Whose it is.
    pub account: String,
    /// Until when it holds.
    pub until: i64,
}

/// A link with which somebody begins, that was not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// When it was made (UTC, milliseconds).
    pub made: i64,
    /// Until when it holds.
    pub until: i64,
}
