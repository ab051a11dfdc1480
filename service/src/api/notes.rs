//! `/lichtingen/{id}/beoordelingen/{kandidaat}/notities`: what intermediaries want to remember about a candidate.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::review::NoteText;
use crate::access::Role;
use crate::actions::{Asked, decisions, notes};
use crate::records::address::path;
use crate::records::review::Note;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::idempotency::once_told;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;

/// Een notitie over een kandidaat in een lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Notitie {
    /// Het id
    pub id: String,
    /// Over wie
    pub kandidaat: String,
    /// Wat er te onthouden is
    pub tekst: String,
    /// Wie haar het laatst schreef
    pub door: String,
    /// Wanneer zij gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub gemaakt_op: String,
    /// Wanneer zij het laatst geschreven is (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl From<Note> for Notitie {
    fn from(it: Note) -> Self {
        Self {
            id: it.id,
            kandidaat: it.candidate,
            tekst: it.text,
            door: it.who,
            gemaakt_op: written(it.made),
            op: written(it.at),
            versie: it.version,
        }
    }
}

/// Who may call them: free text about candidates is for intermediaries alone.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(list, make))).routes(only(ROLES, routes!(read, write, remove)))
}

fn told(status: StatusCode, note: Note) -> Response {
    let place = path(&["lichtingen", &note.wave, "beoordelingen", &note.candidate, "notities", &note.id]);
    let tag = tag(note.version);
    let body = Json(Notitie::from(note));
    match status {
        StatusCode::CREATED => (status, [(header::LOCATION, place)], [(header::ETAG, tag)], body).into_response(),
        _ => (status, [(header::ETAG, tag)], body).into_response(),
    }
}

fn shown(now: Note) -> Value {
    serde_json::to_value(Notitie::from(now)).unwrap_or_default()
}

/// De notities over een kandidaat, de oudste eerst
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/notities", tag = "beoordelingen", operation_id = "notities",
    params(("lichting" = String, Path), ("kandidaat" = String, Path),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Notitie>)))]
async fn list(State(app): State<App>, Ids((wave, candidate)): Ids<(String, String)>, page: Page) -> Result<Response, Problem> {
    let (found, totaal) = app.store.read().notes(&wave, &candidate, page.skip(), page.size).await?;
    if totaal == 0 {
        // Nobody, or nothing yet.
        decisions::known(&app.store, &wave, &candidate).await?;
    }
    let resultaten = found.into_iter().map(Notitie::from).collect();
    Ok((page.links(totaal), Json(Pagina { resultaten, totaal })).into_response())
}

/// Schrijf een notitie over een kandidaat
#[utoipa::path(post, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/notities", tag = "beoordelingen", operation_id = "notitieMaken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(NoteText),
    responses((status = 201, body = Notitie), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn make(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate)): Ids<(String, String)>,
    _: NoKeys,
    Read(body): Read<NoteText>,
) -> Result<Response, Problem> {
    let made = notes::make(&app.store, &asked, &wave, &candidate, body.tekst).await;
    // What it says is kept nowhere else: repeated, the request is told the note as it is then.
    Ok(once_told(told(StatusCode::CREATED, made.map_err(|refused| Problem::of(refused, shown, Value::Null))?)))
}

/// Een notitie
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/notities/{notitie}", tag = "beoordelingen", operation_id = "notitie",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("notitie" = String, Path)),
    responses((status = 200, body = Notitie)))]
async fn read(State(app): State<App>, Ids((wave, candidate, id)): Ids<(String, String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let note = app.store.read().note(&wave, &candidate, &id).await?.ok_or_else(Problem::unknown)?;
    Ok(told(StatusCode::OK, note))
}

/// Schrijf een notitie opnieuw; wat er stond is dan weg
#[utoipa::path(put, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/notities/{notitie}", tag = "beoordelingen", operation_id = "notitieWijzigen",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("notitie" = String, Path), ("If-Match" = String, Header)),
    request_body = inline(NoteText),
    responses((status = 200, body = Notitie)))]
async fn write(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate, id)): Ids<(String, String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<NoteText>,
) -> Result<Response, Problem> {
    let yours = json!({ "tekst": body.tekst });
    let done = notes::write(&app.store, &asked, (&wave, &candidate, &id), expected.version(), body.tekst).await;
    Ok(told(StatusCode::OK, done.map_err(|refused| Problem::of(refused, shown, yours))?))
}

/// Haal een notitie weg; zij staat dan nergens meer
#[utoipa::path(delete, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/notities/{notitie}", tag = "beoordelingen", operation_id = "notitieVerwijderen",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("notitie" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn remove(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate, id)): Ids<(String, String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    let done = notes::remove(&app.store, &asked, (&wave, &candidate, &id), expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}
