//! A policy on trial as an answer.

use loket_instances::matching::trial::{Judgement, Line, Measure, Threshold};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::policy::Gedaan;
use super::work::Werk;
use crate::listed::{Proefmaat, Proefoordeel, Werktoestand};
use crate::records::job::State;
use crate::records::policy::Named;
use crate::records::trial::{Told, Tried};

/// Welk beleid
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beleidsverwijzing {
    /// De naam
    pub naam: String,
    /// Het nummer
    pub nummer: i64,
}

impl From<Named> for Beleidsverwijzing {
    fn from(it: Named) -> Self {
        Self { naam: it.name, nummer: it.number }
    }
}

/// Een grens van een beleidsproef, en of die gehaald is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proefdrempel {
    /// Waar de grens over gaat
    #[schema(value_type = Proefmaat)]
    pub wat: &'static str,
    /// Zoveel of meer
    pub minstens: Option<i64>,
    /// Zoveel of minder
    pub hoogstens: Option<i64>,
    /// Wat er uitkwam; null als dat niet te meten is, of niet aan u getoond wordt
    pub gemeten: Option<i64>,
    /// Of de grens gehaald is
    pub gehaald: bool,
}

/// Een lichting in een beleidsproef
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beleidsproeflichting {
    /// Het id van de lichting
    pub lichting: String,
    /// De naam van de lichting
    pub naam: String,
    /// Hoe ver het werk is
    pub werk: Werk,
    /// Oud en nieuw in aantallen, zoals docs/reruns.md ze beschrijft; null zolang ze er niet zijn, en voor wie geen kleine aantallen ziet
    #[schema(value_type = Option<Object>)]
    pub uitkomst: Option<Value>,
}

/// Een beleid op proef
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beleidsproef {
    /// Het id
    pub id: String,
    /// Het beleid dat geprobeerd wordt
    pub beleid: Beleidsverwijzing,
    /// SHA-256 van wat het beleid toen zei
    pub inhoud_sha256: String,
    /// Het beleid om mee te vergelijken; null is het beleid dat elke lichting zelf heeft
    pub tegen: Option<Beleidsverwijzing>,
    /// Waar het werk is
    #[schema(value_type = Werktoestand)]
    pub toestand: State,
    /// De lichtingen
    pub lichtingen: Vec<Beleidsproeflichting>,
    /// De grenzen
    pub drempels: Vec<Proefdrempel>,
    /// Wat de grenzen zeggen; null zonder grenzen
    #[schema(value_type = Option<Proefoordeel>)]
    pub oordeel: Option<&'static str>,
    /// Wie erom vroeg
    pub gevraagd: Gedaan,
}

impl Beleidsproef {
    /// As somebody sees it; `small` is whether that may be counts of a few people.
    pub fn new(told: Told, small: bool) -> Self {
        let (found, judgement) = told.judged();
        let state = told.state();
        Self {
            drempels: found.into_iter().map(|(threshold, value)| drempel(threshold, value, small)).collect(),
            oordeel: judgement.map(Judgement::code),
            toestand: state,
            lichtingen: told.waves.into_iter().map(|it| lichting(it, small)).collect(),
            id: told.trial.id,
            beleid: told.trial.policy.into(),
            inhoud_sha256: told.trial.content,
            tegen: told.trial.against.map(Beleidsverwijzing::from),
            gevraagd: told.trial.asked.into(),
        }
    }
}

fn drempel(threshold: Threshold, value: Option<i64>, small: bool) -> Proefdrempel {
    let Threshold { measure, least, most } = threshold;
    Proefdrempel {
        wat: Measure::code(measure),
        minstens: least,
        hoogstens: most,
        gemeten: value.filter(|_| small),
        gehaald: value.is_some_and(|it| threshold.met(it)),
    }
}

fn lichting(it: Tried, small: bool) -> Beleidsproeflichting {
    let told = |line: &Line| serde_json::to_value(line).unwrap_or_default();
    Beleidsproeflichting {
        uitkomst: it.line.as_ref().filter(|_| small).map(told),
        lichting: it.wave,
        naam: it.name,
        werk: Werk::from(&it.job),
    }
}
