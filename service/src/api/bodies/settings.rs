//! The body that sets a setting.

use loket_instances::strict::fields::Fields;

use super::body;
use super::shapes::{Flag, Number};
use crate::actions::settings::Wanted;

body! {
    "Instellingwaarde"
    /// Wat een instelling wordt: precies één van de twee
    NewSetting holds one example { "getal": 14 } {
        /// Bij een instelling die een getal is
        may getal: i64 = Number(0, 1_000_000),
        /// Bij een instelling die aan of uit staat
        may aan: bool = Flag,
    }
}

impl NewSetting {
    /// What it says; nothing when it says nothing or two things, which was told then.
    pub fn wanted(&self) -> Option<Wanted> {
        match (self.getal, self.aan) {
            (Some(number), None) => Some(Wanted::Number(number)),
            (None, Some(on)) => Some(Wanted::Switch(on)),
            _ => None,
        }
    }
}

fn one(fields: &Fields<'_>) {
    if fields.get("getal").is_some() == fields.get("aan").is_some() {
        fields.at.refuse("ontbreekt", "hier hoort precies één van getal en aan", "stuur het ene, of het andere");
    }
}
