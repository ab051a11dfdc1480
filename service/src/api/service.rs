//! `/gezondheid`, `/leeft` and `/metrics`: whether the service is ready, whether it turns, and its figures; outside the versions of the API.

use std::path::{Path, PathBuf};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Role;
use crate::serve::app::{API_VERSION, App};
use crate::serve::body::NoKeys;
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::serve::{guard, metrics};
use crate::store::{self, Scrubbed};

/// De dienst is gereed
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gezondheid {
    /// gereed; een dienst die niet gereed is antwoordt 503
    pub toestand: String,
    /// Versie van het programma
    pub versie: String,
    /// Versie van de API
    pub api: String,
    /// Of de gegevens antwoorden en wijzigingen aannemen: goed
    pub opslag: String,
    /// Of de schijf van de gegevens beschreven kan worden: goed
    pub schijf: String,
    /// De gegevens, per onderdeel
    pub gegevens: Gegevens,
    /// Of er iemand is om het werk te doen: goed; elders als een aparte rekenaar het doet
    pub rekenaar: String,
}

/// De gegevens, per onderdeel
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Gegevens {
    /// Of vragen beantwoord worden: goed, of wat er mis is
    pub lezen: String,
    /// Of wijzigingen aangenomen en bewaard worden: goed, of wat er mis is
    pub schrijven: String,
    /// Of alles wat gewist is ook overschreven is: goed, of wacht zolang iemand nog leest wat er eerst stond; met PostgreSQL: aan de database
    pub wissen: String,
}

/// De dienst draait
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Leven {
    /// Altijd waar: een dienst die niet draait, antwoordt niet
    pub leeft: bool,
    /// Versie van het programma
    pub versie: String,
}

/// What everybody may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(health)).routes(routes!(alive)).route_layer(from_fn(guard::matched))
}

/// Who may see the figures.
const FIGURES: &[Role] = &[Role::Beheerder, Role::Intermediair, Role::Lezer];

/// What needs the token.
pub fn guarded() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(FIGURES, routes!(figures))).route_layer(from_fn(guard::matched))
}

/// Is de dienst gereed?
#[utoipa::path(get, path = "/gezondheid", tag = "dienst", operation_id = "gezondheid",
    responses((status = 200, body = Gezondheid), (status = 503, body = Problem, content_type = "application/problem+json",
        description = "Niet gereed: opslag, schijf en rekenaar zeggen wat er niet goed is")))]
async fn health(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let path = app.store.path().map(Path::to_path_buf);
    let (store, disk) = tokio::join!(app.store.condition(), tokio::task::spawn_blocking(move || path.is_none_or(|path| writable(&path))));
    let good = || "goed".to_owned();
    let said = |result: &store::Result<()>| result.as_ref().map_or_else(ToString::to_string, |()| good());
    let gegevens = Gegevens {
        lezen: said(&store.reads),
        schrijven: said(&store.writes),
        wissen: match store.scrubbed {
            Scrubbed::Done => good(),
            Scrubbed::Waits => "wacht".into(),
            Scrubbed::Theirs => "aan de database".into(),
        },
    };
    let opslag = said(if store.reads.is_err() { &store.reads } else { &store.writes });
    let schijf = if matches!(disk, Ok(true)) { good() } else { "de schijf is vol of mag niet beschreven worden".to_owned() };
    let rekenaar = match &app.computer {
        None => "elders".to_owned(),
        Some(program) if there(program) => good(),
        Some(_) => "het programma dat rekent is er niet".to_owned(),
    };
    let ending = app.ending.is_cancelled();
    let ready = opslag == "goed" && schijf == "goed" && ["goed", "elders"].contains(&rekenaar.as_str()) && !ending;
    let versie = env!("CARGO_PKG_VERSION").to_owned();
    let toestand = if ready { "gereed" } else { "niet-gereed" }.to_owned();
    let body = Gezondheid { toestand, versie, api: API_VERSION.into(), opslag, schijf, gegevens, rekenaar };
    if ready {
        return Ok(Json(body).into_response());
    }
    let detail =
        if ending { "De dienst stopt." } else { "De dienst is niet gereed; opslag, schijf en rekenaar zeggen wat er niet goed is." };
    Err(Problem::busy(detail)
        .with("toestand", json!(body.toestand))
        .with("versie", json!(body.versie))
        .with("opslag", json!(body.opslag))
        .with("schijf", json!(body.schijf))
        .with("gegevens", json!(body.gegevens))
        .with("rekenaar", json!(body.rekenaar)))
}

/// Draait de dienst? Vraagt niets aan de database: of de dienst ook gereed is, zegt /gezondheid
#[utoipa::path(get, path = "/leeft", tag = "dienst", operation_id = "leeft", responses((status = 200, body = Leven)))]
async fn alive(_: NoKeys) -> Json<Leven> {
    Json(Leven { leeft: true, versie: env!("CARGO_PKG_VERSION").to_owned() })
}

/// Whether this program is there: a name alone is looked for where the system looks.
fn there(program: &Path) -> bool {
    let alone = program.components().count() == 1;
    let folders = std::env::var_os("PATH").filter(|_| alone).unwrap_or_default();
    program.is_file() || std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// Whether the folder of the database takes a little file. SQLite itself would only notice at the next change.
fn writable(database: &Path) -> bool {
    let mut name = database.as_os_str().to_owned();
    name.push("-proef");
    let path = PathBuf::from(name);
    let written = std::fs::write(&path, [0_u8; 16 * 1024]).is_ok();
    // Another question at the same moment may have removed it.
    let _ = std::fs::remove_file(&path);
    written
}

/// De cijfers van de dienst, voor Prometheus
#[utoipa::path(get, path = "/metrics", tag = "dienst", operation_id = "metrics",
    responses((status = 200, body = String, content_type = "text/plain")))]
async fn figures(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let text = metrics::page(&app).await?;
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
