//! `/beleid`: policies, drafted by one person and approved by another.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::policies::{ChangedPolicy, NewPolicy};
use super::shapes::policy::{Beleidsnummer, Beleidsverschil, Beleidsverschilpunt, named};
use crate::access::Role;
use crate::actions::policies::{self, Drafted};
use crate::actions::{Asked, Refused};
use crate::listed::Beleidstoestand;
use crate::records::address::segment;
use crate::records::policy::{Policy, PolicyState};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use loket_solver::matching::facts::words::Word;

/// Who may read policies.
const READING: &[Role] = &[Role::Intermediair, Role::Beheerder];
/// Who drafts them.
const DRAFTING: &[Role] = &[Role::Intermediair];
/// Who approves and retires them.
const APPROVING: &[Role] = &[Role::Beheerder];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(READING, routes!(list)))
        .routes(only(DRAFTING, routes!(create)))
        .routes(only(READING, routes!(read)))
        .routes(only(DRAFTING, routes!(replace)))
        .routes(only(APPROVING, routes!(approve)))
        .routes(only(APPROVING, routes!(retire)))
        .routes(only(READING, routes!(compare)))
}

fn answer(status: StatusCode, policy: Policy) -> Response {
    let tag = tag(policy.version);
    (status, [(header::ETAG, tag)], Json(Beleidsnummer::from(policy))).into_response()
}

fn shown(policy: Policy) -> Value {
    json!(Beleidsnummer::from(policy))
}

fn edited(done: Result<Policy, Refused<Policy>>, yours: Value) -> Result<Response, Problem> {
    done.map(|policy| answer(StatusCode::OK, policy)).map_err(|refused| Problem::of(refused, shown, yours))
}

/// Alle beleiden, op naam, het hoogste nummer eerst
#[utoipa::path(get, path = "/beleid", tag = "beleid", operation_id = "beleiden",
    params(("toestand" = Option<Beleidstoestand>, Query), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Beleidsnummer>)))]
async fn list(State(app): State<App>, mut keys: Keys) -> Result<Response, Problem> {
    let text = keys.text("toestand");
    let wanted = text.as_deref().and_then(PolicyState::parse);
    if text.is_some() && wanted.is_none() {
        let words = PolicyState::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        keys.wrong(Fout::new("woord", "toestand", "dit is geen toestand van een beleid", format!("kies uit: {words}")));
    }
    let mut page = Page::among(&mut keys, "/v1/beleid".into());
    keys.finish()?;
    if let Some(wanted) = wanted {
        page = page.with("toestand", wanted.code());
    }
    let (rows, all) = app.store.read().policies(wanted, page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(Beleidsnummer::from).collect();
    Ok((page.links(all), Json(Pagina::<Beleidsnummer> { resultaten, totaal: all })).into_response())
}

/// Stel een beleid op: het krijgt het volgende nummer van zijn naam, en telt nadat een ander het goedkeurde
#[utoipa::path(post, path = "/beleid", tag = "beleid", operation_id = "beleidOpstellen",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = inline(NewPolicy),
    responses((status = 201, body = Beleidsnummer)))]
async fn create(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<NewPolicy>) -> Result<Response, Problem> {
    let policy = policies::draft(&app.store, &asked, &body.naam, Drafted { phase: body.fase, policy: body.inhoud }).await?;
    let place = format!("/v1/beleid/{}/{}", segment(&policy.named.name), policy.named.number);
    let place = HeaderValue::try_from(place).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, policy);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// Eén nummer van een beleid
#[utoipa::path(get, path = "/beleid/{beleid}/{nummer}", tag = "beleid", operation_id = "beleid",
    params(("beleid" = String, Path), ("nummer" = String, Path)), responses((status = 200, body = Beleidsnummer)))]
async fn read(State(app): State<App>, Ids(ids): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let policy = app.store.read().policy(&named(ids)?).await?;
    Ok(answer(StatusCode::OK, policy.ok_or_else(Problem::unknown)?))
}

/// Verander een concept dat nog nergens gebruikt is
#[utoipa::path(put, path = "/beleid/{beleid}/{nummer}", tag = "beleid", operation_id = "beleidVeranderen",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("If-Match" = String, Header)), request_body = inline(ChangedPolicy),
    responses((status = 200, body = Beleidsnummer)))]
async fn replace(
    State(app): State<App>,
    asked: Asked,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<ChangedPolicy>,
) -> Result<Response, Problem> {
    let yours = json!({ "inhoud": crate::desk::policy::content(Some(&body.inhoud)) });
    let new = Drafted { phase: body.fase, policy: body.inhoud };
    edited(policies::change_draft(&app.store, &asked, (&named(ids)?, expected.version()), new).await, yours)
}

/// Keur een beleid goed; wie het opstelde doet dat niet zelf
#[utoipa::path(post, path = "/beleid/{beleid}/{nummer}/goedkeuring", tag = "beleid", operation_id = "beleidGoedkeuren",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Beleidsnummer)))]
async fn approve(
    State(app): State<App>,
    asked: Asked,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    let done = policies::approve(&app.store, &asked, &named(ids)?, expected.version()).await;
    edited(done, json!({ "toestand": PolicyState::Goedgekeurd }))
}

/// Trek een beleid in: er wordt niets meer mee vastgesteld
#[utoipa::path(post, path = "/beleid/{beleid}/{nummer}/intrekking", tag = "beleid", operation_id = "beleidIntrekken",
    params(("beleid" = String, Path), ("nummer" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Beleidsnummer)))]
async fn retire(
    State(app): State<App>,
    asked: Asked,
    Ids(ids): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    let done = policies::retire(&app.store, &asked, &named(ids)?, expected.version()).await;
    edited(done, json!({ "toestand": PolicyState::Ingetrokken }))
}

/// Waarin een beleid verschilt van een ander, met de gewone waarden ingevuld
#[utoipa::path(get, path = "/beleid/{beleid}/{nummer}/verschil", tag = "beleid", operation_id = "beleidVerschil",
    params(("beleid" = String, Path), ("nummer" = String, Path),
        ("met" = String, Query, description = "het andere beleid: naam/nummer")),
    responses((status = 200, body = Beleidsverschil)))]
async fn compare(State(app): State<App>, Ids(ids): Ids<(String, String)>, mut keys: Keys) -> Result<Response, Problem> {
    let with = keys.text("met");
    let other = with.as_deref().and_then(|it| it.rsplit_once('/')).map(|(name, number)| (name.to_owned(), number.to_owned()));
    if with.is_none() {
        keys.wrong(Fout::new("ontbreekt", "met", "met noemt geen beleid", "noem het andere beleid: ?met=naam/nummer"));
    }
    keys.finish()?;
    let (now, was) = (named(ids)?, named(other.ok_or_else(Problem::unknown)?)?);
    let found = policies::between(&app.store, &was, &now).await?;
    let verschillen = found.into_iter().map(Beleidsverschilpunt::from).collect();
    Ok(Json(Beleidsverschil { van: was.text(), naar: now.text(), verschillen }).into_response())
}
