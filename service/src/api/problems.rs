//! `/problemen`: what each kind of refusal means. `type` of every problem is an address here.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::kinds::{self, Kind};
use crate::serve::problem::Problem;

/// Wat een soort weigering betekent
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Probleemsoort {
    /// Het adres van deze uitleg: staat als type in elke weigering van deze soort
    #[serde(rename = "type")]
    pub kind: String,
    /// De soort in een paar woorden
    pub title: String,
    /// De status van HTTP
    pub status: u16,
    /// Wat het betekent
    pub betekenis: String,
    /// Wat u eraan kunt doen
    pub oplossing: String,
}

impl From<&Kind> for Probleemsoort {
    fn from(kind: &Kind) -> Self {
        Self {
            kind: kind.address(),
            title: kind.title.into(),
            status: kind.status.as_u16(),
            betekenis: kind.means.into(),
            oplossing: kind.remedy.into(),
        }
    }
}

/// Alle soorten weigeringen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Probleemsoorten {
    /// Op status
    pub resultaten: Vec<Probleemsoort>,
    /// Hoeveel
    pub totaal: usize,
}

/// The routes of this file, open to everybody: who is refused has no token yet.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read))
}

/// Alle soorten weigeringen, met wat ze betekenen
#[utoipa::path(get, path = "/v1/problemen", tag = "dienst", operation_id = "problemen", responses((status = 200, body = Probleemsoorten)))]
async fn list(_: NoKeys) -> Json<Probleemsoorten> {
    let resultaten: Vec<Probleemsoort> = kinds::KINDS.iter().copied().map(Probleemsoort::from).collect();
    Json(Probleemsoorten { totaal: resultaten.len(), resultaten })
}

/// Wat één soort weigering betekent; het adres staat als type in elke weigering
#[utoipa::path(get, path = "/v1/problemen/{probleem}", tag = "dienst", operation_id = "probleem", params(("probleem" = String, Path)),
    responses((status = 200, body = Probleemsoort)))]
async fn read(Ids(code): Ids<String>, _: NoKeys) -> Result<Json<Probleemsoort>, Problem> {
    kinds::kind(&code).map(|kind| Json(Probleemsoort::from(kind))).ok_or_else(Problem::unknown)
}
