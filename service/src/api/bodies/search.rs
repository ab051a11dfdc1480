//! Bodies that ask for people: a name never stands in an address.

use super::body;
use super::shapes::{OneWord, Text, one_word};
use crate::records::register::Standing;

/// Where a candidate can stand.
const STANDING: OneWord<Standing> = one_word();

body! {
    "Kandidaatzoekvraag"
    /// Een deel van de naam van een kandidaat
    CandidateSearch example { "naam": "jansen" } {
        /// Een deel van de naam; hoofdletters en accenten tellen niet
        needs naam: String = Text(200),
        /// Alleen wie in deze toestand is
        may toestand: Standing = STANDING,
    }
}

body! {
    "Coachzoekvraag"
    /// Een deel van de naam van een coach
    CoachSearch example { "naam": "jansen" } {
        /// Een deel van de naam; hoofdletters en accenten tellen niet
        needs naam: String = Text(200),
    }
}
