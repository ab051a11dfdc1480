//! `/besturen/{id}/opbrengst`: what one more seat would bring a board, as it was worked out before anybody asked.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::answer::Antwoord;
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::{Asked, worth};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::Error;
use crate::store::clock::written;

/// Wat één plek meer zou opbrengen, met hoe oud dat antwoord is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KlareOpbrengst {
    /// Het bestuur
    pub bestuur: String,
    /// De vraag waar het antwoord van is; null als er nog geen antwoord is
    pub vraag: Option<String>,
    /// Wanneer het is uitgerekend (UTC)
    #[schema(format = DateTime)]
    pub gerekend_op: Option<String>,
    /// Over welke berekening
    pub berekening: Option<String>,
    /// Van welke lichting
    pub lichting: Option<String>,
    /// Of er sindsdien iets veranderd is
    pub verouderd: bool,
    /// Of er nu een ander plan geldt, of het plan zelf verouderd is
    pub ander_plan: bool,
    /// Of de plekken van het bestuur sindsdien veranderd zijn; het antwoord gaat over de plekken van toen
    pub plekken_veranderd: bool,
    /// Of er een nieuwer antwoord komt
    pub wordt_gerekend: bool,
    /// Het antwoord; null als er nog geen is
    #[schema(value_type = Option<Antwoord>)]
    pub antwoord: Option<Value>,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(&[Role::Intermediair, Role::Bestuur], routes!(read)))
}

/// Wat één plek meer zou opbrengen: het antwoord dat klaarligt, met zijn leeftijd
#[utoipa::path(get, path = "/besturen/{bestuur}/opbrengst", tag = "besturen", operation_id = "opbrengst", params(("bestuur" = String, Path)),
    responses((status = 200, body = KlareOpbrengst)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let (kept, coming) = worth::kept(&app.store, &asked, &id).await?;
    let Some(kept) = kept else {
        return Ok(Json(KlareOpbrengst {
            bestuur: id,
            vraag: None,
            gerekend_op: None,
            berekening: None,
            lichting: None,
            verouderd: false,
            ander_plan: false,
            plekken_veranderd: false,
            wordt_gerekend: coming,
            antwoord: None,
        })
        .into_response());
    };
    let bytes = app.store.read().result(&kept.job.id).await?;
    let mut answer: Option<Value> = bytes.map(|bytes| serde_json::from_slice(&bytes)).transpose().map_err(Error::from)?;
    let names = Names::seen_by(&app, &asked).await?;
    answer.iter_mut().for_each(|it| names.beside(it));
    let body = KlareOpbrengst {
        bestuur: id,
        vraag: Some(kept.job.id.clone()),
        gerekend_op: kept.job.ended.map(written),
        berekening: Some(kept.run.job.id.clone()),
        lichting: Some(kept.run.wave.clone()),
        verouderd: kept.replanned || kept.changed,
        ander_plan: kept.replanned,
        plekken_veranderd: kept.changed,
        wordt_gerekend: coming,
        antwoord: answer,
    };
    Ok(Json(body).into_response())
}
