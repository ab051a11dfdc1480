//! Bodies of policies.

use loket_instances::matching::rows::PolicyRow;
use loket_instances::strict::fields::At;
use loket_instances::strict::json::Node;
use loket_solver::matching::facts::words::Phase;
use serde_json::Value;

use super::body;
use super::file::policy;
use super::shapes::{ID, Number, Shape, one_word};
use super::waves::{OwnId, Policy};
use crate::records::policy::Named;

body! {
    "NieuwBeleid"
    /// Een beleid om te laten goedkeuren; het krijgt het volgende nummer van zijn naam
    NewPolicy example { "naam": "rustige-landing", "fase": "inductie", "inhoud": { "dagdelen_samen": 5 } } {
        /// De naam
        needs naam: String = OwnId,
        /// Voor lichtingen van deze fase; anders voor elke fase
        may fase: Phase = one_word::<Phase>(),
        /// Het beleid zoals in een lichtingbestand, zonder seed
        needs inhoud: PolicyRow = Seedless,
    }
}

body! {
    "Beleidswijziging"
    /// Wat er in een concept komt te staan
    ChangedPolicy example { "inhoud": { "dagdelen_samen": 4 } } {
        /// Voor lichtingen van deze fase; anders voor elke fase
        may fase: Phase = one_word::<Phase>(),
        /// Het beleid zoals in een lichtingbestand, zonder seed
        needs inhoud: PolicyRow = Seedless,
    }
}

/// A policy as in a wave file, but for its seed, which is drawn for each wave.
#[derive(Clone, Copy, Debug)]
struct Seedless;

impl Shape for Seedless {
    type Value = PolicyRow;

    fn read(&self, at: &At<'_>) -> Option<PolicyRow> {
        if has(at, "seed") {
            let seed = At { spot: at.spot.key("seed"), ..at.clone() };
            seed.refuse("onbekende-sleutel", "een seed hoort bij een lichting en niet bij een beleid", "laat seed weg");
        }
        Policy.read(at)
    }

    fn schema(&self) -> Value {
        let mut schema = policy();
        schema["title"] = "Beleidsinhoud".into();
        schema["description"] = "Een beleid zoals in een lichtingbestand, zonder seed".into();
        if let Some(keys) = schema["properties"].as_object_mut() {
            keys.shift_remove("seed");
        }
        schema
    }
}

fn has(at: &At<'_>, key: &str) -> bool {
    matches!(at.node, Node::Object(entries) if entries.iter().any(|(it, value)| it == key && *value != Node::Null))
}

body! {
    "Beleidsnaam"
    /// Naam en nummer van een beleid
    PolicyName {
        /// De naam
        needs naam: String = ID,
        /// Het nummer
        needs nummer: i64 = Number(1, 1_000_000),
    }
}

/// The policy of a wave from the register.
#[derive(Clone, Debug)]
pub enum WantedPolicy {
    /// As in a wave file.
    Own(Box<PolicyRow>),
    /// One that is kept.
    Named(Named),
}

/// A policy as in a wave file, or name and number of one that is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct EitherPolicy;

impl Shape for EitherPolicy {
    type Value = WantedPolicy;

    fn read(&self, at: &At<'_>) -> Option<WantedPolicy> {
        if has(at, "naam") || has(at, "nummer") {
            let own = policy()["properties"].as_object().is_some_and(|keys| keys.keys().any(|key| has(at, key)));
            if own {
                at.refuse("dubbel", "naam en nummer gaan niet samen met een eigen beleid", "kies een van beide");
                return None;
            }
            let name = <PolicyName as super::Keyed>::read(at)?;
            return Some(WantedPolicy::Named(Named::new(&name.naam, name.nummer)));
        }
        Policy.read(at).map(|row| WantedPolicy::Own(Box::new(row)))
    }

    fn schema(&self) -> Value {
        let mut schema = policy();
        schema["title"] = "Beleidskeuze".into();
        schema["description"] = "Naam en nummer van een goedgekeurd beleid, of een beleid zoals in een lichtingbestand".into();
        for (key, shape) in [("naam", ID.schema()), ("nummer", Number(1, 1_000_000).schema())] {
            schema["properties"][key] = shape;
            super::shapes::allow_null(&mut schema["properties"][key]);
        }
        schema
    }
}
