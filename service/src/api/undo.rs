//! `/lichtingen/{id}/ongedaan`: what somebody can take back of their own decisions, and taking it back.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::decision::{Beoordeling, Beside};
use crate::access::Role;
use crate::actions::{Asked, undo};
use crate::listed::Besluitstap;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;
use loket_solver::matching::facts::words::Word;

/// Wat ongedaan maken voor één kandidaat zou doen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Terug {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wat er gedaan was
    #[schema(value_type = Besluitstap)]
    pub stap: &'static str,
    /// Het besluit dat nu geldt; null als er geen geldt
    pub nu: Option<Beoordeling>,
    /// Het besluit dat dan weer geldt; null als er dan geen geldt
    pub wordt: Option<Beoordeling>,
}

/// Wat ongedaan maken nu zou doen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ongedaan {
    /// Het nummer van uw laatste stap van het afgelopen uur, ook in de ETag; 0 als er niets terug te nemen is
    pub nummer: i64,
    /// Wanneer dat was (UTC); null als er niets is
    #[schema(format = DateTime)]
    pub op: Option<String>,
    /// Of het kan
    pub kan: bool,
    /// Wat er dan gebeurt: één kandidaat, of iedereen van een groep
    pub besluiten: Vec<Terug>,
    /// Waarom het niet kan: wie er op verder ging, en hoe
    pub bezwaren: Vec<Fout>,
}

impl Ongedaan {
    fn of(it: undo::Undo, beside: &Beside) -> Self {
        let bezwaren: Vec<Fout> =
            it.wrong.iter().map(|wrong| Fout::new(wrong.code, &wrong.place, beside.names.sentence(&wrong.what), &wrong.remedy)).collect();
        let back = |it: crate::desk::history::Back| Terug {
            naam: beside.names.candidate(&it.step.candidate),
            kandidaat: it.step.candidate,
            stap: it.step.step.code(),
            nu: it.step.stands.map(|it| Beoordeling::of(it, beside)),
            wordt: it.then.map(|it| Beoordeling::of(it, beside)),
        };
        Self {
            nummer: it.number,
            op: (it.number > 0).then(|| written(it.at)),
            kan: it.number > 0 && bezwaren.is_empty(),
            besluiten: it.back.into_iter().map(back).collect(),
            bezwaren,
        }
    }
}

/// Wat er nu geldt voor één kandidaat
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Weer {
    /// Over wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Het besluit dat nu geldt; null als er geen geldt
    pub besluit: Option<Beoordeling>,
}

/// Wat er teruggenomen is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Teruggenomen {
    /// Het nummer van de laatste stap in deze lichting
    pub nummer: i64,
    /// Wat er nu geldt voor wie het over ging
    pub besluiten: Vec<Weer>,
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(look, take_back)))
}

async fn beside(app: &App, asked: &Asked, wave: &str) -> Result<Beside, Problem> {
    let run = app.store.read().wave(wave).await?.and_then(|it| it.current);
    Ok(Beside::of(app, asked, run.as_deref()).await?)
}

/// Wat ongedaan maken nu zou doen: uw laatste besluit van het afgelopen uur in deze lichting, of uw laatste groep
#[utoipa::path(get, path = "/lichtingen/{lichting}/ongedaan", tag = "beoordelingen", operation_id = "ongedaan",
    params(("lichting" = String, Path)),
    responses((status = 200, body = Ongedaan)))]
async fn look(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = undo::look(&app.store, &asked, &id).await?;
    let (tag, beside) = (tag(found.number), beside(&app, &asked, &id).await?);
    Ok(([(header::ETAG, tag)], Json(Ongedaan::of(found, &beside))).into_response())
}

/// Maak uw laatste besluit van het afgelopen uur ongedaan, of uw laatste groep: wat daarvoor gold, geldt weer. Dat kan zolang niemand anders er op
/// verder ging
#[utoipa::path(post, path = "/lichtingen/{lichting}/ongedaan", tag = "beoordelingen", operation_id = "ongedaanMaken",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Teruggenomen), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn take_back(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    let done = undo::undo(&app.store, &asked, &id, expected.version()).await;
    let beside = beside(&app, &asked, &id).await?;
    match done {
        Ok(it) => {
            let now = it.now.into_iter().map(|(kandidaat, stands)| Weer {
                naam: beside.names.candidate(&kandidaat),
                kandidaat,
                besluit: stands.map(|it| Beoordeling::of(it, &beside)),
            });
            Ok(Json(Teruggenomen { nummer: it.number, besluiten: now.collect() }).into_response())
        }
        Err(refused) => {
            let shown = |now| serde_json::to_value(Ongedaan::of(now, &beside)).unwrap_or_default();
            let yours: Value = json!({ "nummer": expected.version() });
            Err(beside.names.in_problem(Problem::of(refused, shown, yours)))
        }
    }
}
