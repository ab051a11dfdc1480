//! `/lichtingen`: a wave, its file and its life.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::waves::{NewWave as Sent, WaveFile, Wish};
use super::shapes::wave::{Lichting, answer, edited};
use super::shapes::work::segment;
use crate::actions::{Asked, waves};
use crate::desk::prefill::Wanted;
use crate::records::wave::Wave;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::ids;

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
    responses((status = 200, body = Pagina<Lichting>)))]
async fn list(State(app): State<App>, page: Page) -> Result<impl IntoResponse, Problem> {
    let (waves, all) = app.store.read().waves(page.skip(), page.size).await?;
    let resultaten = waves.into_iter().map(Lichting::from).collect();
    Ok((page.links(all), Json(Pagina::<Lichting> { resultaten, totaal: all })))
}

/// Een nieuwe lichting: een volledig lichtingbestand (loket-lichting/1), of gevuld uit het register
#[utoipa::path(post, path = "/lichtingen", tag = "lichtingen", operation_id = "lichtingMaken",
    request_body = inline(Sent),
    params(("van" = Option<String>, Query, format = Date), ("tot" = Option<String>, Query, format = Date), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = Lichting)))]
async fn create(State(app): State<App>, asked: Asked, mut keys: Keys, Read(sent): Read<Sent>) -> Result<Response, Problem> {
    let (from, until, sound) = match sent {
        Sent::Wish(wish) => {
            // The period stands in the body.
            keys.finish()?;
            // The register may have changed since: what was made then is told, and not filled anew.
            if let Some(wave) = waves::made(&mut app.store.read(), &asked).await? {
                return created(wave);
            }
            let bad = || Problem::mistake("datum", "/van", "van is geen datum", "schrijf een datum als 2026-09-01");
            let period = wish.period().ok_or_else(bad)?;
            let Wish { id, naam: name, fase: phase, kandidaten: candidates, beleid: policy, .. } = *wish;
            let wanted = Wanted { id: id.unwrap_or_else(ids::new), name, phase, period, candidates, policy };
            let sound = waves::filled(&app.store, &asked, wanted, app.settings.seat_months).await?;
            (period.from.to_string(), period.until.to_string(), sound)
        }
        Sent::File(sound) => {
            let (from, until) = period(&app, &mut keys);
            keys.finish()?;
            (from, until, *sound)
        }
    };
    created(waves::make(&app.store, &asked, &sound, (&from, &until)).await?)
}

fn created(wave: Wave) -> Result<Response, Problem> {
    let place = HeaderValue::try_from(format!("/v1/lichtingen/{}", segment(&wave.id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, wave);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// Eén lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}", tag = "lichtingen", operation_id = "lichting", params(("lichting" = String, Path)),
    responses((status = 200, body = Lichting)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?))
}

/// Het lichtingbestand, zonder namen
#[utoipa::path(get, path = "/lichtingen/{lichting}/invoer", tag = "lichtingen", operation_id = "lichtingInvoer", params(("lichting" = String, Path)),
    responses((status = 200, body = Value)))]
async fn file(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let wave = app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let bytes = app.store.read().input(&wave.input).await?.ok_or_else(Problem::unknown)?;
    let json = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, json), (header::ETAG, tag(wave.version))], bytes).into_response())
}

/// Een ander lichtingbestand in de plaats van het vorige
#[utoipa::path(put, path = "/lichtingen/{lichting}/invoer", tag = "lichtingen", operation_id = "lichtingInvoerVervangen",
    params(("lichting" = String, Path), ("If-Match" = String, Header)), request_body = inline(WaveFile),
    responses((status = 200, body = Lichting)))]
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
    edited(waves::refill(&app.store, &asked, &id, expected.version(), &sound).await, yours)
}

/// Dien de lichting in: vanaf nu wordt er gerekend, met een zaad dat nu wordt getrokken als het bestand er geen noemt
#[utoipa::path(post, path = "/lichtingen/{lichting}/indiening", tag = "lichtingen", operation_id = "lichtingIndienen",
    params(("lichting" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Lichting)))]
async fn submit(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    edited(waves::submit(&app.store, &asked, &id, expected.version()).await, json!({ "toestand": "ingediend" }))
}
