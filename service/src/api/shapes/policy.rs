//! A policy as an answer.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::desk::policy::Difference;
use crate::listed::{Beleid, Beleidstoestand, Fase};
use crate::records::policy::{By, Named, Policy, PolicyState, Used};
use crate::serve::problem::Problem;
use crate::store::clock::written;
use loket_solver::matching::facts::words::Word;

/// The policy of a path: a number that is none is of no policy.
pub fn named((name, number): (String, String)) -> Result<Named, Problem> {
    let number = number.parse().ok().filter(|it| *it > 0 && number == format!("{it}"));
    number.map(|number| Named { name, number }).ok_or_else(Problem::unknown)
}

/// Welk beleid, en waar dat nu is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gebruiktbeleid {
    /// De naam
    pub naam: String,
    /// Het nummer
    pub nummer: i64,
    /// Of het goedgekeurd is
    #[schema(value_type = Beleidstoestand)]
    pub toestand: PolicyState,
    /// Of wie het opstelde of veranderde het zelf goedkeurde, zoals een instelling bij één persoon toelaat
    pub zelf_goedgekeurd: bool,
}

impl From<Used> for Gebruiktbeleid {
    fn from(it: Used) -> Self {
        Self { naam: it.named.name, nummer: it.named.number, toestand: it.state, zelf_goedgekeurd: it.own }
    }
}

/// Wie iets deed, en wanneer
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gedaan {
    /// Het account
    pub door: String,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
}

impl From<By> for Gedaan {
    fn from(it: By) -> Self {
        Self { door: it.who, op: written(it.at) }
    }
}

/// Een beleid met naam en nummer
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beleidsnummer {
    /// De naam
    pub naam: String,
    /// Het nummer, vanaf 1 binnen de naam
    pub nummer: i64,
    /// Voor lichtingen van deze fase; null is voor elke fase
    #[schema(value_type = Option<Fase>)]
    pub fase: Option<String>,
    /// Waar het is in zijn leven
    #[schema(value_type = Beleidstoestand)]
    pub toestand: PolicyState,
    /// Wat het zegt; wat er niet staat, krijgt de gewone waarde
    #[schema(value_type = Beleid)]
    pub inhoud: Value,
    /// De lichting waarvan het bestand het meebracht
    pub lichting: Option<String>,
    /// Wie het opstelde
    pub opgesteld: Gedaan,
    /// Wie het concept het laatst veranderde
    pub veranderd: Option<Gedaan>,
    /// Wie het goedkeurde
    pub goedgekeurd: Option<Gedaan>,
    /// Wie het introk
    pub ingetrokken: Option<Gedaan>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl From<Policy> for Beleidsnummer {
    fn from(it: Policy) -> Self {
        Self {
            naam: it.named.name,
            nummer: it.named.number,
            fase: it.phase.map(|phase| phase.code().to_owned()),
            toestand: it.state,
            inhoud: Value::Object(it.content),
            lichting: it.wave,
            opgesteld: it.drafted.into(),
            veranderd: it.changed.map(Gedaan::from),
            goedgekeurd: it.approved.map(Gedaan::from),
            ingetrokken: it.retired.map(Gedaan::from),
            versie: it.version,
        }
    }
}

/// Eén ding waarin twee beleiden verschillen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beleidsverschilpunt {
    /// Welke sleutel; bij een doel met de naam ervan
    pub sleutel: String,
    /// Wat het andere zegt; null is niets
    #[schema(value_type = Option<Value>)]
    pub was: Option<Value>,
    /// Wat dit zegt; null is niets
    #[schema(value_type = Option<Value>)]
    pub wordt: Option<Value>,
}

impl From<Difference> for Beleidsverschilpunt {
    fn from(it: Difference) -> Self {
        Self { sleutel: it.key, was: it.was, wordt: it.now }
    }
}

/// Waarin twee beleiden verschillen, met de gewone waarden ingevuld
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beleidsverschil {
    /// Het andere beleid: naam en nummer
    pub van: String,
    /// Dit beleid: naam en nummer
    pub naar: String,
    /// Elk verschil
    pub verschillen: Vec<Beleidsverschilpunt>,
}
