//! A try-out as an answer: what is tried, what becomes of it, and what it comes to.

use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::names::Names;
use super::work::Werk;
use crate::actions::tryouts::Seen;
use crate::listed::{Afwijsreden, Besluit, OverruleRegel, Proefkeus, Proefstand, Reikwijdte};
use crate::present::explain::tryout::Proefuitkomst;
use crate::records::decision::Decided;
use crate::records::tryout::json;
use crate::store::Error;
use crate::store::clock::written;

/// Wat er voor één kandidaat geprobeerd wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proefverandering {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Wat er geprobeerd wordt
    #[schema(value_type = Proefkeus)]
    pub keuze: String,
    /// Bij plaatsen: de school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school: Option<String>,
    /// De naam van de school
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub school_naam: Option<String>,
    /// Bij plaatsen: de plekkengroep
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub plek: Option<String>,
    /// Bij plaatsen: de coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach: Option<String>,
    /// De naam van de coach
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub coach_naam: Option<String>,
    /// Bij plaatsen: regels waarvan bewust wordt afgeweken
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<OverruleRegel>>, nullable = false)]
    pub ondanks: Option<Vec<String>>,
    /// Bij verbieden: hoe ver het reikt
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Reikwijdte>, nullable = false)]
    pub reikwijdte: Option<String>,
    /// Bij verbieden: waarom
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Afwijsreden>, nullable = false)]
    pub reden: Option<String>,
    /// De versie van het besluit dat er was toen dit gemaakt werd; 0 is geen. Is het een andere, dan wordt er niets bewaard
    pub gezien: i64,
}

/// Een besluit dat het plan onder deze proef nog niet kent en ook niet volgt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Nietdoorgerekend {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub naam: Option<String>,
    /// Wat er besloten is
    #[schema(value_type = Besluit)]
    pub besluit: &'static str,
}

/// Een proef op het plan dat in beoordeling is. Er verandert niets totdat zij bewaard wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proef {
    /// Het id
    pub id: String,
    /// De lichting
    pub lichting: String,
    /// De berekening waarvan het plan is
    pub berekening: String,
    /// Hoe zij genoemd is; null als dat gewist is
    pub naam: Option<String>,
    /// Wat ervan geworden is
    #[schema(value_type = Proefstand)]
    pub stand: &'static str,
    /// Wat er geprobeerd wordt
    #[schema(value_type = Vec<Proefverandering>)]
    pub veranderingen: Vec<Value>,
    /// Wat het geeft; null zolang het niet nagerekend is
    #[schema(value_type = Option<Proefuitkomst>)]
    pub uitkomst: Option<Value>,
    /// Besluiten waar deze proef niet mee rekent: reken opnieuw om ze mee te nemen
    pub niet_doorgerekend: Vec<Nietdoorgerekend>,
    /// Wie haar gemaakt heeft
    pub door: String,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub gemaakt_op: String,
    /// Wanneer zij bewaard is (UTC); null is nog niet
    #[schema(format = DateTime)]
    pub bewaard_op: Option<String>,
    /// De versie, ook in de ETag
    pub versie: i64,
    /// Hoe ver het narekenen is
    #[serde(flatten)]
    pub werk: Werk,
}

impl Proef {
    /// A try-out, with the names that whoever asks may see.
    ///
    /// # Errors
    /// When its answer cannot be read.
    pub fn of(it: Seen, names: &Names) -> Result<Self, Error> {
        let Seen { tried, standing, job, answer, decided, known } = it;
        let mut uitkomst: Option<Value> = answer.map(|bytes| serde_json::from_slice(&bytes)).transpose()?;
        for row in uitkomst.iter_mut().filter_map(|it| it["verhuizingen"].as_array_mut()).flatten() {
            let said = decided.iter().find(|it| row["kandidaat"] == it.candidate && it.lapsed.is_none());
            row["besluit"] = said.map_or(Value::Null, |it| it.decision.said().code().into());
        }
        if let Some(answer) = &mut uitkomst {
            names.beside(answer);
        }
        let tried_for = |it: &Decided| tried.changes.iter().any(|change| change.candidate == it.candidate);
        let unknown = |it: &&Decided| it.version > known && it.lapsed.is_none() && !tried_for(it);
        let follows = |it: &&Decided| it.kept && it.run.as_ref() == Some(&tried.run);
        let late = decided.iter().filter(unknown).filter(|it| !follows(it));
        let niet_doorgerekend = late.map(|it| Nietdoorgerekend {
            naam: names.candidate(&it.candidate),
            kandidaat: it.candidate.clone(),
            besluit: it.decision.said().code(),
        });
        let veranderingen = tried.changes.iter().map(|change| {
            let mut row = json(change);
            names.beside(&mut row);
            row
        });
        Ok(Self {
            niet_doorgerekend: niet_doorgerekend.collect(),
            veranderingen: veranderingen.collect(),
            uitkomst,
            stand: standing.code(),
            gemaakt_op: written(tried.at),
            bewaard_op: tried.kept.map(written),
            versie: tried.version,
            id: tried.id,
            lichting: tried.wave,
            berekening: tried.run,
            naam: tried.name,
            door: tried.who,
            werk: Werk::from(&job),
        })
    }
}
