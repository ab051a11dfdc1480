//! Bodies about the round of boards, and about the seats of many groups at once.

use super::body;
use super::capacity::SeatsRow;
use super::shapes::{Day, ID, List, nested};

body! {
    "Opvraaginvoer"
    /// Tot en met welke dag besturen hun plekken kunnen bevestigen
    Round example { "uiterlijk": "2026-12-18" } {
        /// De laatste dag
        needs uiterlijk: String = Day,
    }
}

body! {
    "Herinneringinvoer"
    /// Welke besturen herinnerd worden; zonder besturen allemaal die nog niet bevestigd hebben
    Remind example { } {
        /// Deze besturen
        may besturen: Vec<String> = List(ID, 1_000),
    }
}

body! {
    "Plekkenlijst"
    /// De plekken van veel groepen in één keer: alles gaat in, of niets. Elke rij noemt school, plek en van
    ManySeats sized Row example { "plekken": [{ "school": "S1", "plek": "onderbouw", "bouw": "onderbouw", "aantal": 2, "van": "2027-08-01", "tot": "2028-07-31" }] } {
        /// De plekken
        needs plekken: Vec<SeatsRow> = List(nested::<SeatsRow>(), 1_000),
    }
}
