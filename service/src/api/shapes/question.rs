//! A question as an answer, with what is known of its own answer.

use axum::Json;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::answer::{Antwoord, Deel, Gevraagd};
use super::names::Names;
use super::work::{Werk, working};
use crate::actions::Asked;
use crate::listed::Vraagsoort;
use crate::records::job::Job;
use crate::serve::app::App;
use crate::serve::problem::Problem;
use crate::store::Error;

/// Een vraag met haar antwoord, zover het er is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Vraagantwoord {
    /// Het id
    pub id: String,
    /// Over welke berekening
    pub berekening: String,
    /// Wat voor vraag
    #[schema(value_type = Vraagsoort)]
    pub soort: String,
    /// Wat er gevraagd is
    #[schema(value_type = Gevraagd)]
    pub vraag: Value,
    /// Delen van het antwoord die er al zijn; leeg als het hele antwoord er is
    #[schema(value_type = Vec<Deel>)]
    pub delen: Vec<Value>,
    /// Het hele antwoord; null zolang het er niet is
    #[schema(value_type = Option<Antwoord>)]
    pub antwoord: Option<Value>,
    /// Hoe ver het is
    #[serde(flatten)]
    pub werk: Werk,
}

/// A question as an answer: while it is worked on, when to ask again.
pub async fn answer(app: &App, asked: &Asked, status: StatusCode, job: Job, run: String) -> Result<Response, Problem> {
    let (state, place) = (job.state, format!("/v1/vragen/{}", job.id));
    Ok(working(status, state, &place, Json(view(app, asked, job, run).await?)))
}

async fn view(app: &App, asked: &Asked, job: Job, run: String) -> Result<Vraagantwoord, Problem> {
    let mut reading = app.store.read();
    let answer = reading.result(&job.id).await?;
    let mut answer: Option<Value> = answer.map(|bytes| serde_json::from_slice(&bytes)).transpose().map_err(Error::from)?;
    let mut parts = if answer.is_some() { Vec::new() } else { reading.parts_told(&job.id).await? };
    drop(reading);
    // An answer for somebody else's eyes keeps what they may not see out; names are put where ids are.
    let names = Names::seen_by(app, asked).await?;
    answer.iter_mut().chain(&mut parts).for_each(|it| names.beside(it));
    let werk = Werk::from(&job);
    Ok(Vraagantwoord {
        id: job.id,
        berekening: run,
        soort: job.kind.code.into(),
        vraag: job.question.0,
        delen: parts,
        antwoord: answer,
        werk,
    })
}
