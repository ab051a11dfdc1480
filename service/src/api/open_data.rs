//! `/openbare-gegevens`: files of open data as proposals, what they change in the register, and taking them over.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::sheets::limits;
use loket_instances::sheets::open::OpenKind;
use loket_solver::matching::facts::words::Word;
use serde_json::json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::MaybeRead;
use super::bodies::open::TakeOver;
use super::shapes::open::{Openverschilregel, Openvoorstel, Schoolbron, answer, shown};
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::open::{self, Due, Leaving, OpenFile};
use crate::desk::open::together;
use crate::listed::{Opensoort, Openverschil};
use crate::records::history::EndReason;
use crate::records::open::DifferenceKind;
use crate::records::register::Kind;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys, Size, Taken, content, take};
use crate::serve::etag::Expected;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::serve::workbooks;
use crate::store::ids;

/// Who may propose files, read proposals and withdraw them: none of them is about people.
const PROPOSING: &[Role] = &[Role::Intermediair, Role::Beheerder];
/// Who may change the register.
const WRITING: &[Role] = &[Role::Intermediair];

/// Kinds of content that are read.
const KINDS: [&str; 5] = [
    "text/csv",
    "text/tab-separated-values",
    "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(PROPOSING, routes!(list, propose)))
        .routes(only(PROPOSING, routes!(read, withdraw)))
        .routes(only(PROPOSING, routes!(differences)))
        .routes(only(WRITING, routes!(take_over)))
        .routes(only(WRITING, routes!(source)))
}

fn word<W: Word>(keys: &mut Keys, key: &'static str, what: &str) -> Option<W> {
    let text = keys.text(key)?;
    let word = W::parse(&text);
    if word.is_none() {
        let words = W::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        keys.wrong(Fout::new("woord", key, format!("dit is geen {what}"), format!("kies uit: {words}")));
    }
    word
}

/// Alle voorstellen met open gegevens, de nieuwste eerst
#[utoipa::path(get, path = "/openbare-gegevens", tag = "register", operation_id = "openbareGegevens",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Openvoorstel>)))]
async fn list(State(app): State<App>, page: Page) -> Result<Response, Problem> {
    let (rows, all) = app.store.read().editions(page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(Openvoorstel::from).collect();
    Ok((page.links(all), Json(Pagina::<Openvoorstel> { resultaten, totaal: all })).into_response())
}

/// Lever een bestand met open gegevens in (CSV of xlsx): het wordt een voorstel, en verandert nog niets
#[utoipa::path(post, path = "/openbare-gegevens", tag = "register", operation_id = "openbareGegevensVoorstellen",
    params(("soort" = Opensoort, Query, description = "Waar het bestand over gaat"),
        ("gemeente" = Option<String>, Query, description = "Alleen scholen van deze gemeente", max_length = 100),
        ("jaar" = Option<i64>, Query, description = "Het jaar van de scores, als de kolommen dat niet zeggen", minimum = 1990, maximum = 2100),
        ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = String, content_type = "text/csv", description = "Het bestand zoals DUO, CBS of GeoNames het uitgeeft: CSV, of een werkmap (xlsx) met de soort inhoud van Excel"),
    responses((status = 201, body = Openvoorstel)))]
async fn propose(State(app): State<App>, asked: Asked, mut keys: Keys, request: Request) -> Result<Response, Problem> {
    if !KINDS.contains(&content(&request).as_str()) {
        return Err(Problem::media_type_of("een CSV-bestand (text/csv) of een werkmap (xlsx)"));
    }
    let given = keys.has("soort");
    let kind: Option<OpenKind> = word(&mut keys, "soort", "soort open gegevens");
    if !given {
        let words = OpenKind::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        keys.wrong(Fout::new("ontbreekt", "soort", "soort ontbreekt", format!("kies uit: {words}")));
    }
    let municipality = keys.text("gemeente").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    if municipality.as_ref().is_some_and(|it| it.chars().count() > 100 || it.chars().any(char::is_control)) {
        keys.wrong(Fout::new("grens", "gemeente", "dit is geen naam van een gemeente", "schrijf hem als Amsterdam"));
    }
    let year = keys.number("jaar", 1990, 2100);
    keys.finish()?;
    let Some(kind) = kind else { return Err(Problem::unknown()) };
    let Taken { bytes, room } = take(request, &app, Size::Whole).await?;
    if bytes.len() > limits::FILE {
        return Err(Problem::too_large(limits::FILE));
    }
    let sent: Arc<[u8]> = Arc::from(bytes.as_ref());
    let read = workbooks::open(&app, kind, sent.clone(), year).await?;
    let incoming = together([read], municipality).map_err(|refusal| Problem::refused(&refusal))?;
    let file = OpenFile { kind, bytes: sent.to_vec(), year };
    let (file, sha256) = app
        .gates
        .reading
        .work(1, move || {
            let sha256 = ids::sha256(&file.bytes);
            (file, sha256)
        })
        .await?;
    drop(room);
    let made = open::propose(&app.store, &asked, (file, incoming), sha256).await?;
    let place = HeaderValue::try_from(format!("/v1/openbare-gegevens/{}", segment(&made.id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, made);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// Eén voorstel met open gegevens
#[utoipa::path(get, path = "/openbare-gegevens/{openvoorstel}", tag = "register", operation_id = "openbareGegevensLezen",
    params(("openvoorstel" = String, Path)), responses((status = 200, body = Openvoorstel)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, app.store.read().edition(&id).await?.ok_or_else(Problem::unknown)?))
}

/// Trek een voorstel met open gegevens in; het register verandert niet
#[utoipa::path(delete, path = "/openbare-gegevens/{openvoorstel}", tag = "register", operation_id = "openbareGegevensIntrekken",
    params(("openvoorstel" = String, Path), ("If-Match" = String, Header)), responses((status = 200, body = Openvoorstel)))]
