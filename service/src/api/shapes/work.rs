//! How far work is, and the answer while it goes on.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::listed::Werktoestand;
pub use crate::records::address::segment;
use crate::records::job::{Job, Message, State as JobState};
use crate::records::progress::{AtGoal, AtTrial, Progress};
use crate::store::clock::written;

/// Hoe ver het werk is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Werk {
    /// Waar het is
    #[schema(value_type = Werktoestand)]
    pub toestand: JobState,
    /// Hoe vaak het begonnen is
    pub pogingen: i64,
    /// Of iemand gevraagd heeft te stoppen
    pub stop_gevraagd: bool,
    /// Wat er bekend is van het doel dat aan de beurt is; null is nog niets
    pub voortgang: Option<Voortgang>,
    /// Wat er anders ging dan gevraagd; null is niets
    pub melding: Option<Werkmelding>,
    /// Wanneer het gevraagd is (UTC)
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// Wanneer het begon (UTC)
    #[schema(format = DateTime)]
    pub begonnen_op: Option<String>,
    /// Wanneer het klaar was (UTC)
    #[schema(format = DateTime)]
    pub klaar_op: Option<String>,
}

/// Hoe ver een berekening is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Doelvoortgang {
    /// Het doel dat aan de beurt is
    pub doel: String,
    /// Het hoeveelste doel, vanaf 1
    pub nummer: u64,
    /// De beste waarde tot nu toe; null is nog geen
    pub waarde: Option<i64>,
    /// Meer kan niet; null is nog niet bekend
    pub bovengrens: Option<i64>,
    /// Hoeveel mogelijke plaatsen er bekeken zijn
    pub kolommen: u64,
    /// Hoeveel gevallen er onderscheiden zijn
    pub knopen: u64,
    /// Of dit doel klaar is
    pub klaar: bool,
    /// Hoe lang er gerekend is
    pub milliseconden: u64,
}

/// Hoe ver een proef is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Proefvoortgang {
    /// Hoeveel er zijn nagerekend
    pub gedaan: u64,
    /// Van hoeveel
    pub van: u64,
}

/// Hoe ver het werk is dat bezig is
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Voortgang {
    /// Van een berekening
    Doel(Doelvoortgang),
    /// Van een proef
    Proef(Proefvoortgang),
}

impl From<Progress> for Voortgang {
    fn from(it: Progress) -> Self {
        match it {
            Progress::Goal(AtGoal { name, number, value, bound, columns, nodes, done, milliseconds, goals: _ }) => {
                Self::Doel(Doelvoortgang {
                    doel: name,
                    nummer: number,
                    waarde: value,
                    bovengrens: bound,
                    kolommen: columns,
                    knopen: nodes,
                    klaar: done,
                    milliseconden: milliseconds,
                })
            }
            Progress::Trial(AtTrial { done, of }) => Self::Proef(Proefvoortgang { gedaan: done, van: of }),
        }
    }
}

/// Wat er anders ging dan gevraagd
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Werkmelding {
    /// Wat voor melding
    pub code: String,
    /// De melding in een zin
    pub tekst: String,
    /// Wat er niet klopte, als het geweigerd is
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Meldingprobleem>>, nullable = false)]
    pub problemen: Option<Value>,
}

/// Eén ding dat niet klopte
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Meldingprobleem {
    /// Wat voor fout
    pub code: String,
    /// Waar: een JSON-pointer
    pub plaats: String,
    /// Waar, in woorden
    pub waar: String,
    /// Wat er niet klopt
    pub wat: String,
    /// Hoe het wel moet
    pub oplossing: String,
}

impl From<Message> for Werkmelding {
    fn from(it: Message) -> Self {
        Self { code: it.code, tekst: it.text, problemen: it.problems }
    }
}

impl From<&Job> for Werk {
    fn from(job: &Job) -> Self {
        Self {
            toestand: job.state,
            pogingen: job.attempts,
            stop_gevraagd: job.stopping,
            voortgang: job.progress.clone().map(Voortgang::from),
            melding: job.message.clone().map(Werkmelding::from),
            gevraagd_op: written(job.created),
            begonnen_op: job.begun.map(written),
            klaar_op: job.ended.map(written),
        }
    }
}

/// A job's answer: while it goes on, when to ask again.
pub fn working(status: StatusCode, state: JobState, place: &str, body: impl IntoResponse) -> Response {
    let mut response = (status, body).into_response();
    if let Ok(place) = HeaderValue::try_from(place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    if !state.ended() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}
