//! A question as an answer, with what is known of its own answer.

use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::work::{Werk, working};
use crate::records::job::Job;
use crate::serve::app::App;
use crate::serve::problem::Problem;
use crate::store::Error;

/// A question with its answer, as far as it is known.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vraag {
    /// Its id.
    pub id: String,
    /// The run it is about.
    pub berekening: String,
    /// waarom, passen, schaarste, wat-als, stress or verslag.
    pub soort: String,
    /// What was asked.
    pub vraag: Value,
    /// Parts of the answer that are known already.
    pub delen: Vec<Value>,
    /// The whole answer.
    pub antwoord: Option<Value>,
    /// How far it is.
    #[serde(flatten)]
    pub werk: Werk,
}

/// A question as an answer: while it is worked on, when to ask again.
pub async fn answer(app: &App, status: StatusCode, job: Job, run: String) -> Result<Response, Problem> {
    let (state, place) = (job.state, format!("/v1/vragen/{}", job.id));
    Ok(working(status, state, &place, Json(view(app, job, run).await?)))
}

async fn view(app: &App, job: Job, run: String) -> Result<Vraag, Problem> {
    let mut reading = app.store.read();
    let answer = reading.result(&job.id).await?;
    let answer = answer.map(|bytes| serde_json::from_slice(&bytes)).transpose().map_err(Error::from)?;
    let parts = if answer.is_some() { Vec::new() } else { reading.parts_told(&job.id).await? };
    let werk = Werk::from(&job);
    Ok(Vraag { id: job.id, berekening: run, soort: job.kind.code.into(), vraag: job.question.0, delen: parts, antwoord: answer, werk })
}
