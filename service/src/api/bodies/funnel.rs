//! Bodies of the funnel: numbers completed by hand, and snapshots.

use super::body;
use super::shapes::{Day, ID, List, Nested, Number, Text, nested};

body! {
    "Trechtergetal"
    /// Een aantal van een lichting
    CompletedNumber {
        /// Een stap van de monitor (docs/planning.md), antwoorden of som_tienden
        needs wat: String = Text(40),
        /// Hoeveel; weggelaten neemt het terug
        may aantal: i64 = Number(0, 100_000),
    }
}

const NUMBER: Nested<CompletedNumber> = nested::<CompletedNumber>();

body! {
    "Trechteraanvulling"
    /// Aantallen die de dienst niet kan weten
    Completion example { "aantallen": [{ "wat": "inductie", "aantal": 40 }] } {
        /// Elk aantal
        needs aantallen: Vec<CompletedNumber> = List(NUMBER, 20),
    }
}

body! {
    "Metingwens"
    /// Over welke dag de meting gaat
    SnapshotWish example { "peildatum": "2026-11-01" } {
        /// De dag; vandaag of eerder
        needs peildatum: String = Day,
        /// De meting die deze verbetert
        may verbetert: String = ID,
        /// Wat erbij gezegd wordt
        may toelichting: String = Text(500),
    }
}
