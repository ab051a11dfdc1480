//! Bodies of review: what was opened, a group, and notes.

use loket_instances::strict::fields::At;
use loket_solver::matching::facts::words::Bouw;
use serde_json::{Value, json};

use super::body;
use super::shapes::{Flag, ID, List, Number, OneOf, Shape, nested, one_word};
use crate::desk::cohort::Filter;
use crate::records::review::Part;

body! {
    "Inzagemelding"
    /// Wat er van het voorstel voor een kandidaat op het scherm staat
    Opening example { "getoond": ["voorstel", "redenen"] } {
        /// Wat er geopend is
        needs getoond: Vec<Part> = List(one_word::<Part>(), 3),
        /// De berekening waarvan het voorstel getoond wordt; is er intussen een andere, dan volgt 409
        may berekening: String = ID,
    }
}

body! {
    "Groepsfilter"
    /// Welke voorstellen bedoeld zijn; wat er staat moet allemaal gelden, en zonder sleutels zijn het alle geplaatste kandidaten
    Chosen {
        /// In deze bouw
        may bouw: Bouw = one_word::<Bouw>(),
        /// Op deze school
        may school: String = ID,
        /// Op een school van dit bestuur
        may bestuur: String = ID,
        /// Met deze coach
        may coach: String = ID,
        /// In de bouw die de eerste keuze van de kandidaat is (1), de tweede (2) of de derde (3)
        may voorkeurrang: i64 = Number(1, 3),
        /// Alleen over wie voor dit voorstel nog niets besloten was
        may zonder_besluit: bool = Flag,
    }
}

impl From<Chosen> for Filter {
    fn from(body: Chosen) -> Self {
        let Chosen { bouw, school, bestuur, coach, voorkeurrang, zonder_besluit } = body;
        Self { bouw, school, board: bestuur, coach, rank: voorkeurrang, undecided: zonder_besluit.unwrap_or_default() }
    }
}

body! {
    "Groepsbesluit"
    /// Akkoord met alle voorstellen in een filter, nadat de steekproef ervan bekeken is
    GroupWanted example { "besluit": "akkoord", "filter": { "bouw": "onderbouw" } } {
        /// Alleen akkoord; al het andere gaat per kandidaat
        needs besluit: &'static str = OneOf(&["akkoord"]),
        /// Welke voorstellen
        needs filter: Chosen = nested::<Chosen>(),
    }
}

/// Free text with lines.
#[derive(Clone, Copy, Debug)]
pub struct Lines(pub usize);

impl Shape for Lines {
    type Value = String;

    fn read(&self, at: &At<'_>) -> Option<String> {
        let text = at.remark()?;
        let odd = |it: char| it.is_control() && it != '\n' && it != '\t';
        if text.trim().is_empty() || text.chars().nth(self.0).is_some() || text.chars().any(odd) {
            at.refuse("grens", "de tekst is leeg, te lang of bevat stuurtekens", format!("gebruik 1 tot en met {} tekens", self.0));
            return None;
        }
        Some(text.to_owned())
    }

    fn schema(&self) -> Value {
        json!({ "type": "string", "minLength": 1, "maxLength": self.0 })
    }
}

/// Most characters of a note.
pub const NOTE: Lines = Lines(2_000);

body! {
    "Notitietekst"
    /// Een notitie over een kandidaat
    NoteText example { "tekst": "Belt liever 's middags." } {
        /// Wat er te onthouden is
        needs tekst: String = NOTE,
    }
}
