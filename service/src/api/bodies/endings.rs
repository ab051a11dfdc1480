//! Bodies that end a row of the register, or say where a candidate is.

use super::body;
use super::shapes::{Day, Flag, ID, one_word};
use crate::records::history::EndReason;
use crate::records::stage::{Stage, StopReason};

body! {
    "Einde"
    /// Vanaf wanneer iets er niet meer is, en waarom
    End example { "vanaf": "2027-08-01", "reden": "doet-niet-mee" } {
        /// De eerste dag waarop het er niet meer is
        needs vanaf: String = Day,
        /// Waarom
        needs reden: EndReason = one_word::<EndReason>(),
        /// Wat ongewoon is, of waar nog plaatsingen bij staan, is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "Kandidaateinde"
    /// Vanaf wanneer een kandidaat gestopt is, en waarom
    Stop example { "vanaf": "2027-01-01", "reden": "eigen-keuze" } {
        /// De eerste dag waarop de kandidaat niet meer meedoet
        needs vanaf: String = Day,
        /// Waarom
        needs reden: StopReason = one_word::<StopReason>(),
        /// Wat ongewoon is, of waar nog plaatsingen bij staan, is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "Fasekeuze"
    /// Waar een kandidaat nu is
    NewStage example { "fase": "intake", "van": "2026-09-01" } {
        /// De fase
        needs fase: Stage = one_word::<Stage>(),
        /// De eerste dag daarvan
        needs van: String = Day,
        /// Bij gestopt: waarom
        may reden: StopReason = one_word::<StopReason>(),
        /// Wat ongewoon is, of waar nog plaatsingen bij staan, is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "Schooljaardagen"
    /// Wanneer een schooljaar begint en eindigt
    YearDays example { "van": "2027-08-01", "tot": "2028-07-31" } {
        /// Het id, zoals in het adres
        may id: String = ID,
        /// De eerste dag: de eerste van een maand
        needs van: String = Day,
        /// De laatste dag: de laatste van een maand
        needs tot: String = Day,
        /// Dat uren van plaatsingen dan anders verdeeld worden, is zo bedoeld
        may bevestigd: bool = Flag,
    }
}
