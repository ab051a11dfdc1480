//! Bodies of the funnel: numbers completed by hand, and snapshots.

use super::body;
use super::shapes::{Day, ID, List, Nested, Number, OneOf, Text, nested};

/// What can be completed: the stages of the monitor, and what is said of satisfaction.
pub const WHAT: OneOf = OneOf(&[
    "aangemeld",
    "intake",
    "voortraject",
    "assessment",
    "opleiding",
    "jaar2",
    "diploma",
    "diploma_later",
    "inductie",
    "blijft1",
    "blijft2",
    "blijft3",
    "blijft4",
    "blijft5",
    "antwoorden",
    "som_tienden",
]);

body! {
    "Trechtergetal"
    /// Een aantal van een lichting
    CompletedNumber {
        /// Een stap van de monitor (docs/planning.md), antwoorden of som_tienden
        needs wat: &'static str = WHAT,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::funnel::ANSWERS;
    use loket_instances::planning::monitor::codes::Stage;
    use loket_solver::common::words::Word;

    #[test]
    fn every_number_of_the_monitor_can_be_completed() {
        let all: Vec<&str> = Stage::ALL.iter().map(|it| it.code()).chain(ANSWERS).collect();
        assert_eq!(WHAT.0, all);
    }
}
