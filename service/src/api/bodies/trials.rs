//! Bodies of policies on trial.

use loket_instances::matching::trial::{Measure, Threshold, thresholds};
use loket_instances::strict::fields::At;
use serde_json::{Value, json as value};

use super::policies::PolicyName;
use super::shapes::{ID, List, Number, Shape, nested, one_word};
use super::{body, object};
use crate::records::policy::Named;
use crate::records::trial::TrialWish;

/// Most waves that can be named.
const WAVES: usize = 40;
/// Most thresholds.
const THRESHOLDS: usize = 22;

body! {
    "Beleidsproefwens"
    /// Op welke lichtingen een beleid geprobeerd wordt, en waaraan het moet voldoen
    TrialWanted example { "lichtingen": ["voorjaar"], "drempels": [{ "wat": "geplaatst", "minstens": 0 }] } {
        /// De lichtingen
        needs lichtingen: Vec<String> = List(ID, WAVES),
        /// Het beleid om mee te vergelijken; anders het beleid dat elke lichting zelf heeft
        may tegen: PolicyName = nested::<PolicyName>(),
        /// Grenzen die u stelt; zonder grenzen komt er geen oordeel
        may drempels: Vec<Threshold> = Thresholds,
        /// Seconden voor elke lichting; anders zoveel als de dienst toelaat
        may rekentijd: i64 = Number(1, 86_400),
    }
}

body! {
    "Bewaarwens"
    /// Van welke lichtingen van eerder de prijzen komen
    SavingWanted example { "lichtingen": ["voorjaar"] } {
        /// De lichtingen
        needs lichtingen: Vec<String> = List(ID, WAVES),
    }
}

impl From<TrialWanted> for TrialWish {
    fn from(it: TrialWanted) -> Self {
        Self {
            waves: it.lichtingen,
            against: it.tegen.map(|named| Named::new(&named.naam, named.nummer)),
            thresholds: it.drempels.unwrap_or_default(),
            seconds: it.rekentijd,
        }
    }
}

/// Thresholds, read as those of a file are.
#[derive(Clone, Copy, Debug)]
struct Thresholds;

impl Shape for Thresholds {
    type Value = Vec<Threshold>;

    fn read(&self, at: &At<'_>) -> Option<Vec<Threshold>> {
        at.no_more_than(THRESHOLDS)?;
        thresholds(at)
    }

    fn schema(&self) -> Value {
        let bound =
            || value!({ "type": "integer", "format": "int64", "minimum": -1_000_000_000_000_i64, "maximum": 1_000_000_000_000_i64 });
        let keys = [
            ("wat", true, "Waar de grens over gaat", one_word::<Measure>().schema()),
            ("minstens", false, "Zoveel of meer", bound()),
            ("hoogstens", false, "Zoveel of minder", bound()),
        ];
        let mut row = object("Een grens; minstens een van beide", &keys);
        row["title"] = "Proefgrens".into();
        value!({ "type": "array", "maxItems": THRESHOLDS, "items": row })
    }
}
