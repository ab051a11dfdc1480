//! `/lichtingen/{id}/proeven`: choices on the plan under review that are tried together, and kept or thrown away.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::tryouts::{TryOutChanged, TryOutMade};
use super::shapes::names::Names;
use super::shapes::tryout::Proef;
use super::shapes::work::{segment, working};
use crate::access::Role;
use crate::actions::tryouts::{self, Now, Seen, Wanted};
use crate::actions::{Asked, Refused};
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list, make)))
        .routes(only(ROLES, routes!(read, change, throw)))
        .routes(only(ROLES, routes!(keep)))
}

async fn answer(app: &App, asked: &Asked, status: StatusCode, seen: Seen) -> Result<Response, Problem> {
    let names = Names::seen_by(app, asked).await?;
    let (state, tag) = (seen.job.state, tag(seen.tried.version));
    let place = format!("/v1/lichtingen/{}/proeven/{}", segment(&seen.tried.wave), segment(&seen.tried.id));
    let mut response = working(status, state, &place, Json(Proef::of(seen, &names)?));
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// Probeer keuzes samen op het plan dat in beoordeling is; er verandert niets totdat u bewaart
#[utoipa::path(post, path = "/lichtingen/{lichting}/proeven", tag = "beoordelingen", operation_id = "proberen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(TryOutMade),
    responses((status = 202, body = Proef), (status = 429, body = Problem, content_type = "application/problem+json",
        description = "Er wachten al te veel vragen van u")))]
async fn make(
    State(app): State<App>,
    asked: Asked,
    Ids(wave): Ids<String>,
    _: NoKeys,
    Read(body): Read<TryOutMade>,
) -> Result<Response, Problem> {
    let wanted = body.veranderingen.into_iter().map(Wanted::from).collect();
    match tryouts::make(&app.store, &asked, &wave, body.naam, wanted).await {
        Ok(seen) => answer(&app, &asked, StatusCode::ACCEPTED, seen).await,
        Err(refused) => Err(Names::seen_by(&app, &asked).await?.in_problem(refused.into())),
    }
}

/// De proeven van een lichting, de nieuwste eerst
#[utoipa::path(get, path = "/lichtingen/{lichting}/proeven", tag = "beoordelingen", operation_id = "proeven",
    params(("lichting" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Proef>)))]
async fn list(State(app): State<App>, asked: Asked, Ids(wave): Ids<String>, page: Page) -> Result<Response, Problem> {
    let (rows, all) = tryouts::list(&app.store, &wave, page.skip(), page.size).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let resultaten = rows.into_iter().map(|it| Proef::of(it, &names)).collect::<Result<Vec<_>, _>>()?;
    Ok((page.links(all), Json(Pagina::<Proef> { resultaten, totaal: all })).into_response())
}

/// Eén proef, met wat zij geeft zodra dat is nagerekend
#[utoipa::path(get, path = "/lichtingen/{lichting}/proeven/{proef}", tag = "beoordelingen", operation_id = "proef",
    params(("lichting" = String, Path), ("proef" = String, Path)),
    responses((status = 200, body = Proef)))]
async fn read(State(app): State<App>, asked: Asked, Ids((wave, id)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let seen = tryouts::read(&app.store, &wave, &id).await?;
    answer(&app, &asked, StatusCode::OK, seen).await
}

/// Noem een proef anders, of probeer er iets anders in; dan wordt zij opnieuw nagerekend
#[utoipa::path(patch, path = "/lichtingen/{lichting}/proeven/{proef}", tag = "beoordelingen", operation_id = "proefVeranderen",
    params(("lichting" = String, Path), ("proef" = String, Path), ("If-Match" = String, Header)),
    request_body = inline(TryOutChanged),
    responses((status = 200, body = Proef)))]
async fn change(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, id)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<TryOutChanged>,
) -> Result<Response, Problem> {
    let yours = json!({ "naam": body.naam, "veranderingen": body.veranderingen.as_ref().map(Vec::len) });
    let wanted = body.veranderingen.map(|all| all.into_iter().map(Wanted::from).collect());
    match tryouts::change(&app.store, &asked, (&wave, &id), expected.version(), body.naam, wanted).await {
        Ok(seen) => answer(&app, &asked, StatusCode::OK, seen).await,
        Err(refused) => Err(refusal(&app, &asked, refused, yours).await?),
    }
}

/// Gooi een proef weg; wat zij werd toen zij bewaard is, blijft
#[utoipa::path(delete, path = "/lichtingen/{lichting}/proeven/{proef}", tag = "beoordelingen", operation_id = "proefWeggooien",
    params(("lichting" = String, Path), ("proef" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn throw(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, id)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    match tryouts::throw(&app.store, &asked, (&wave, &id), expected.version()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refused) => Err(refusal(&app, &asked, refused, json!("weggooien")).await?),
    }
}

/// Bewaar een proef: al haar keuzes worden besluiten, of geen ervan
#[utoipa::path(post, path = "/lichtingen/{lichting}/proeven/{proef}/bewaring", tag = "beoordelingen", operation_id = "proefBewaren",
    params(("lichting" = String, Path), ("proef" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Proef)))]
async fn keep(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, id)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    match tryouts::keep(&app.store, &asked, (&wave, &id), expected.version()).await {
        Ok(seen) => {
            let place = format!("/v1/lichtingen/{}/proeven/{}", segment(&wave), segment(&id));
            let mut response = answer(&app, &asked, StatusCode::OK, seen).await?;
            response.headers_mut().insert(header::CONTENT_LOCATION, HeaderValue::try_from(place).map_err(|_| Problem::unknown())?);
            Ok(response)
        }
        Err(refused) => Err(refusal(&app, &asked, refused, json!("bewaren")).await?),
    }
}

/// A refusal; of what is another version by now it tells both.
async fn refusal(app: &App, asked: &Asked, refused: Refused<Now>, yours: Value) -> Result<Problem, Problem> {
    let names = Names::seen_by(app, asked).await?;
    let Refused::Stale(now) = refused else { return Ok(names.in_problem(Problem::of(refused, |_| Value::Null, yours))) };
    Ok(match *now {
        Now::TryOut(seen) => Problem::stale(serde_json::to_value(Proef::of(*seen, &names)?).unwrap_or_default(), yours),
        Now::Decisions { now, yours } => {
            let mut here: Value = now
                .iter()
                .map(|(candidate, decided)| {
                    let said = decided.as_ref().map(|it| it.decision.said().code());
                    let (version, who) = (decided.as_ref().map_or(0, |it| it.version), decided.as_ref().map(|it| &it.who));
                    json!({ "kandidaat": candidate, "besluit": said, "versie": version, "door": who })
                })
                .collect();
            let mut own: Value = yours.iter().map(crate::records::tryout::json).collect();
            names.beside(&mut here);
            names.beside(&mut own);
            Problem::stale(here, own)
        }
    })
}
