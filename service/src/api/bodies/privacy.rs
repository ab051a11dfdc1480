//! Bodies about people's own data.

use super::body;
use super::shapes::{Day, ID, OneOf, OneWord, one_word};
use crate::records::privacy::Wish;

/// What somebody can ask.
const WISH: OneWord<Wish> = one_word();
/// Whose data it is about.
const PERSON: OneOf = OneOf(&["kandidaat", "coach"]);

body! {
    "Privacyverzoekinvoer"
    /// Een verzoek van iemand over de eigen gegevens
    NewRequest example { "soort": "inzage", "persoon_soort": "kandidaat", "persoon": "Z1" } {
        /// Wat er gevraagd is
        needs soort: Wish = WISH,
        /// Of het een kandidaat of een coach is
        needs persoon_soort: &'static str = PERSON,
        /// Het id (pseudoniem)
        needs persoon: String = ID,
        /// De dag waarop het verzoek binnenkwam; anders vandaag
        may gevraagd_op: String = Day,
    }
}

body! {
    "Beperkinginvoer"
    /// Leeg, of tot en met welke dag iemand buiten de indeling blijft
    NewRestriction {
        /// De laatste dag; zonder tot geldt zij tot zij wordt opgeheven
        may tot: String = Day,
    }
}
