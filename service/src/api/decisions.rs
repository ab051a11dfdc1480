//! `/lichtingen/{id}/beoordelingen`: what was decided about each proposal.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::actions::{Asked, decisions};
use crate::desk::choice::{Choice, Word};
use crate::desk::decision::{REASONS, Scope, Spot};
use crate::records::decision::Decided;
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::fields::Fields;
use crate::serve::problem::Problem;
use crate::store::clock::written;

/// A decision about one candidate.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordeling {
    /// About whom.
    pub kandidaat: String,
    /// akkoord, vast, afwijzen or alternatief, with the placement it is about.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub besluit: Value,
    /// The run whose proposal was shown.
    pub berekening: Option<String>,
    /// Who decided.
    pub door: String,
    /// When (UTC).
    #[schema(format = DateTime)]
    pub op: String,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Decided> for Beoordeling {
    fn from(it: Decided) -> Self {
        Self {
            kandidaat: it.candidate,
            besluit: it.decision.json(),
            berekening: it.run,
            door: it.who,
            op: written(it.at),
            versie: it.version,
        }
    }
}

/// All decisions of a wave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingen {
    /// By candidate.
    pub resultaten: Vec<Beoordeling>,
    /// How many.
    pub totaal: usize,
    /// How many proposals were rejected or replaced by another choice.
    pub overruled: usize,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read, decide, withdraw))
}

fn answer(decided: Decided) -> Response {
    let tag = tag(decided.version);
    (StatusCode::OK, [(header::ETAG, tag)], Json(Beoordeling::from(decided))).into_response()
}

/// Alle besluiten over een lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen", tag = "beoordelingen", operation_id = "beoordelingen",
    params(("lichting" = String, Path)),
    responses((status = 200, body = Beoordelingen), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let decided = reading.decisions(&id).await?;
    let overruled = decided.iter().filter(|it| it.decision.overrules()).count();
    let resultaten: Vec<Beoordeling> = decided.into_iter().map(Beoordeling::from).collect();
    Ok(Json(Beoordelingen { totaal: resultaten.len(), overruled, resultaten }).into_response())
}

/// Het besluit over één kandidaat
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "beoordeling",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = Beoordeling), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    app.store.read().decision(&wave, &candidate).await?.map(answer).ok_or_else(Problem::unknown)
}

/// Besluit over het voorstel voor een kandidaat
#[utoipa::path(put, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluiten",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body(content = Value, content_type = "application/json", description = "{ \"besluit\": \"akkoord\" | \"vast\" | \"afwijzen\" | \"alternatief\" }; \
        bij afwijzen ook reden (een code) en reikwijdte (plaatsing, school of coach), bij alternatief plaatsing { school, plek, coach } en zo nodig ondanks [regels]"),
    responses((status = 200, body = Beoordeling), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn decide(
    State(app): State<App>,
    asked: Asked,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Body(body): Body,
) -> Result<Response, Problem> {
    app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let choice = read_choice(&body)?;
    match decisions::decide(&app.store, &asked, &id, &candidate, expected.version(), choice).await {
        Ok(decided) => Ok(answer(decided)),
        Err(refused) => Err(Problem::of(refused, shown, body)),
    }
}

fn shown(now: Option<Decided>) -> Value {
    now.map_or(Value::Null, |it| serde_json::to_value(Beoordeling::from(it)).unwrap_or_default())
}

fn read_choice(body: &Value) -> Result<Choice, Problem> {
    let mut fields = Fields::new(body);
    let word = fields.need_word("besluit", &Word::ALL.map(|(code, _)| code));
    let word = Word::ALL.iter().find(|(code, _)| Some(*code) == word.as_deref()).map(|(_, word)| *word);
    // A decision that was read before may be sent again as it is.
    let spot = fields.object("plaatsing", |it| {
        Some(Spot { school: it.need_text("school", 64)?, seat: it.need_text("plek", 64)?, coach: it.need_text("coach", 64)? })
    });
    let (mut reason, mut scope, mut despite) = (None, None, Vec::new());
    match word {
        Some(Word::Afwijzen) => {
            reason = fields.need_word("reden", REASONS);
            scope = fields.need_word("reikwijdte", &Scope::ALL.map(|(code, _)| code));
        }
        Some(Word::Alternatief) => despite = fields.texts("ondanks", 9),
        Some(Word::Akkoord | Word::Vast) | None => {}
    }
    let scope = Scope::ALL.iter().find(|(code, _)| Some(*code) == scope.as_deref()).map(|(_, scope)| *scope);
    let word = fields.finish(word)?;
    Ok(Choice { word, reason, scope, spot, despite })
}

/// Trek een besluit in
#[utoipa::path(delete, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}", tag = "beoordelingen", operation_id = "besluitIntrekken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn withdraw(
    State(app): State<App>,
    asked: Asked,
    Ids((id, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    let done = decisions::withdraw(&app.store, &asked, &id, &candidate, expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
