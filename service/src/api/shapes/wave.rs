//! A wave as an answer.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::names::Names;
use super::policy::Gebruiktbeleid;
use super::remark::Melding;
use crate::actions::Refused;
use crate::listed::{Fase, Lichtingtoestand};
use crate::records::remark::Remark;
use crate::records::wave::{Life, Wave};
use crate::serve::etag::tag;
use crate::serve::problem::Problem;
use crate::store::clock::written;

/// Een lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Lichting {
    /// Het id
    pub id: String,
    /// De naam
    pub naam: String,
    /// De fase
    #[schema(value_type = Fase)]
    pub fase: String,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Waar zij is in haar leven
    #[schema(value_type = Lichtingtoestand)]
    pub toestand: Life,
    /// Het zaad dat tussen gelijken kiest; getrokken bij het indienen
    pub zaad: Option<i64>,
    /// SHA-256 van haar bestand
    pub invoer_sha256: String,
    /// Hoe vaak er over een voorstel besloten is
    pub beslissingen: i64,
    /// De berekening waarvan het plan in beoordeling of vastgesteld is
    pub geldende_berekening: Option<String>,
    /// Haar beleid; null voor een lichting van een vorige versie die nog niet is vastgesteld
    pub beleid: Option<Gebruiktbeleid>,
    /// Wanneer zij gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub aangemaakt_op: String,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl From<Wave> for Lichting {
    fn from(wave: Wave) -> Self {
        Self {
            id: wave.id,
            naam: wave.name,
            fase: wave.phase,
            van: wave.from,
            tot: wave.until,
            toestand: wave.life,
            zaad: wave.seed,
            invoer_sha256: wave.input,
            beslissingen: wave.decisions,
            geldende_berekening: wave.current,
            beleid: wave.policy.map(Gebruiktbeleid::from),
            aangemaakt_op: written(wave.created),
            versie: wave.version,
        }
    }
}

/// A wave as an answer, with its ETag.
pub fn answer(status: StatusCode, wave: Wave) -> Response {
    let tag = tag(wave.version);
    (status, [(header::ETAG, tag)], Json(Lichting::from(wave))).into_response()
}

/// Een lichting, en wat iemand ervan moet weten
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LichtingMetMeldingen {
    /// De lichting
    #[serde(flatten)]
    pub lichting: Lichting,
    /// Wat `loket check` van het bestand zegt, en waar bestand en register verschillen
    pub meldingen: Vec<Melding>,
}

/// A wave with what somebody should know of it as an answer, with its ETag.
pub fn told(status: StatusCode, wave: Wave, remarks: Vec<Remark>, names: &Names) -> Response {
    let meldingen = Melding::all(remarks, names);
    let tag = tag(wave.version);
    (status, [(header::ETAG, tag)], Json(LichtingMetMeldingen { lichting: wave.into(), meldingen })).into_response()
}

/// A wave as JSON, beside what somebody else sent.
pub fn shown(wave: Wave) -> Value {
    serde_json::to_value(Lichting::from(wave)).unwrap_or_default()
}

/// What an edit of a wave came to, as an answer.
pub fn edited(edited: Result<Wave, Refused<Wave>>, yours: Value) -> Result<Response, Problem> {
    match edited {
        Ok(wave) => Ok(answer(StatusCode::OK, wave)),
        Err(refused) => Err(Problem::of(refused, shown, yours)),
    }
}
