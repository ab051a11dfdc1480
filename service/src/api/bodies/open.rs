//! Body of taking open data over.

use super::body;
use super::shapes::{Day, Flag, one_word};
use crate::records::history::EndReason;

body! {
    "Openovername"
    /// Wat er gebeurt met scholen die niet meer in het bestand staan: zonder vanaf blijven zij zoals ze zijn
    TakeOver example { "vanaf": "2027-08-01", "reden": "sluiting" } {
        /// De eerste dag waarop scholen die verdwenen zijn er niet meer zijn
        may vanaf: String = Day,
        /// Waarom zij er niet meer zijn; anders sluiting
        may reden: EndReason = one_word::<EndReason>(),
        /// Een ongewone dag is zo bedoeld
        may bevestigd: bool = Flag,
    }
}
