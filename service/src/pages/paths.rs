//! Where every page is: an address is written here and nowhere else.

use crate::records::address::segment;

/// Where each role begins.
pub const HOME: &str = "/";
/// Signing in.
pub const SIGN_IN: &str = "/aanmelden";
/// Signing out.
pub const SIGN_OUT: &str = "/afmelden";
/// A password that was forgotten.
pub const FORGOT: &str = "/wachtwoord-vergeten";
/// A one-time link with which a password is chosen.
pub const LINK: &str = "/welkom";
/// The pages in another language.
pub const LANGUAGE: &str = "/taal/{taal}";
/// Acting in another role.
pub const ROLE: &str = "/rol";
/// The start of an intermediary.
pub const START: &str = "/start";
/// The own account.
pub const OWN: &str = "/ik";
/// Where style, script and logo are.
pub const STATIC: &str = "/static/{name}";

/// The address of these parts.
fn path(parts: &[&str]) -> String {
    parts.iter().fold(String::new(), |text, part| format!("{text}/{}", segment(part)))
}

/// Style, script or logo by its name.
pub fn file(name: &str) -> String {
    path(&["static", name])
}

/// The pages in this language.
pub fn language(code: &str) -> String {
    path(&["taal", code])
}
