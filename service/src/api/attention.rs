//! `/aandacht`: what asks the intermediary for action, each with how many and where.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Role;
use crate::actions::attention;
use crate::listed::Aandachtsoort;
use crate::records::attention::Line;
use crate::serve::app::App;
use crate::serve::body::NoKeys;
use crate::serve::papers::drafts;
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Iets dat om actie vraagt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aandachtspunt {
    /// Wat het is
    #[schema(value_type = Aandachtsoort)]
    pub soort: &'static str,
    /// Hoeveel
    pub aantal: i64,
    /// In welke lichting; null als het daar niet om gaat
    pub lichting: Option<String>,
    /// Sinds welke dag, of voor welke
    #[schema(format = Date)]
    pub dag: Option<String>,
    /// Waar het staat
    pub adres: String,
}

impl From<Line> for Aandachtspunt {
    fn from(it: Line) -> Self {
        Self { soort: it.what.code(), aantal: it.count, lichting: it.wave, dag: it.day, adres: it.place }
    }
}

/// Alles wat om actie vraagt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aandacht {
    /// Wat te laat is eerst
    pub resultaten: Vec<Aandachtspunt>,
    /// Hoeveel
    pub totaal: usize,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(&[Role::Intermediair], routes!(list)))
}

/// Wat om actie vraagt
#[utoipa::path(get, path = "/aandacht", tag = "antwoorden", operation_id = "aandacht", responses((status = 200, body = Aandacht)))]
async fn list(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let resultaten: Vec<Aandachtspunt> = attention::lines(&app.store, drafts(&app)).await?.into_iter().map(Aandachtspunt::from).collect();
    Ok(Json(Aandacht { totaal: resultaten.len(), resultaten }).into_response())
}
