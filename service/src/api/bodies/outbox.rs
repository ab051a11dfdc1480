//! Bodies about messages.

use super::body;
use super::shapes::OneOf;

/// Why a message came back, as people note it.
pub const BOUNCE: OneOf = OneOf(&["adres-onbekend", "postvak-vol", "geweigerd", "anders"]);

body! {
    "Terugbericht"
    /// Waarom een bericht terugkwam
    Bounce example { "reden": "adres-onbekend" } {
        /// De reden
        needs reden: &'static str = BOUNCE,
    }
}
