//! Bodies of multi-year plans: the file as it was sent, and runs.

use axum::body::Bytes;
use loket_instances::strict::problem::Refusal;
use serde_json::{Value, json as value};

use super::shapes::{Flag, ID, Number, Shape, Text, choice};
use super::{Body, body, described, object};
use crate::desk::planning::sound::Sound;
use crate::serve::body::Size;

/// A file of a multi-year plan (`loket-meerjarenplan/1`), read with its own reader.
#[derive(Clone, Debug)]
pub struct PlanFile(pub Box<Sound>);

impl Body for PlanFile {
    const SIZE: Size = Size::Whole;
    // To read a plan takes more than to read its bytes.
    const SMALL: usize = 0;

    fn parse(bytes: Bytes) -> Result<Self, Refusal> {
        Sound::read(&bytes).map(|sound| Self(Box::new(sound)))
    }

    fn schema() -> Value {
        let rows = |says: &str| value!({ "type": "array", "description": says, "items": { "type": "object" } });
        let row = |says: &str| value!({ "type": "object", "description": says });
        let keys = [
            ("formaat", true, "loket-meerjarenplan/1", choice(&["loket-meerjarenplan/1"])),
            ("id", true, "Het id", ID.schema()),
            ("naam", false, "De naam", Text(200).schema()),
            ("start", true, "De eerste maand, als 2026-09", Text(7).schema()),
            ("jaren", true, "De schooljaren", value!({ "type": "array", "items": { "type": "string" } })),
            ("trechter", false, "Percentages van de trechter", row("Zie docs/planning.md")),
            ("lichtingen", true, "Lichtingen", rows("Lichtingen")),
            ("besturen", true, "Besturen", rows("Besturen")),
            ("coachsoorten", true, "Soorten coaches", rows("Soorten coaches")),
            ("fasen", false, "Fasen van begeleiding", rows("Fasen")),
            ("posten", false, "Kosten", rows("Kosten")),
            ("inkomsten", false, "Inkomsten", rows("Inkomsten")),
            ("vast", false, "Wat besloten is", rows("Wat besloten is")),
            ("scenarios", false, "Wat er anders kan zijn", rows("Scenario's")),
            ("beleid", false, "Doelen en grenzen", row("Zie docs/planning.md")),
        ];
        let mut schema = object("Een meerjarenplan (loket-meerjarenplan/1)", &keys);
        schema["title"] = "Meerjarenplanbestand".into();
        schema["example"] = value!({
            "formaat": "loket-meerjarenplan/1", "id": "amsterdam", "start": "2026-09", "jaren": ["2026-2027"],
            "lichtingen": [{ "id": "L1", "maand": "2026-09", "doel": 18 }], "besturen": [{ "id": "B1", "plekken": 20 }],
            "coachsoorten": [{ "id": "intern", "uren": 690, "aanname_max": 3 }],
        });
        schema
    }
}

described!(PlanFile);

body! {
    "Meerjarenrekenwens"
    /// Leeg, of wat er gerekend wordt
    PlanningRunWanted example { "rekentijd": 60, "vrij": true } {
        /// Seconden; anders zoveel als de dienst toelaat
        may rekentijd: i64 = Number(1, 86_400),
        /// Of de computer de keuzes maakt die nog genomen moeten worden; anders blijft alles wat vaststaat
        may vrij: bool = Flag,
        /// Of elk scenario van het plan ook wordt opgelost
        may scenarios: bool = Flag,
        /// Of erbij komt wat één meer of minder van alles verandert
        may gevoeligheid: bool = Flag,
    }
}