async fn withdraw(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    let done = open::withdraw(&app.store, &asked, (&id, expected.version())).await;
    let done = done.map_err(|refused| Problem::of(refused, shown, json!({ "toestand": "ingetrokken" })))?;
    Ok(answer(StatusCode::OK, done))
}

/// Wat een voorstel in het register verandert: nieuw, gewijzigd en verdwenen
#[utoipa::path(get, path = "/openbare-gegevens/{openvoorstel}/verschillen", tag = "register", operation_id = "openbareGegevensVerschillen",
    params(("openvoorstel" = String, Path), ("verschil" = Option<Openverschil>, Query, description = "Alleen wat zo verandert"),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Openverschilregel>)))]
async fn differences(State(app): State<App>, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let kind: Option<DifferenceKind> = word(&mut keys, "verschil", "soort verschil");
    let page = Page::among(&mut keys, format!("/v1/openbare-gegevens/{}/verschillen", segment(&id)));
    keys.finish()?;
    let page = page.maybe("verschil", kind.map(Word::code));
    let mut reading = app.store.read();
    reading.edition(&id).await?.ok_or_else(Problem::unknown)?;
    let (rows, all) = reading.differences(&id, kind, (page.skip(), page.size)).await?;
    let resultaten = rows.into_iter().map(Openverschilregel::from).collect();
    Ok((page.links(all), Json(Pagina::<Openverschilregel> { resultaten, totaal: all })).into_response())
}

/// Neem een voorstel over: het register verandert in één keer; scholen die verdwenen zijn eindigen alleen met een dag
#[utoipa::path(post, path = "/openbare-gegevens/{openvoorstel}/overname", tag = "register", operation_id = "openbareGegevensOvernemen",
    params(("openvoorstel" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<TakeOver>), responses((status = 200, body = Openvoorstel)))]
async fn take_over(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    MaybeRead(body): MaybeRead<TakeOver>,
) -> Result<Response, Problem> {
    let yours = json!({ "vanaf": body.vanaf });
    let (reason, confirmed) = (body.reden.unwrap_or(EndReason::Sluiting), body.bevestigd.unwrap_or_default());
    let leaving = body.vanaf.map(|from| Leaving { from, reason, confirmed });
    let at = (id.as_str(), expected.version());
    let due = open::due(&app.store, &asked, at, leaving.as_ref()).await.map_err(|refused| Problem::of(refused, shown, yours.clone()))?;
    let (files, municipality) = match due {
        Due::Done(edition) => return Ok(answer(StatusCode::OK, *edition)),
        Due::Files(files, municipality) => (files, municipality),
    };
    let mut read = Vec::new();
    for file in files {
        read.push(workbooks::open(&app, file.kind, Arc::from(file.bytes), file.year).await?);
    }
    let incoming = together(read, municipality).map_err(|refusal| Problem::refused(&refusal))?;
    let done = open::take_over(&app.store, &asked, at, incoming, leaving).await;
    Ok(answer(StatusCode::OK, done.map_err(|refused| Problem::of(refused, shown, yours))?))
}

/// Wat de laatste open gegevens over een school zeiden, met bron en jaar
#[utoipa::path(get, path = "/scholen/{school}/openbare-gegevens", tag = "register", operation_id = "schoolOpenbareGegevens",
    params(("school" = String, Path)), responses((status = 200, body = Schoolbron)))]
async fn source(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mut reading = app.store.read();
    reading.register_row(Kind::School, asked.caller.scope(), &id).await?.ok_or_else(Problem::unknown)?;
    let (source, at) = reading.school_source(&id).await?.ok_or_else(Problem::unknown)?;
    Ok(Json(Schoolbron::of(source, at)).into_response())
}
