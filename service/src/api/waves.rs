//! `/lichtingen`: a wave, its file and its life.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::policies::WantedPolicy;
use super::bodies::waves::{NewWave as Sent, WaveFile, Wish};
use super::shapes::names::Names;
use super::shapes::wave::{Lichting, LichtingMetMeldingen, answer, edited, shown, told};
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::waves::{Told, Withdrawn};
use crate::actions::{Asked, policies, waves};
use crate::desk::prefill::Wanted;
use crate::listed::Lichtingtoestand;
use crate::records::deed::Added;
use crate::records::remark::Remark;
use crate::records::wave::{Life, Wave};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::ids;
use loket_solver::matching::facts::words::Word;

/// The period of a wave.
fn period(app: &App, keys: &mut Keys) -> (String, String) {
    let from = keys.day("van").unwrap_or_else(|| app.store.clock().today());
    // A day belongs to one year: the last one is the day before the same day a year later.
    let year = from.saturating_add(jiff::Span::new().years(1));
    let until = keys.day("tot").unwrap_or_else(|| year.yesterday().unwrap_or(year));
    if until < from {
        keys.wrong(Fout::new("grens", "tot", "tot ligt voor van", "kies een latere dag"));
    }
    (from.to_string(), until.to_string())
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list, create)))
        .routes(only(ROLES, routes!(read, withdraw)))
        .routes(only(ROLES, routes!(file, replace)))
        .routes(only(ROLES, routes!(submit)))
}

/// Alle lichtingen, de nieuwste eerst
#[utoipa::path(get, path = "/lichtingen", tag = "lichtingen", operation_id = "lichtingen",
    params(("toestand" = Option<Lichtingtoestand>, Query), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Lichting>)))]
async fn list(State(app): State<App>, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let life = keys.text("toestand");
    let wanted = life.as_deref().and_then(Life::parse);
    if life.is_some() && wanted.is_none() {
        let words = Life::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        keys.wrong(Fout::new("woord", "toestand", "dit is geen toestand van een lichting", format!("kies uit: {words}")));
    }
    let mut page = Page::among(&mut keys, "/v1/lichtingen".into());
    keys.finish()?;
    if let Some(wanted) = wanted {
        page = page.with("toestand", wanted.code());
    }
    let (waves, all) = app.store.read().waves(wanted, page.skip(), page.size).await?;
    let resultaten = waves.into_iter().map(Lichting::from).collect();
    Ok((page.links(all), Json(Pagina::<Lichting> { resultaten, totaal: all })))
}

/// Een nieuwe lichting: een volledig lichtingbestand (loket-lichting/1), of gevuld uit het register
#[utoipa::path(post, path = "/lichtingen", tag = "lichtingen", operation_id = "lichtingMaken",
    request_body = inline(Sent),
    params(("van" = Option<String>, Query, format = Date), ("tot" = Option<String>, Query, format = Date),
        ("bevestigd" = Option<bool>, Query, description = "dagen die ver weg liggen zijn zo bedoeld"), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = LichtingMetMeldingen)))]
async fn create(State(app): State<App>, asked: Asked, mut keys: Keys, Read(sent): Read<Sent>) -> Result<Response, Problem> {
    let held = app.settings.seat_months;
    let Told { wave, remarks } = match sent {
        Sent::Wish(wish) => {
            // The period stands in the body.
            keys.finish()?;
            // The register may have changed since: what was made then is told, and not filled anew.
            if let Some(wave) = waves::made(&mut app.store.read(), &asked).await? {
                return created(&app, &asked, wave, Vec::new()).await;
            }
            let bad = || Problem::mistake("datum", "/van", "van is geen datum", "schrijf een datum als 2026-09-01");
            let period = wish.period().ok_or_else(bad)?;
            waves::meant(&app.store, (&wish.van, &wish.tot), wish.bevestigd.unwrap_or_default())?;
            let Wish { id, naam: name, fase: phase, kandidaten: candidates, beleid: policy, .. } = *wish;
            let policy = match policy {
                None => None,
                Some(WantedPolicy::Own(row)) => Some(*row),
                Some(WantedPolicy::Named(named)) => Some(policies::chosen(&mut app.store.read(), &named, phase).await?),
            };
            let wanted = Wanted { id: id.unwrap_or_else(ids::new), name, phase, period, candidates, policy };
            let sound = waves::filled(&app.store, &asked, wanted, held).await?;
            waves::keep(&app.store, &asked, &sound, (&period.from.to_string(), &period.until.to_string())).await?
        }
        Sent::File(sound) => {
            let ((from, until), confirmed) = (period(&app, &mut keys), keys.flag("bevestigd"));
            keys.finish()?;
            waves::meant(&app.store, (&from, &until), confirmed)?;
            waves::make(&app.store, &asked, &sound, (&from, &until), held).await?
        }
    };
    created(&app, &asked, wave, remarks).await
}

