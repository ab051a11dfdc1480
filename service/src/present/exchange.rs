//! Who could exchange placements after publication, as types: what is written and what the description of the API says of it are the same.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::plan::Placement;
use loket_solver::matching::solve::swaps::{Cycle, Swaps, Taker};
use serde::Serialize;
use utoipa::ToSchema;

use crate::present::names::spot as spot_of;
use crate::present::rerun::machine::{Plaats, spot};

/// Punten voor passing, voor en na
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Passingruil {
    /// Zoals het bekend is gemaakt
    pub voor: i64,
    /// Na de ruil
    pub na: i64,
}

/// Iemand die de plaats van een ander krijgt
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ruiler {
    /// Wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// De plaats die bekend is gemaakt
    pub van: Plaats,
    /// De plaats van een ander
    pub naar: Plaats,
    /// Hoe die past
    pub passing: Passingruil,
}

/// Mensen die elk de plaats van de volgende krijgen, en de laatste die van de eerste
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ruilronde {
    /// Wie er ruilen
    pub mensen: Vec<Ruiler>,
    /// Of elke regel ook geldt als alleen deze ronde doorgaat
    pub kan_zonder_andere_rondes: bool,
}

/// De beste ruil: niemand gaat erop achteruit, en elke regel blijft gelden
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Ruil {
    /// De lichting
    pub lichting: String,
    /// SHA-256 van het bestand
    pub invoer_sha256: String,
    /// De punten van allen die mogen meedoen
    pub passing: Passingruil,
    /// De rondes; leeg als ruilen niets beter maakt
    pub rondes: Vec<Ruilronde>,
}

impl Ruil {
    /// How many people exchange.
    pub fn people(&self) -> usize {
        self.rondes.iter().map(|it| it.mensen.len()).sum()
    }
}

/// The best exchange of a plan.
pub fn exchange(loaded: &Loaded, found: &Swaps) -> Ruil {
    Ruil {
        lichting: loaded.wave.id.clone(),
        invoer_sha256: loaded.sha256.clone(),
        passing: pair(found.passing),
        rondes: found.cycles.iter().map(|it| round(loaded, it)).collect(),
    }
}

fn pair((voor, na): (i64, i64)) -> Passingruil {
    Passingruil { voor, na }
}

fn round(loaded: &Loaded, cycle: &Cycle) -> Ruilronde {
    Ruilronde { mensen: cycle.people.iter().map(|it| taker(loaded, it)).collect(), kan_zonder_andere_rondes: cycle.alone }
}

fn taker(loaded: &Loaded, it: &Taker) -> Ruiler {
    let at = |placement: Placement| spot(&spot_of(loaded, placement));
    Ruiler {
        kandidaat: loaded.wave.candidates[it.candidate].id.clone(),
        naam: None,
        van: at(it.from),
        naar: at(it.to),
        passing: pair(it.passing),
    }
}
