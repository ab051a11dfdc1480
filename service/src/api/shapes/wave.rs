//! A wave as an answer.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::actions::Refused;
use crate::records::remark::Remark;
use crate::records::wave::{Life, Wave};
use crate::serve::etag::tag;
use crate::serve::problem::Problem;
use crate::store::clock::written;

/// A wave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Lichting {
    /// Its id.
    pub id: String,
    /// Its name.
    pub naam: String,
    /// werkervaring, opleiding, opleiding_jaar2 or inductie.
    pub fase: String,
    /// First day.
    #[schema(format = Date)]
    pub van: String,
    /// Last day.
    #[schema(format = Date)]
    pub tot: String,
    /// Where it is in its life.
    pub toestand: Life,
    /// Drawn when it was submitted.
    pub zaad: Option<i64>,
    /// SHA-256 of its file.
    pub invoer_sha256: String,
    /// How many times somebody decided about a proposal.
    pub beslissingen: i64,
    /// The run whose plan is under review or published.
    pub geldende_berekening: Option<String>,
    /// When it was made (UTC).
    #[schema(format = DateTime)]
    pub aangemaakt_op: String,
    /// Its version, also in ETag.
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

/// A wave, and what somebody should know of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LichtingMetMeldingen {
    /// The wave.
    #[serde(flatten)]
    pub lichting: Lichting,
    /// What `loket check` tells of its file, and where the file and the register differ.
    pub meldingen: Vec<Remark>,
}

/// A wave with what somebody should know of it as an answer, with its ETag.
pub fn told(status: StatusCode, wave: Wave, meldingen: Vec<Remark>) -> Response {
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
