//! `/besturen`, `/scholen`, `/coaches` and `/kandidaten`: the register, each row with the keys of the format of wave files.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};
use utoipa_axum::router::OpenApiRouter;

use super::shapes::row::{Rij, answer, shown};
use super::shapes::work::segment;
use crate::actions::{Asked, register};
use crate::desk::row;
use crate::records::register::{Kind, Row, Standing};
use crate::serve::App;
use crate::serve::body::{Raw, json};
use crate::serve::etag::Expected;
use crate::serve::fields::Fields;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::engine::Code;
use crate::store::ids;

/// Keys of the register that the format does not have. What was read may be sent back: `versie` is then no news.
fn own_keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Board | Kind::School => &["versie"],
        Kind::Coach => &["van", "tot", "versie"],
        Kind::Candidate => &["toestand", "versie"],
    }
}

/// Reads a row as it was sent; `id` is its id when the path has it, and else the id for a row that names none.
fn read_row(kind: Kind, bytes: &[u8], path: Option<&str>, key: Option<&str>) -> Result<Row, Problem> {
    let value = json(bytes)?;
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let of = match kind {
        Kind::Board => row::Kind::Board,
        Kind::School => row::Kind::School,
        Kind::Coach => row::Kind::Coach,
        Kind::Candidate => row::Kind::Candidate,
    };
    let mut wrong = Vec::new();
    let checked = match row::check(of, text, own_keys(kind)) {
        Ok(row) => row,
        Err(refusal) => {
            wrong.extend(Problem::refused(&refusal).fouten);
            value.as_object().cloned().unwrap_or_default()
        }
    };
    // The keys of our own, read from an object that holds nothing else.
    let own: Value = checked
        .iter()
        .filter(|(key, _)| own_keys(kind).contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect::<Map<_, _>>()
        .into();
    let mut fields = Fields::new(&own);
    let (mut from, mut until, mut state) = (None, None, None);
    if kind == Kind::Coach {
        (from, until) = (fields.date("van"), fields.date("tot"));
        if let (Some(from), Some(until)) = (&from, &until)
            && until < from
        {
            fields.wrong("tot", "grens", "tot ligt voor van", "kies een latere dag");
        }
    }
    if kind == Kind::Candidate {
        state = fields.word("toestand", &["wacht", "geplaatst", "gestopt"]);
    }
    fields.number("versie", 0, i64::MAX);
    if let Err(problem) = fields.finish(Some(())) {
        wrong.extend(problem.fouten);
    }
    let mut data = checked;
    for key in own_keys(kind) {
        data.shift_remove(*key);
    }
    let id = data.shift_remove("id").and_then(|it| it.as_str().map(str::to_owned));
    let id = match (id, path) {
        (Some(id), Some(path)) if id != path => {
            wrong.push(Fout::new("id", "/id", "dit is niet de id uit het adres", "laat id weg, of schrijf de id uit het adres"));
            id
        }
        (Some(id), _) => id,
        (None, Some(path)) => path.to_owned(),
        (None, None) => ids::new(key),
    };
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    data.retain(|_, value| !value.is_null());
    let board = if kind == Kind::School { data.shift_remove("bestuur").and_then(|it| it.as_str().map(str::to_owned)) } else { None };
    let mut person = Map::new();
    if matches!(kind, Kind::Coach | Kind::Candidate) {
        person.extend(["naam", "toelichting"].into_iter().filter_map(|key| Some((key.to_owned(), data.shift_remove(key)?))));
    }
    let standing = state.as_deref().and_then(Standing::parse);
    Ok(Row { id, data, board, from, until, standing, person, version: 0 })
}

async fn all(app: &App, asked: &Asked, kind: Kind, page: &Page) -> Result<Response, Problem> {
    let (rows, all) = app.store.read().register_page(kind, asked.caller.scope(), page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(Rij::from).collect();
    Ok((page.links(all), Json(Pagina::<Rij> { resultaten, totaal: all })).into_response())
}

async fn one(app: &App, asked: &Asked, kind: Kind, id: &str) -> Result<Response, Problem> {
    let row = app.store.read().register_row(kind, asked.caller.scope(), id).await?;
    Ok(answer(StatusCode::OK, row.ok_or_else(Problem::unknown)?))
}

async fn add(app: &App, asked: &Asked, kind: Kind, place: &str, bytes: &[u8]) -> Result<Response, Problem> {
    let new = read_row(kind, bytes, None, asked.key())?;
    let row = register::add(&app.store, asked, kind, new).await.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    let place = HeaderValue::try_from(format!("/v1/{place}/{}", segment(&row.id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, row);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

async fn put(app: &App, asked: &Asked, kind: Kind, id: &str, expected: Expected, bytes: &[u8]) -> Result<Response, Problem> {
    if expected == Expected::Nothing && !row::is_id(id) {
        let remedy = "gebruik 1 tot en met 64 tekens, zonder dubbele punt, stuurtekens of spaties aan de randen";
        return Err(Problem::mistake("id", "id", "dit kan geen id zijn", remedy));
    }
    let new = read_row(kind, bytes, Some(id), None)?;
    let (status, yours) = (if expected == Expected::Nothing { StatusCode::CREATED } else { StatusCode::OK }, shown(new.clone()));
    match register::put(&app.store, asked, kind, new, expected.version()).await {
        Ok(row) => Ok(answer(status, row)),
        Err(refused) => Err(Problem::of(refused, shown, yours)),
    }
}

/// The four routes of one kind of row; each kind is a resource of its own in the description.
macro_rules! resource {
    ($module:ident, $kind:expr, $many:tt, $one:tt, $id:tt, $tag:tt, [$list:tt $create:tt $read:tt $replace:tt], $body:tt) => {
        mod $module {
            use axum::extract::State;
            use utoipa_axum::routes;

            use super::*;
            use crate::serve::body::{Ids, NoKeys};

            pub(super) fn routes() -> OpenApiRouter<App> {
                OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(read, replace))
            }

            /// Alle rijen van deze soort in het register, op id
            #[utoipa::path(get, path = $many, tag = $tag, operation_id = $list,
                params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
                responses((status = 200, body = Pagina<Rij>), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn list(State(app): State<App>, asked: Asked, page: Page) -> Result<Response, Problem> {
                all(&app, &asked, $kind, &page).await
            }

            /// Een nieuwe rij in het register; zonder id krijgt zij er een
            #[utoipa::path(post, path = $many, tag = $tag, operation_id = $create,
                params(("Idempotency-Key" = Option<String>, Header)),
                request_body(content = Value, content_type = "application/json", description = $body),
                responses((status = 201, body = Rij), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn create(State(app): State<App>, asked: Asked, _: NoKeys, Raw(bytes): Raw) -> Result<Response, Problem> {
                add(&app, &asked, $kind, $many.trim_start_matches('/'), &bytes).await
            }

            /// Eén rij van het register
            #[utoipa::path(get, path = $one, tag = $tag, operation_id = $read, params(($id = String, Path)),
                responses((status = 200, body = Rij), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
                one(&app, &asked, $kind, &id).await
            }

            /// Zet een rij in het register: als geheel in de plaats van de vorige, of nieuw met If-None-Match: *
            #[utoipa::path(put, path = $one, tag = $tag, operation_id = $replace,
                params(($id = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
                request_body(content = Value, content_type = "application/json", description = $body),
                responses((status = 200, body = Rij), (status = 201, body = Rij),
                    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn replace(
                State(app): State<App>,
                asked: Asked,
                Ids(id): Ids<String>,
                _: NoKeys,
                expected: Expected,
                Raw(bytes): Raw,
            ) -> Result<Response, Problem> {
                put(&app, &asked, $kind, &id, expected, &bytes).await
            }
        }
    };
}

resource!(
    boards,
    Kind::Board,
    "/besturen",
    "/besturen/{bestuur}",
    "bestuur",
    "besturen",
    ["besturen" "bestuurMaken" "bestuur" "bestuurZetten"],
    "Een bestuur als in docs/format.md: naam, noodplan, maximum"
);
resource!(
    schools,
    Kind::School,
    "/scholen",
    "/scholen/{school}",
    "school",
    "register",
    ["scholen" "schoolMaken" "school" "schoolZetten"],
    "Een school als in docs/format.md, zonder plekken: die staan bij de capaciteit van het bestuur"
);
resource!(
    coaches,
    Kind::Coach,
    "/coaches",
    "/coaches/{coach}",
    "coach",
    "register",
    ["coaches" "coachMaken" "coach" "coachZetten"],
    "Een coach als in docs/format.md (uren zijn per schooljaar), met van en tot: wanneer de coach er is"
);
resource!(
    candidates,
    Kind::Candidate,
    "/kandidaten",
    "/kandidaten/{kandidaat}",
    "kandidaat",
    "register",
    ["kandidaten" "kandidaatMaken" "kandidaat" "kandidaatZetten"],
    "Een kandidaat als in docs/format.md, met toestand: wacht, geplaatst of gestopt"
);

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(boards::routes()).merge(schools::routes()).merge(coaches::routes()).merge(candidates::routes())
}
