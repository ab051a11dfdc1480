//! Bodies about who or what drops out or comes late, and about accepting the reruns of that.

use loket_instances::matching::row::{Kind, Row};
use loket_instances::matching::rows::CandidateRow;
use loket_instances::strict::fields::At;
use serde_json::{Value, json};

use super::body;
use super::register::{candidate_row, checked, own_id};
use super::shapes::{Day, Flag, ID, List, Number, Shape, nested};

body! {
    "Uitval"
    /// Leeg, of vanaf welke dag
    Gone {
        /// De eerste dag; anders vandaag
        may vanaf: String = Day,
        /// Een dag die ver weg ligt is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "Plekkenuitval"
    /// Leeg, of vanaf welke dag en hoeveel plekken er vervallen
    SeatsGone {
        /// De eerste dag; anders vandaag
        may vanaf: String = Day,
        /// Een dag die ver weg ligt is zo bedoeld
        may bevestigd: bool = Flag,
        /// Hoeveel plekken; anders één
        may aantal: i64 = Number(1, 100_000),
    }
}

body! {
    "Nakomer"
    /// Een kandidaat zoals in de lichting
    Late sized Row {
        /// De eerste dag; anders vandaag
        may vanaf: String = Day,
        /// Een dag die ver weg ligt is zo bedoeld
        may bevestigd: bool = Flag,
        /// De kandidaat, met een id
        needs kandidaat: CandidateRow = Newcomer,
    }
}

body! {
    "Ruilnemer"
    /// Wie welke plaats krijgt
    Takes {
        /// De kandidaat
        needs kandidaat: String = ID,
        /// De school
        needs school: String = ID,
        /// De plekkengroep op die school
        needs plek: String = ID,
        /// De coach
        needs coach: String = ID,
    }
}

body! {
    "Ruilinvoer"
    /// Wie er van plaats ruilen: elk krijgt de plaats van een ander van deze mensen, zoals het antwoord op een vraag naar de ruil zegt
    Exchange sized Row {
        /// Twee mensen of meer
        needs mensen: Vec<Takes> = List(nested::<Takes>(), 1_000),
    }
}

body! {
    "Aanvaarding"
    /// Leeg, of van welke lichtingen het voorstel aanvaard wordt; zonder lijst: van alle
    Accepted sized Row {
        /// Lichtingen van deze herberekening
        may lichtingen: Vec<String> = List(ID, 10_000),
    }
}

/// A candidate's row with an id.
#[derive(Clone, Copy, Debug)]
struct Newcomer;

impl Shape for Newcomer {
    type Value = CandidateRow;

    fn read(&self, at: &At<'_>) -> Option<CandidateRow> {
        if own_id(at).is_none() {
            at.refuse("ontbreekt", "hier hoort een kandidaat met een id", "geef de kandidaat zoals in een lichtingbestand");
        }
        match checked(at, Kind::Candidate, &[])? {
            Row::Candidate(row) => Some(row),
            Row::Board(_) | Row::School(_) | Row::Coach(_) | Row::Seats(_) => None,
        }
    }

    fn schema(&self) -> Value {
        let mut row = candidate_row();
        row["title"] = json!("Nieuwekandidaat");
        row
    }
}
