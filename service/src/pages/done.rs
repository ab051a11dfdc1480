//! What a page says after something was done: "Bewaard: …". It goes with the browser as one word, and is said once.

use axum::http::{HeaderMap, HeaderValue};
use loket_solver::matching::facts::words::{Word, words};

use super::messages::Messages;
use crate::serve::cookie;

/// The cookie in which it goes along.
pub const COOKIE: &str = "__Host-loket-gedaan";

words! {
    /// What was done.
    pub enum Done {
        /// Signed out.
        SignedOut = "afgemeld",
        /// A password was chosen.
        PasswordChosen = "wachtwoord",
        /// Acting in another role.
        OtherRole = "rol",
        /// Other sessions ended.
        SessionsEnded = "sessies",
        /// A second factor counts from now on.
        FactorPut = "factor",
    }
}

impl Done {
    /// What is said of it.
    pub fn says(self, m: Messages) -> &'static str {
        match self {
            Self::SignedOut => m.entrance.signed_out(),
            Self::PasswordChosen => m.entrance.password_chosen(),
            Self::OtherRole => m.entrance.other_role(),
            Self::SessionsEnded => m.entrance.sessions_ended(),
            Self::FactorPut => m.entrance.factor_put(),
        }
    }

    /// As the browser takes it along.
    pub fn cookie(self) -> HeaderValue {
        cookie::set(COOKIE, self.code())
    }
}

/// What was done just before, as the browser brought it.
pub fn brought(headers: &HeaderMap) -> Option<Done> {
    cookie::of(headers, COOKIE).and_then(Done::parse)
}
