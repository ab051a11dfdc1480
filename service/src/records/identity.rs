//! Who somebody is at an OpenID provider: issuer and subject together. An address is no identity: it may be another's tomorrow.

use super::account::Held;

/// What a provider says of somebody who signed in there.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// The provider.
    pub issuer: String,
    /// Who it is there; never another's.
    pub subject: String,
    /// A name to show.
    pub name: Option<String>,
    /// An address that the provider checked.
    pub address: Option<String>,
    /// Roles that follow from what it says, sorted, without doubles.
    pub roles: Vec<Held>,
}

impl std::fmt::Debug for Told {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Told").field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// An identity that has an account here.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: String,
    /// Roles that the provider said last.
    pub roles: Vec<Held>,
    /// When an administrator confirmed it; nothing while it waits for that.
    pub confirmed: Option<i64>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Identity").field("account", &self.account).field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}

/// An identity with its account, as an administrator sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Known {
    /// The provider.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The account.
    pub account: String,
    /// Roles that the provider said last.
    pub roles: Vec<Held>,
    /// When it first came (UTC, milliseconds).
    pub made: i64,
    /// When it was confirmed.
    pub confirmed: Option<i64>,
    /// By which account.
    pub by: Option<String>,
    /// Whose it is.
    pub name: String,
    /// The address for messages.
    pub address: Option<String>,
    /// The version of the account.
    pub version: i64,
}

impl std::fmt::Debug for Known {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Known").field("account", &self.account).field("confirmed", &self.confirmed).finish_non_exhaustive()
    }
}
