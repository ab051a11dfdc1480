//! What was done about accounts, and by whoever they are of.

use serde::Serialize;

use super::{Deed, What};
use crate::access::Role;
use crate::records::account::Held;

/// A deed about an account: the subject of its line.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Access<'a> {
    /// An account was made.
    AccountMade {
        /// In which roles, and for whom.
        #[serde(rename = "rollen")]
        roles: &'a [Held],
    },
    /// A link was made with which the holder of an account begins, or chooses another password.
    LinkMade {
        /// For which of the two.
        #[serde(rename = "soort")]
        kind: &'a str,
        /// Until when (UTC, milliseconds).
        #[serde(rename = "tot")]
        until: i64,
    },
    /// An account got other roles.
    RolesPut {
        /// What it had.
        was: Vec<Held>,
        /// What it has.
        #[serde(rename = "rollen")]
        roles: &'a [Held],
    },
    /// The name or the address of an account was corrected.
    AccountPut {
        /// Which of them; what they say is nobody's but the account's.
        #[serde(rename = "velden")]
        fields: &'a [&'a str],
    },
    /// An account ended.
    AccountEnded {},
    /// An account that was shut after wrong tries was opened.
    AccountUnlocked {},
    /// The second factor of somebody who lost it was taken away.
    FactorReset {},
    /// Somebody took a second factor into use.
    FactorPut {},
    /// Somebody chose a password, with a link or with the one there was.
    PasswordChosen {},
    /// A token was made.
    TokenMade {
        /// Its id.
        #[serde(rename = "sleutel")]
        token: &'a str,
        /// The role it acts in.
        #[serde(rename = "rol")]
        role: Role,
        /// Until when (UTC, milliseconds).
        #[serde(rename = "tot")]
        until: i64,
    },
    /// A token was ended.
    TokenEnded {
        /// Its id.
        #[serde(rename = "sleutel")]
        token: &'a str,
    },
    /// Somebody signed in.
    SignedIn {
        /// In which role.
        #[serde(rename = "rol")]
        role: Role,
    },
    /// Somebody tried to sign in and could not.
    SignInFailed {},
    /// Somebody signed out.
    SignedOut {},
    /// Somebody ended own sessions from another one.
    SessionsEnded {
        /// How many.
        #[serde(rename = "sessies")]
        count: u64,
    },
    /// Somebody who forgot a password asked for a link.
    LinkAsked {},
    /// An identity of a provider was confirmed.
    IdentityConfirmed {
        /// In which roles.
        #[serde(rename = "rollen")]
        roles: &'a [Held],
    },
}

impl Access<'_> {
    /// Its word in the log.
    pub fn what(&self) -> What {
        match self {
            Self::AccountMade { .. } => What::AccountMade,
            Self::LinkMade { .. } => What::LinkMade,
            Self::RolesPut { .. } => What::RolesPut,
            Self::AccountPut { .. } => What::AccountPut,
            Self::AccountEnded {} => What::AccountEnded,
            Self::AccountUnlocked {} => What::AccountUnlocked,
            Self::FactorReset {} => What::FactorReset,
            Self::FactorPut {} => What::FactorPut,
            Self::PasswordChosen {} => What::PasswordChosen,
            Self::TokenMade { .. } => What::TokenMade,
            Self::TokenEnded { .. } => What::TokenEnded,
            Self::SignedIn { .. } => What::SignedIn,
            Self::SignInFailed {} => What::SignInFailed,
            Self::SignedOut {} => What::SignedOut,
            Self::SessionsEnded { .. } => What::SessionsEnded,
            Self::LinkAsked {} => What::LinkAsked,
            Self::IdentityConfirmed { .. } => What::IdentityConfirmed,
        }
    }
}

impl<'a> From<Access<'a>> for Deed<'a> {
    fn from(deed: Access<'a>) -> Self {
        Self::Access(deed)
    }
}
