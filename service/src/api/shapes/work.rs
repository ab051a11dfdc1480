//! How far work is, and the answer while it goes on.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

pub use crate::records::address::segment;
use crate::records::job::{Job, State as JobState};
use crate::store::clock::written;

/// How far a job is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Werk {
    /// wachtrij, bezig, klaar, mislukt or afgebroken.
    pub toestand: JobState,
    /// How often it was begun.
    pub pogingen: i64,
    /// Whether somebody asked to stop.
    pub stop_gevraagd: bool,
    /// What is known of the goal at work.
    pub voortgang: Option<Value>,
    /// What went otherwise.
    pub melding: Option<Value>,
    /// UTC.
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// UTC.
    #[schema(format = DateTime)]
    pub begonnen_op: Option<String>,
    /// UTC.
    #[schema(format = DateTime)]
    pub klaar_op: Option<String>,
}

impl From<&Job> for Werk {
    fn from(job: &Job) -> Self {
        Self {
            toestand: job.state,
            pogingen: job.attempts,
            stop_gevraagd: job.stopping,
            voortgang: job.progress.clone(),
            melding: job.message.as_ref().and_then(|it| serde_json::to_value(it).ok()),
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
