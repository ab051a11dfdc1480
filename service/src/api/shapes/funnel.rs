//! The funnel as answers: each target per wave as it may be shown, and snapshots.

use loket_instances::planning::monitor::counts_file::Monitor;
use loket_instances::planning::monitor::small::alone;
use loket_instances::planning::monitor::targets::{satisfied, told};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;

use crate::listed::{Trechterdoelsoort, Trechteroordeel};
use crate::records::funnel::Snapshot;
use crate::store::clock::written;

/// De trechter op een dag: per lichting elk doel, met kleine aantallen verborgen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trechter {
    /// De dag
    #[schema(format = Date)]
    pub peildatum: String,
    /// Lichtingen: wie zich in hetzelfde halve schooljaar aanmeldde, de nieuwste eerst
    pub lichtingen: Vec<Trechterlichting>,
    /// Hoeveel mensen nergens meetellen omdat niet bekend is wanneer zij zich aanmeldden; null is niet geteld
    pub zonder_datum: Option<usize>,
}

/// Een lichting in de trechter
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trechterlichting {
    /// Het halve schooljaar: 2026-1 is vanaf augustus 2026, 2026-2 vanaf februari 2027
    pub id: String,
    /// Elk doel
    pub doelen: Vec<Trechterdoel>,
    /// De waardering; null is niet bekend
    pub waardering: Option<Trechterwaardering>,
}

/// Een doel van een lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trechterdoel {
    /// Welk doel
    #[schema(value_type = Trechterdoelsoort)]
    pub doel: String,
    /// Hoeveel van hoeveel, zoals het getoond mag worden
    pub tekst: String,
    /// Wat dat zegt; null is nog geen oordeel
    #[schema(value_type = Option<Trechteroordeel>)]
    pub oordeel: Option<String>,
}

/// Wat mensen van de begeleiding vinden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Trechterwaardering {
    /// Hoeveel er antwoordden, zoals het getoond mag worden
    pub antwoorden: String,
    /// Wat dat zegt; boven-doel komt hier niet voor
    #[schema(value_type = Trechteroordeel)]
    pub oordeel: String,
}

impl Trechter {
    /// As it may be shown.
    pub fn of(monitor: &Monitor, undated: Option<usize>) -> Self {
        let wave = |it: &loket_instances::planning::monitor::counts_file::WaveCounts| Trechterlichting {
            id: it.id.clone(),
            doelen: told(it)
                .into_iter()
                .map(|it| Trechterdoel { doel: it.target.code().into(), tekst: it.text, oordeel: it.verdict.map(|it| it.code().into()) })
                .collect(),
            waardering: it.satisfaction.map(|(answers, tenths)| Trechterwaardering {
                antwoorden: alone(answers),
                oordeel: satisfied(answers, tenths).code().into(),
            }),
        };
        Self { peildatum: monitor.day.clone(), lichtingen: monitor.waves.iter().map(wave).collect(), zonder_datum: undated }
    }
}

/// Een meting van de trechter
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Meting {
    /// Het id
    pub id: String,
    /// De dag waarover zij gaat
    #[schema(format = Date)]
    pub peildatum: String,
    /// SHA-256 van wat zij zegt
    pub sha256: String,
    /// Het meerjarenplan dat toen het nieuwste was; null is er was er geen
    pub plan: Option<String>,
    /// De versie van dat plan
    pub plan_versie: Option<i64>,
    /// De meting die zij verbetert; null is geen
    pub verbetert: Option<String>,
    /// Wat erbij gezegd is; leeg voor een lezer
    pub toelichting: String,
    /// Wanneer zij is vastgelegd (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Door wie
    pub door: String,
    /// Wanneer zij is goedgekeurd (UTC); null is nog niet
    #[schema(format = DateTime)]
    pub goedgekeurd_op: Option<String>,
    /// Door wie
    pub goedgekeurd_door: Option<String>,
}

impl From<Snapshot> for Meting {
    fn from(it: Snapshot) -> Self {
        let (at, who) = it.approved.unzip();
        Self {
            id: it.id,
            peildatum: it.day,
            sha256: it.hash,
            plan_versie: it.plan.as_ref().map(|it| it.1),
            plan: it.plan.map(|it| it.0),
            verbetert: it.corrects,
            toelichting: it.note,
            op: written(it.at),
            door: it.by,
            goedgekeurd_op: at.map(written),
            goedgekeurd_door: who,
        }
    }
}

/// Een meting met wat zij zegt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MetingMetTrechter {
    /// De meting
    #[serde(flatten)]
    pub meting: Meting,
    /// Wat zij zegt
    pub trechter: Trechter,
}
