//! `/lichtingen`: a wave, its file and its life.

use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::apart::Person;
use loket_instances::matching::read::Loaded;
use loket_instances::matching::wave_file::WaveFile;
use loket_instances::strict::problem::Refusal;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::prefill;
use crate::desk::apart::apart;
use crate::desk::register::{Rows, rows};
use crate::serve::App;
use crate::serve::body::{Ids, Keys, NoKeys, Raw, json};
use crate::serve::etag::{Expected, tag};
use crate::serve::guard::Caller;
use crate::serve::idempotency::{Deed, Key};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::clock::written;
use crate::store::ids;
use crate::store::waves::{Edited, Life, NewWave, Wave};

/// A wave.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Lichting {
    /// Its id.
    pub id: String,
    /// Its name.
    pub naam: String,
    /// werkervaring, opleiding, opleiding_jaar2 or inductie.
    pub fase: String,
    /// First day.
    #[schema(format = Date)]
    pub van: String,
    /// Last day.
    #[schema(format = Date)]
    pub tot: String,
    /// Where it is in its life.
    pub toestand: Life,
    /// Drawn when it was submitted.
    pub zaad: Option<i64>,
    /// SHA-256 of its file.
    pub invoer_sha256: String,
    /// How many times somebody decided about a proposal.
    pub beslissingen: i64,
    /// The run whose plan is under review or published.
    pub geldende_berekening: Option<String>,
    /// When it was made (UTC).
    #[schema(format = DateTime)]
    pub aangemaakt_op: String,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Wave> for Lichting {
    fn from(wave: Wave) -> Self {
        Self {
            id: wave.id,
            naam: wave.name,
            fase: wave.phase,
            van: wave.from,
            tot: wave.until,
            toestand: wave.life,
            zaad: wave.seed,
            invoer_sha256: wave.input,
            beslissingen: wave.decisions,
            geldende_berekening: wave.current,
            aangemaakt_op: written(wave.created),
            versie: wave.version,
        }
    }
}

/// A wave as an answer, with its ETag.
pub fn answer(status: StatusCode, wave: Wave) -> Response {
    let tag = tag(wave.version);
    (status, [(header::ETAG, tag)], Json(Lichting::from(wave))).into_response()
}

/// What an edit came to, as an answer.
pub fn edited(edited: Edited<Wave>, yours: Value) -> Result<Response, Problem> {
    match edited {
        Edited::Done(wave) => Ok(answer(StatusCode::OK, wave)),
        Edited::Unknown => Err(Problem::unknown()),
        Edited::Stale(now) => Err(Problem::stale(serde_json::to_value(Lichting::from(now)).unwrap_or_default(), yours)),
        Edited::NotNow(now) => Err(Problem::conflict(format!("Dit kan niet bij een lichting die {} is.", now.life.code()))),
    }
}

/// A wave file that was read, without names, and what was taken out.
pub struct Sound {
    /// What it says.
    pub loaded: Loaded,
    /// The file as it is kept.
    pub bytes: Vec<u8>,
    /// What it tells the register.
    pub rows: Rows,
    /// Names and free text.
    pub people: Vec<Person>,
}

/// Reads a wave file as it was sent and takes the names out; off the runtime's threads, since a file may be large.
pub async fn sound(bytes: axum::body::Bytes) -> Result<Sound, Problem> {
    let read = move || {
        let refused = |refusal: Refusal| Problem::refused(&refusal);
        let mut file = WaveFile::read(&bytes).map_err(refused)?;
        let people = apart(&mut file);
        let bytes = file.write();
        let loaded = file.build(&bytes).map_err(refused)?;
        Ok(Sound { loaded, bytes, rows: rows(&file), people })
    };
    tokio::task::spawn_blocking(read).await.map_err(|_| Problem::busy("Het lezen van de lichting liep vast."))?
}

/// The period of a wave.
fn period(app: &App, keys: &mut Keys) -> (String, String) {
    let today = app.store.clock().today();
    let mut date = |key: &'static str, usual: jiff::civil::Date| match keys.text(key) {
        None => usual,
        Some(text) => match text.parse::<jiff::civil::Date>() {
            Ok(date) if text.len() == 10 => date,
            _ => {
                keys.wrong(Fout::new("datum", key, format!("{key} is geen datum"), "schrijf een datum als 2026-09-01"));
                usual
            }
        },
    };
    let from = date("van", today);
    let until = date("tot", from.saturating_add(jiff::Span::new().years(1)));
    if until < from {
        keys.wrong(Fout::new("grens", "tot", "tot ligt voor van", "kies een latere dag"));
    }
    (from.to_string(), until.to_string())
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read)).routes(routes!(file, replace)).routes(routes!(submit))
}

/// Alle lichtingen, de nieuwste eerst
#[utoipa::path(get, path = "/lichtingen", tag = "lichtingen", operation_id = "lichtingen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Lichting>), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, page: Page) -> Result<impl IntoResponse, Problem> {
    let (waves, all) = app.store.waves(page.skip(), page.size).await?;
    let resultaten = waves.into_iter().map(Lichting::from).collect();
    Ok((page.links(all), Json(Pagina::<Lichting> { resultaten, totaal: all })))
}

