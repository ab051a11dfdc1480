//! Multi-year plans as answers: the plan, its versions and its runs.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use super::remark::Melding;
use super::work::Werk;
use crate::listed::Uitkomststatus;
use crate::records::planning::{Planning, PlanningRun, PlanningVersion};
use crate::store::clock::written;

/// Een meerjarenplan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Meerjarenplan {
    /// Het id
    pub id: String,
    /// De naam
    pub naam: String,
    /// De eerste maand
    pub start: String,
    /// Hoeveel schooljaren het heeft
    pub jaren: i64,
    /// SHA-256 van het bestand van de nieuwste versie
    pub invoer_sha256: String,
    /// Wanneer het gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub aangemaakt_op: String,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl From<Planning> for Meerjarenplan {
    fn from(it: Planning) -> Self {
        Self {
            id: it.id,
            naam: it.name,
            start: it.from,
            jaren: it.years,
            invoer_sha256: it.input,
            aangemaakt_op: written(it.created),
            versie: it.version,
        }
    }
}

/// Een meerjarenplan, en wat iemand van het bestand moet weten
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MeerjarenplanMetMeldingen {
    /// Het plan
    #[serde(flatten)]
    pub plan: Meerjarenplan,
    /// Wat opvalt in het bestand
    pub meldingen: Vec<Melding>,
}

/// Een versie van een meerjarenplan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Meerjarenplanversie {
    /// Vanaf 1 binnen het plan
    pub nummer: i64,
    /// SHA-256 van het bestand
    pub invoer_sha256: String,
    /// Waarom zij gemaakt is
    pub toelichting: String,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Door wie
    pub door: String,
}

impl From<PlanningVersion> for Meerjarenplanversie {
    fn from(it: PlanningVersion) -> Self {
        Self { nummer: it.number, invoer_sha256: it.input, toelichting: it.note, op: written(it.at), door: it.by }
    }
}

/// De versies van een meerjarenplan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Meerjarenplanversies {
    /// De versies, de nieuwste eerst
    pub resultaten: Vec<Meerjarenplanversie>,
    /// Hoeveel het er zijn
    pub totaal: usize,
}

/// Een berekening van een meerjarenplan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Meerjarenplanberekening {
    /// Het id
    pub id: String,
    /// Haar plan
    pub plan: String,
    /// Vanaf 1 binnen het plan
    pub nummer: i64,
    /// Hoe zij afliep; null is nog niets
    #[schema(value_type = Option<Uitkomststatus>)]
    pub status: Option<String>,
    /// Of er sindsdien een nieuwe versie is
    pub verouderd: bool,
    /// Of de computer de keuzes maakte die nog genomen moeten worden
    pub vrij: bool,
    /// SHA-256 van het bestand dat is opgelost
    pub invoer_sha256: String,
    /// De versie waarvan zij uitging
    pub versie: i64,
    /// Versie van het programma
    pub programma: String,
    /// Hoe ver zij is
    #[serde(flatten)]
    pub werk: Werk,
}

impl From<PlanningRun> for Meerjarenplanberekening {
    fn from(run: PlanningRun) -> Self {
        Self {
            werk: Werk::from(&run.job),
            vrij: run.free(),
            id: run.job.id,
            plan: run.planning,
            nummer: run.number,
            status: run.job.status.map(|it| it.code().into()),
            verouderd: run.outdated,
            invoer_sha256: run.input,
            versie: run.version,
            programma: run.program,
        }
    }
}
