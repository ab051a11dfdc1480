//! The body that says where candidates without a place go on to.

use loket_instances::strict::fields::Fields;
use loket_solver::matching::facts::words::Phase;

use super::body;
use super::policies::{EitherPolicy, WantedPolicy};
use super::shapes::{Day, Flag, ID, Text, nested, one_word};
use super::waves::{OwnId, in_order};
use crate::desk::room::Period;

body! {
    "Vervolglichting"
    /// Een nieuwe lichting voor wie overgaat, gevuld uit het register
    NextWave holds in_order {
        /// Het id; anders krijgt zij er een
        may id: String = OwnId,
        /// De naam
        needs naam: String = Text(200),
        /// De fase
        needs fase: Phase = one_word::<Phase>(),
        /// De eerste dag
        needs van: String = Day,
        /// De laatste dag, hoogstens tien jaar later
        needs tot: String = Day,
        /// Dagen die ver weg liggen zijn zo bedoeld
        may bevestigd: bool = Flag,
        /// Naam en nummer van een goedgekeurd beleid, of een beleid zoals in een lichtingbestand
        may beleid: WantedPolicy = EitherPolicy,
    }
}

impl NextWave {
    /// From `van` until `tot`.
    pub fn period(&self) -> Option<Period> {
        Period::read(Some(&self.van), Some(&self.tot))
    }
}

body! {
    "Overdrachtwens"
    /// Naar welke lichting: een die er is, of een nieuwe
    CarryTo holds one_of_both example { "naar": "2027-voorjaar" } {
        /// Een lichting die nog niet is vastgesteld
        may naar: String = ID,
        /// Een nieuwe lichting
        may nieuw: NextWave = nested::<NextWave>(),
    }
}

/// One of both, and not both.
fn one_of_both(fields: &Fields<'_>) {
    let (there, new) = (fields.get("naar"), fields.get("nieuw"));
    if let (Some(at), Some(_)) = (there, new) {
        at.refuse("dubbel", "naar en nieuw gaan niet samen", "kies een van beide");
    }
    if there.is_none() && new.is_none() {
        fields.need("naar");
    }
}
