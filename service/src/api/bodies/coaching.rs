//! Bodies of a coach's desk, and about somebody or something that falls out.

use loket_instances::strict::fields::{At, Fields};
use serde_json::{Value, json};

use super::body;
use super::shapes::{Day, Flag, ID, List, OneWord, Shape, nested, one_word};
use crate::records::report::{NotNeeded, ReportReason};

body! {
    "VrijePeriode"
    /// Dagen waarop de coach er niet is
    DaysOffRow {
        /// De eerste dag
        needs van: String = Day,
        /// De laatste dag
        needs tot: String = Day,
    }
}

body! {
    "VrijeDagenLijst"
    /// Alle vrije dagen, in de plaats van wat er stond
    DaysOffList example { "perioden": [{ "van": "2026-12-21", "tot": "2027-01-01" }] } {
        /// Perioden die elkaar niet overlappen
        needs perioden: Vec<DaysOffRow> = List(nested::<DaysOffRow>(), 366),
    }
}

body! {
    "GegevenUrenRegel"
    /// Uren die de coach in een maand aan een kandidaat gaf
    GivenRow {
        /// De kandidaat
        needs kandidaat: String = ID,
        /// De maand, als jjjj-mm
        needs maand: String = Month,
        /// Hoeveel uren, in kwartieren nauwkeurig
        needs uren: i64 = Quarters,
    }
}

body! {
    "GegevenUrenLijst"
    /// Alle gegeven uren, in de plaats van wat er stond
    GivenList example { "uren": [{ "kandidaat": "Z1", "maand": "2026-09", "uren": 4.5 }] } {
        /// Per kandidaat en maand
        needs uren: Vec<GivenRow> = List(nested::<GivenRow>(), 5_000),
    }
}

body! {
    "NieuweUitvalmelding"
    /// Wie of wat uitvalt: een coach zichzelf, een bestuur een plek van een eigen school
    DropoutReport example { "vanaf": "2026-12-01", "reden": "afwezig" } {
        /// De coach, als u voor meer coaches werkt
        may coach: String = ID,
        /// De school, van een bestuur
        may school: String = ID,
        /// De plekkengroep, van een bestuur
        may plek: String = ID,
        /// De eerste dag
        needs vanaf: String = Day,
        /// Waarom
        needs reden: ReportReason = one_word::<ReportReason>(),
        /// Een dag die ver weg ligt is zo bedoeld
        may bevestigd: bool = Flag,
    }
}

body! {
    "UitvalAfhandeling"
    /// Wat er met de melding gebeurt: overgenomen in een herberekening, of niet nodig
    Settling holds one_of_two example { "niet_nodig": "al-geregeld" } {
        /// De herberekening waarin de uitval is overgenomen
        may herberekening: String = ID,
        /// Of waarom er niets nodig is
        may niet_nodig: NotNeeded = NOT_NEEDED,
    }
}

const NOT_NEEDED: OneWord<NotNeeded> = one_word::<NotNeeded>();

fn one_of_two(fields: &Fields<'_>) {
    match (fields.get("herberekening"), fields.get("niet_nodig")) {
        (Some(_), Some(at)) => at.refuse("samen", "een melding is overgenomen of niet nodig, niet allebei", "laat een van de twee weg"),
        (None, None) => {
            fields.need("herberekening");
        }
        _ => {}
    }
}

/// A month.
#[derive(Clone, Copy, Debug)]
struct Month;

impl Shape for Month {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        let text = at.bounded(16)?;
        if text.len() == 7 && format!("{text}-01").parse::<jiff::civil::Date>().is_ok() {
            return Some(text.to_owned());
        }
        at.refuse("datum", "dit is geen maand", "schrijf een maand als 2026-09");
        None
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" })
    }
}

/// Hours as quarters of an hour.
#[derive(Clone, Copy, Debug)]
struct Quarters;

impl Shape for Quarters {
    type Value = i64;

    fn read(&self, at: &At<'_>) -> Option<i64> {
        let quarters = at.decimal(0.0..=400.0)? * 4.0;
        if quarters.fract() == 0.0 {
            // A whole number from 0 to 1600.
            return format!("{quarters:.0}").parse().ok();
        }
        at.refuse("grens", "uren gaan per kwartier", "rond af op een kwartier, bijvoorbeeld 1.25");
        None
    }

    fn schema(&self) -> Value {
        json!({ "type": "number", "minimum": 0, "maximum": 400, "multipleOf": 0.25 })
    }
}