/// Een nieuwe lichting: een volledig lichtingbestand (loket-lichting/1), of gevuld uit het register
#[utoipa::path(post, path = "/lichtingen", tag = "lichtingen", operation_id = "lichtingMaken",
    request_body(content = Value, content_type = "application/json", description = "Een lichtingbestand (loket-lichting/1, met ?van= en ?tot=), of \
        { \"id\"?, \"naam\", \"fase\", \"van\", \"tot\", \"kandidaten\"?: [ids], \"beleid\"?: { … } }: dan komen plekken, coaches en kandidaten uit het register"),
    params(("van" = Option<String>, Query, format = Date), ("tot" = Option<String>, Query, format = Date), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Lichting), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn create(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    mut keys: Keys,
    key: Key,
    Raw(bytes): Raw,
) -> Result<Response, Problem> {
    let (from, until, sound) = if prefill::asked(&bytes) {
        // The period stands in the body.
        keys.finish()?;
        prefill::made(&app, &json(&bytes)?, &key).await?
    } else {
        let (from, until) = period(&app, &mut keys);
        keys.finish()?;
        (from, until, sound(bytes).await?)
    };
    let phase = loket_solver::matching::facts::words::Word::code(sound.loaded.wave.phase);
    let id = sound.loaded.wave.id.clone();
    let (file, rows) = (&sound.bytes[..], &sound.rows);
    let new = NewWave { id: &id, name: &sound.loaded.title, phase, from: &from, until: &until, file, rows };
    let added = app.store.add_wave(&new, &sound.people, &caller.who).await?;
    let wave = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    if !added && wave.input != ids::sha256(&sound.bytes) {
        return Err(Problem::conflict(format!(
            "Er is al een lichting met id {id}; geef deze een ander id, of verander de invoer van die lichting."
        )));
    }
    let place = HeaderValue::try_from(format!("/v1/lichtingen/{}", segment(&id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, wave);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// An id as a part of a path.
pub fn segment(id: &str) -> String {
    use std::fmt::Write;
    id.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// Eén lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}", tag = "lichtingen", operation_id = "lichting", params(("lichting" = String, Path)),
    responses((status = 200, body = Lichting), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, app.store.wave(&id).await?.ok_or_else(Problem::unknown)?))
}

/// Het lichtingbestand, zonder namen
#[utoipa::path(get, path = "/lichtingen/{lichting}/invoer", tag = "lichtingen", operation_id = "lichtingInvoer", params(("lichting" = String, Path)),
    responses((status = 200, body = Value), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn file(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let wave = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let bytes = app.store.input(&wave.input).await?.ok_or_else(Problem::unknown)?;
    let json = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, json), (header::ETAG, tag(wave.version))], bytes).into_response())
}

/// Een ander lichtingbestand in de plaats van het vorige
#[utoipa::path(put, path = "/lichtingen/{lichting}/invoer", tag = "lichtingen", operation_id = "lichtingInvoerVervangen",
    params(("lichting" = String, Path), ("If-Match" = String, Header)), request_body(content = Value, content_type = "application/json"),
    responses((status = 200, body = Lichting), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn replace(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Raw(bytes): Raw,
) -> Result<Response, Problem> {
    let before = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    let sound = sound(bytes).await?;
    if sound.loaded.wave.id != id {
        return Err(Problem::mistake(
            "id",
            "/id",
            format!("dit bestand is van lichting {}", sound.loaded.wave.id),
            format!("zet er {id} in"),
        ));
    }
    let phase = loket_solver::matching::facts::words::Word::code(sound.loaded.wave.phase);
    let (file, rows) = (&sound.bytes[..], &sound.rows);
    let new = NewWave { id: &id, name: &sound.loaded.title, phase, from: &before.from, until: &before.until, file, rows };
    let done = app.store.replace_input(&id, expected.version(), &new, &sound.people, &caller.who).await?;
    edited(done, serde_json::json!({ "invoer_sha256": sound.loaded.sha256 }))
}

/// Dien de lichting in: vanaf nu wordt er gerekend, met een zaad dat nu wordt getrokken als het bestand er geen noemt
#[utoipa::path(post, path = "/lichtingen/{lichting}/indiening", tag = "lichtingen", operation_id = "lichtingIndienen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Lichting), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn submit(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    deed: Deed,
) -> Result<Response, Problem> {
    let wave = app.store.wave(&id).await?.ok_or_else(Problem::unknown)?;
    if deed.done() {
        return Ok(answer(StatusCode::OK, wave));
    }
    let bytes = app.store.input(&wave.input).await?.ok_or_else(Problem::unknown)?;
    let seeded = move || {
        let mut file = WaveFile::read(&bytes)?;
        let seed = file.seed().unwrap_or_else(|| ids::random().iter().take(4).fold(0, |sum, &byte| sum << 8 | u64::from(byte)));
        file.set_seed(seed);
        Ok((seed, file.write()))
    };
    let seeded = tokio::task::spawn_blocking(seeded).await.map_err(|_| Problem::busy("Het lezen van de lichting liep vast."))?;
    let (seed, file) = seeded.map_err(|refusal: Refusal| Problem::refused(&refusal))?;
    let seed = i64::try_from(seed).unwrap_or(i64::MAX);
    let done = app.store.submit_wave(&id, expected.version(), seed, &file, &caller.who).await?;
    edited(done, serde_json::json!({ "toestand": "ingediend" }))
}
