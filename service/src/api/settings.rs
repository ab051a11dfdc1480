//! `/instellingen`: what people set while the service runs, with what it was, and beside it what the service was started with.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::settings::NewSetting;
use crate::access::Role;
use crate::actions::{Asked, settings};
use crate::records::setting::{Kept, Past, Shape, Standing};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;

/// Een waarde: een getal, of aan of uit
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Instellingstand {
    /// Bij een instelling die een getal is
    pub getal: Option<i64>,
    /// Bij een instelling die aan of uit staat
    pub aan: Option<bool>,
}

impl Instellingstand {
    fn of(shape: Shape, kept: Kept) -> Self {
        match shape {
            Shape::Number { .. } => Self { getal: Some(kept), aan: None },
            Shape::Switch { .. } => Self { getal: None, aan: Some(kept != 0) },
        }
    }
}

/// Een waarde die een instelling kreeg
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Instellingverleden {
    /// Wat zij werd
    pub waarde: Instellingstand,
    /// Bij welke versie
    pub versie: i64,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Door welk account
    pub wie: String,
}

impl Instellingverleden {
    fn of(shape: Shape, past: Past) -> Self {
        Self { waarde: Instellingstand::of(shape, past.kept), versie: past.version, op: written(past.at), wie: past.who }
    }
}

/// Een instelling, zoals zij nu staat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Instelling {
    /// Hoe zij heet
    pub naam: String,
    /// Wat zij betekent
    pub uitleg: String,
    /// Wat zij nu is
    pub waarde: Instellingstand,
    /// Wat zij is zolang niemand haar zet
    pub gewoon: Instellingstand,
    /// Bij een getal: het kleinste
    pub minimum: Option<i64>,
    /// Bij een getal: het grootste
    pub maximum: Option<i64>,
    /// Wanneer zij gezet is (UTC)
    #[schema(format = DateTime)]
    pub gezet_op: Option<String>,
    /// Door welk account
    pub gezet_door: Option<String>,
    /// De versie, ook in ETag
    pub versie: i64,
}

impl From<Standing> for Instelling {
    fn from(it: Standing) -> Self {
        let shape = it.name.shape();
        let (minimum, maximum) = match shape {
            Shape::Number { least, most, .. } => (Some(least), Some(most)),
            Shape::Switch { .. } => (None, None),
        };
        let (gezet_op, gezet_door) = it.set.map_or((None, None), |(at, who)| (Some(written(at)), Some(who)));
        Self {
            naam: it.name.code().into(),
            uitleg: it.name.says().into(),
            waarde: Instellingstand::of(shape, it.kept),
            gewoon: Instellingstand::of(shape, it.name.usual()),
            minimum,
            maximum,
            gezet_op,
            gezet_door,
            versie: it.version,
        }
    }
}

/// Een instelling met elke waarde die zij kreeg
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InstellingMetVerleden {
    /// Zoals zij nu staat
    pub instelling: Instelling,
    /// Elke waarde die iemand zette, de laatste eerst
    pub eerder: Vec<Instellingverleden>,
}

/// Een instelling waarmee de dienst gestart is; veranderen gaat in het instellingenbestand
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Dienstinstelling {
    /// Hoe zij heet
    pub naam: String,
    /// Wat zij is
    pub waarde: String,
}

/// Alle instellingen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Instellingenlijst {
    /// Wat tijdens het draaien gezet kan worden
    pub instellingen: Vec<Instelling>,
    /// Waarmee de dienst gestart is, zonder geheimen
    pub dienst: Vec<Dienstinstelling>,
}

const B: &[Role] = &[Role::Beheerder];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(B, routes!(list))).routes(only(B, routes!(read, put)))
}

fn shown(standing: Standing) -> Value {
    json!(Instelling::from(standing))
}

fn answer(standing: Standing) -> Response {
    ([(header::ETAG, tag(standing.version))], Json(Instelling::from(standing))).into_response()
}

/// Alle instellingen: wat u kunt zetten, en waarmee de dienst gestart is
#[utoipa::path(get, path = "/instellingen", tag = "accounts", operation_id = "instellingen",
    responses((status = 200, body = Instellingenlijst)))]
async fn list(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let instellingen = settings::all(&app.store).await?.into_iter().map(Instelling::from).collect();
    let dienst = app.settings.told().into_iter().map(|(name, waarde)| Dienstinstelling { naam: name.into(), waarde }).collect();
    Ok(Json(Instellingenlijst { instellingen, dienst }).into_response())
}

/// Eén instelling, met elke waarde die zij kreeg
#[utoipa::path(get, path = "/instellingen/{instelling}", tag = "accounts", operation_id = "instelling",
    params(("instelling" = String, Path)), responses((status = 200, body = InstellingMetVerleden)))]
async fn read(State(app): State<App>, Ids(code): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let (standing, past) = settings::one(&app.store, &code).await?;
    let (version, shape) = (standing.version, standing.name.shape());
    let eerder = past.into_iter().map(|it| Instellingverleden::of(shape, it)).collect();
    let body = InstellingMetVerleden { instelling: standing.into(), eerder };
    Ok(([(header::ETAG, tag(version))], Json(body)).into_response())
}

/// Zet een instelling; van nu af geldt zij zo
#[utoipa::path(put, path = "/instellingen/{instelling}", tag = "accounts", operation_id = "instellingZetten",
    params(("instelling" = String, Path), ("If-Match" = String, Header)), request_body = inline(NewSetting),
    responses((status = 200, body = Instelling)))]
async fn put(
    State(app): State<App>,
    asked: Asked,
    Ids(code): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<NewSetting>,
) -> Result<Response, Problem> {
    let Some(wanted) = body.wanted() else { return Err(Problem::mistake("ontbreekt", "", "hier hoort een waarde", "stuur getal of aan")) };
    let done = settings::put(&app.store, &asked, &code, expected.version(), wanted).await;
    done.map(answer).map_err(|refused| Problem::of(refused, shown, json!({ "getal": body.getal, "aan": body.aan })))
}