async fn created(app: &App, asked: &Asked, wave: Wave, remarks: Vec<Remark>) -> Result<Response, Problem> {
    let place = HeaderValue::try_from(format!("/v1/lichtingen/{}", segment(&wave.id))).map_err(|_| Problem::unknown())?;
    let mut response = told(StatusCode::CREATED, wave, remarks, &Names::seen_by(app, asked).await?);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// Eén lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}", tag = "lichtingen", operation_id = "lichting", params(("lichting" = String, Path)),
    responses((status = 200, body = Lichting)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?))
}

/// Hoeveel rijen een lichting aan het register toevoegde
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Toegevoegd {
    /// Besturen
    pub besturen: i64,
    /// Scholen
    pub scholen: i64,
    /// Plekkengroepen
    pub plekken: i64,
    /// Coaches
    pub coaches: i64,
    /// Kandidaten
    pub kandidaten: i64,
}

impl From<Added> for Toegevoegd {
    fn from(it: Added) -> Self {
        Self { besturen: it.boards, scholen: it.schools, plekken: it.seats, coaches: it.coaches, kandidaten: it.candidates }
    }
}

/// Wat er van een ingetrokken lichting geworden is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ingetrokken {
    /// Het id, dat weer vrij is
    pub id: String,
    /// Hoeveel berekeningen meegingen
    pub berekeningen: i64,
    /// Hoeveel besluiten meegingen
    pub besluiten: i64,
    /// Hoeveel rijen zij aan het register had toegevoegd; die blijven daar
    pub in_register: Toegevoegd,
    /// Hetzelfde in woorden
    pub tekst: String,
}

/// Trek een lichting in die nooit is vastgesteld; wat zij aan het register toevoegde blijft daar
#[utoipa::path(delete, path = "/lichtingen/{lichting}", tag = "lichtingen", operation_id = "lichtingIntrekken",
    params(("lichting" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Ingetrokken)))]
async fn withdraw(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    let done = waves::withdraw(&app.store, &asked, &id, expected.version()).await;
    let Withdrawn { left, runs, decisions } = done.map_err(|refused| Problem::of(refused, shown, json!({ "toestand": "ingetrokken" })))?;
    let Added { boards, schools, seats, coaches, candidates } = left;
    let tekst = format!(
        "De lichting is ingetrokken. In het register blijft wat zij toevoegde: {boards} besturen, {schools} scholen, {seats} plekken, \
         {coaches} coaches en {candidates} kandidaten. Namen van kandidaten wist u met DELETE /v1/kandidaten/…/naam."
    );
    Ok(Json(Ingetrokken { id, berekeningen: runs, besluiten: decisions, in_register: left.into(), tekst }).into_response())
}

/// Het lichtingbestand, zonder namen
#[utoipa::path(get, path = "/lichtingen/{lichting}/invoer", tag = "lichtingen", operation_id = "lichtingInvoer", params(("lichting" = String, Path)),
    responses((status = 200, body = inline(WaveFile))))]
async fn file(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let wave = app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let make = async {
        let _pass = app.gates.answers.enter(1).await?;
        app.store.read().input(&wave.input).await?.map(Bytes::from).ok_or_else(Problem::unknown)
    };
    // A file is kept by what it says: whoever asks for it at the same time gets the same bytes.
    let bytes = app.derived.of(format!("invoer {}", wave.input), make).await?;
    let json = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, json), (header::ETAG, tag(wave.version))], bytes).into_response())
}

/// Een ander lichtingbestand in de plaats van het vorige
#[utoipa::path(put, path = "/lichtingen/{lichting}/invoer", tag = "lichtingen", operation_id = "lichtingInvoerVervangen",
    params(("lichting" = String, Path), ("If-Match" = String, Header)), request_body = inline(WaveFile),
    responses((status = 200, body = LichtingMetMeldingen)))]
async fn replace(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(WaveFile(sound)): Read<WaveFile>,
) -> Result<Response, Problem> {
    app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let yours = json!({ "invoer_sha256": sound.loaded.sha256 });
    let done = waves::refill(&app.store, &asked, (&id, expected.version()), &sound, app.settings.seat_months).await;
    let names = Names::seen_by(&app, &asked).await?;
    match done {
        Ok(Told { wave, remarks }) => Ok(told(StatusCode::OK, wave, remarks, &names)),
        Err(refused) => Err(names.in_problem(Problem::of(refused, shown, yours))),
    }
}

/// Dien de lichting in: vanaf nu wordt er gerekend, met een zaad dat nu wordt getrokken als het bestand er geen noemt
#[utoipa::path(post, path = "/lichtingen/{lichting}/indiening", tag = "lichtingen", operation_id = "lichtingIndienen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Lichting)))]
async fn submit(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    edited(waves::submit(&app.store, &asked, &id, expected.version()).await, json!({ "toestand": "ingediend" }))
}
