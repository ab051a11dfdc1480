//! Earlier versions of a row of the register as an answer, and the stages of a candidate.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::actions::stages::Staged;
use crate::listed::{Stopreden, Trajectfase};
use crate::records::history::Version;
use crate::records::stage::{Stage, StageRow, StopReason};
use crate::store::clock::written;

/// Eén versie van een rij van het register, zonder namen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rijversie {
    /// Het nummer van de versie
    pub versie: i64,
    /// Wanneer zij gemaakt is (UTC); null als dat nog niet werd bijgehouden
    #[schema(format = DateTime)]
    pub op: Option<String>,
    /// Wie haar maakte: een account; null als dat nog niet werd bijgehouden
    pub door: Option<String>,
    /// Hoe de rij daarvoor was; null bij de eerste die bekend is
    #[schema(value_type = Option<Value>)]
    pub was: Option<Value>,
    /// Hoe de rij werd: gegevens, en wat er naast staat
    pub wordt: Value,
}

impl From<Version> for Rijversie {
    fn from(it: Version) -> Self {
        Self { versie: it.version, op: it.at.map(written), door: it.who, was: it.was, wordt: it.now }
    }
}

/// Een fase die een kandidaat inging
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Faseregel {
    /// De hoeveelste regel, vanaf 1
    pub nummer: i64,
    /// De fase
    #[schema(value_type = Trajectfase)]
    pub fase: Stage,
    /// De eerste dag; null als die niet bekend is
    #[schema(format = Date)]
    pub van: Option<String>,
    /// Waarom iemand stopte; null als dat er niet bij hoort of gewist is
    #[schema(value_type = Option<Stopreden>)]
    pub reden: Option<StopReason>,
    /// Wanneer het genoteerd is (UTC); null als dat nog niet werd bijgehouden
    #[schema(format = DateTime)]
    pub genoteerd_op: Option<String>,
    /// Wie het noteerde: een account
    pub door: Option<String>,
}

impl From<StageRow> for Faseregel {
    fn from(it: StageRow) -> Self {
        Self { nummer: it.number, fase: it.stage, van: it.from, reden: it.reason, genoteerd_op: it.at.map(written), door: it.who }
    }
}

/// Waar een kandidaat nu is, en waar die eerder was
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Kandidaatfase {
    /// De kandidaat
    pub kandidaat: String,
    /// De fase van nu
    #[schema(value_type = Trajectfase)]
    pub fase: Stage,
    /// De eerste dag daarvan; null als die niet bekend is
    #[schema(format = Date)]
    pub van: Option<String>,
    /// Waarom de kandidaat stopte; null als dat niet zo is
    #[schema(value_type = Option<Stopreden>)]
    pub reden: Option<StopReason>,
    /// Elke regel, de eerste eerst
    pub geschiedenis: Vec<Faseregel>,
    /// De versie van de kandidaat, ook in de ETag
    pub versie: i64,
}

impl From<Staged> for Kandidaatfase {
    fn from(Staged { row, stages }: Staged) -> Self {
        let last = stages.last().cloned();
        Self {
            kandidaat: row.id,
            fase: last.as_ref().map_or(Stage::Aangemeld, |it| it.stage),
            van: last.as_ref().and_then(|it| it.from.clone()),
            reden: last.and_then(|it| it.reason),
            geschiedenis: stages.into_iter().map(Faseregel::from).collect(),
            versie: row.version,
        }
    }
}

/// Hoeveel kandidaten er in een fase zijn
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Faseaantal {
    /// De fase
    #[schema(value_type = Trajectfase)]
    pub fase: Stage,
    /// Hoeveel; null als het er zo weinig zijn dat u het aantal niet ziet
    pub aantal: Option<i64>,
}

/// Hoeveel kandidaten er in elke fase zijn
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Faseaantallen {
    /// Elke fase, in de volgorde van het traject
    pub fasen: Vec<Faseaantal>,
    /// Onder welk aantal u geen aantal ziet; null is: u ziet ze alle
    pub verborgen_onder: Option<i64>,
}
