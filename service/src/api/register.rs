//! `/besturen`, `/scholen`, `/coaches` and `/kandidaten`: the register, each row with the keys of the format of wave files.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::row::is_id;
use serde::Serialize;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;

use super::bodies::Read;
use super::bodies::register::{BoardRow, CandidateRow, CoachRow, SchoolRow, Sent};
use super::shapes::row::{answer, shown};
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::{Asked, register};
use crate::records::register::{Kind, Row, Standing};
use crate::records::stage::Stage;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::etag::Expected;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::ids;
use loket_solver::matching::facts::words::Word;

/// The row that was sent; `path` is its id when the path has it, and else a row that names none gets one.
fn row_of(sent: Sent, path: Option<&str>) -> Result<Row, Problem> {
    let Sent { id, data, board, brin, from, until, ended, standing, own, person, said: _ } = sent;
    let id = match (id, path) {
        (Some(id), Some(path)) if id != path => {
            return Err(Problem::mistake("id", "/id", "dit is niet de id uit het adres", "laat id weg, of schrijf de id uit het adres"));
        }
        (Some(id), _) => id,
        (None, Some(path)) => path.to_owned(),
        (None, None) => ids::new(),
    };
    Ok(Row { id, data, board, brin, from, until, ended, standing, own, person, version: 0 })
}

/// A value of a query key that a list may be asked by, when it is one.
fn these(kind: Kind, keys: &mut Keys) -> Option<String> {
    let (key, wrong) = match kind {
        Kind::Board => return None,
        Kind::School => ("bestuur", None),
        Kind::Coach => ("op", Some(("datum", "op is geen datum", "schrijf een datum als 2026-09-01".to_owned()))),
        Kind::Candidate => {
            let words = Standing::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
            ("toestand", Some(("woord", "dit is geen toestand van een kandidaat", format!("kies uit: {words}"))))
        }
    };
    let text = keys.text(key)?;
    let right = match kind {
        Kind::Board | Kind::School => true,
        Kind::Coach => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
        Kind::Candidate => Standing::parse(&text).is_some(),
    };
    if let Some((code, what, remedy)) = wrong.filter(|_| !right) {
        keys.wrong(Fout::new(code, key, what, remedy));
    }
    Some(text)
}

/// The stage of candidates that a list is asked for.
fn stage(keys: &mut Keys) -> Option<Stage> {
    let text = keys.text("fase")?;
    let stage = Stage::parse(&text);
    if stage.is_none() {
        let words = Stage::ALL.iter().map(|it| it.code()).collect::<Vec<_>>().join(", ");
        keys.wrong(Fout::new("woord", "fase", "dit is geen fase van een kandidaat", format!("kies uit: {words}")));
    }
    stage
}

async fn all<T: From<Row> + Serialize>(app: &App, asked: &Asked, kind: Kind, mut keys: Keys, path: &str) -> Result<Response, Problem> {
    let these = these(kind, &mut keys);
    let stage = if kind == Kind::Candidate { stage(&mut keys) } else { None };
    let mut page = Page::among(&mut keys, path.to_owned());
    keys.finish()?;
    if let Some(these) = &these {
        let key = match kind {
            Kind::Board | Kind::School => "bestuur",
            Kind::Coach => "op",
            Kind::Candidate => "toestand",
        };
        page = page.with(key, &segment(these));
    }
    if let Some(stage) = stage {
        page = page.with("fase", stage.code());
    }
    let pages = (page.skip(), page.size);
    let (rows, all) = app.store.read().register_page(kind, asked.caller.scope(), (these.as_deref(), stage), pages).await?;
    let resultaten = rows.into_iter().map(T::from).collect();
    Ok((page.links(all), Json(Pagina::<T> { resultaten, totaal: all })).into_response())
}

async fn one(app: &App, asked: &Asked, kind: Kind, id: &str) -> Result<Response, Problem> {
    let row = app.store.read().register_row(kind, asked.caller.scope(), id).await?;
    Ok(answer(StatusCode::OK, row.ok_or_else(Problem::unknown)?))
}

async fn add(app: &App, asked: &Asked, kind: Kind, place: &str, sent: Sent) -> Result<Response, Problem> {
    let said = sent.said.clone();
    let new = row_of(sent, None)?;
    let row = register::add(&app.store, asked, kind, new, &said).await.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    let place = HeaderValue::try_from(format!("/v1/{place}/{}", segment(&row.id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, row);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

async fn put(app: &App, asked: &Asked, kind: Kind, id: &str, expected: Expected, sent: Sent) -> Result<Response, Problem> {
    if expected == Expected::Nothing && !is_id(id) {
        let remedy =
            "gebruik 1 tot en met 64 tekens, zonder dubbele punt, stuurtekens of spaties aan de randen, en niet ., .., zoekvraag of fasen";
        return Err(Problem::mistake("id", "id", "dit kan geen id zijn", remedy));
    }
    let said = sent.said.clone();
    let new = row_of(sent, Some(id))?;
    let (status, yours) = (if expected == Expected::Nothing { StatusCode::CREATED } else { StatusCode::OK }, shown(new.clone()));
    match register::put(&app.store, asked, kind, new, expected.version(), &said).await {
        Ok(row) => Ok(answer(status, row)),
        Err(refused) => Err(Problem::of(refused, shown, yours)),
    }
}

/// Who may write rows, and read those of people.
const WRITING: &[Role] = &[Role::Intermediair];
/// Who may read boards and schools; a board its own.
const SHARED: &[Role] = &[Role::Intermediair, Role::Bestuur];

/// The four routes of one kind of row; each kind is a resource of its own in the description.
macro_rules! resource {
    ($module:ident, $kind:expr, $reading:expr, $many:tt, $one:tt, $id:tt, $tag:tt, [$list:tt $create:tt $read:tt $replace:tt], $body:ident, $row:ident, [$($these:tt)*]) => {
        mod $module {
            use axum::extract::State;
            use utoipa_axum::routes;

            use super::*;
            use crate::api::shapes::row::$row;
            use crate::serve::body::{Ids, NoKeys};

            pub(super) fn routes() -> OpenApiRouter<App> {
                OpenApiRouter::new()
                    .routes(only($reading, routes!(list)))
                    .routes(only(WRITING, routes!(create)))
                    .routes(only($reading, routes!(read)))
                    .routes(only(WRITING, routes!(replace)))
            }

            /// Alle rijen van deze soort in het register, op id
            #[utoipa::path(get, path = $many, tag = $tag, operation_id = $list,
                params($($these)* ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
                responses((status = 200, body = Pagina<$row>)))]
            async fn list(State(app): State<App>, asked: Asked, keys: Keys) -> Result<Response, Problem> {
                all::<$row>(&app, &asked, $kind, keys, concat!("/v1", $many)).await
            }

            /// Een nieuwe rij in het register; zonder id krijgt zij er een
            #[utoipa::path(post, path = $many, tag = $tag, operation_id = $create,
                params(("Idempotency-Key" = Option<String>, Header)),
                request_body = inline($body),
                responses((status = 201, body = $row)))]
            async fn create(State(app): State<App>, asked: Asked, _: NoKeys, Read($body(sent)): Read<$body>) -> Result<Response, Problem> {
                add(&app, &asked, $kind, $many.trim_start_matches('/'), sent).await
            }

            /// Eén rij van het register
            #[utoipa::path(get, path = $one, tag = $tag, operation_id = $read, params(($id = String, Path)),
                responses((status = 200, body = $row)))]
            async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
                one(&app, &asked, $kind, &id).await
            }

            /// Zet een rij in het register: als geheel in de plaats van de vorige, of nieuw met If-None-Match: *
            #[utoipa::path(put, path = $one, tag = $tag, operation_id = $replace,
                params(($id = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
                request_body = inline($body),
                responses((status = 200, body = $row), (status = 201, body = $row)))]
            async fn replace(
                State(app): State<App>,
                asked: Asked,
                Ids(id): Ids<String>,
                _: NoKeys,
                expected: Expected,
                Read($body(sent)): Read<$body>,
            ) -> Result<Response, Problem> {
                put(&app, &asked, $kind, &id, expected, sent).await
            }
        }
    };
}

resource!(
    boards,
    Kind::Board,
    SHARED,
    "/besturen",
    "/besturen/{bestuur}",
    "bestuur",
    "besturen",
    ["besturen" "bestuurMaken" "bestuur" "bestuurZetten"],
    BoardRow,
    Bestuur,
    []
);
resource!(
    schools,
    Kind::School,
    SHARED,
    "/scholen",
    "/scholen/{school}",
    "school",
    "register",
    ["scholen" "schoolMaken" "school" "schoolZetten"],
    SchoolRow,
    School,
    [("bestuur" = Option<String>, Query),]
);
resource!(
    coaches,
    Kind::Coach,
    WRITING,
    "/coaches",
    "/coaches/{coach}",
    "coach",
    "register",
    ["coaches" "coachMaken" "coach" "coachZetten"],
    CoachRow,
    Coach,
    [("op" = Option<String>, Query, format = Date),]
);
resource!(
    candidates,
    Kind::Candidate,
    WRITING,
    "/kandidaten",
    "/kandidaten/{kandidaat}",
    "kandidaat",
    "register",
    ["kandidaten" "kandidaatMaken" "kandidaat" "kandidaatZetten"],
    CandidateRow,
    Kandidaat,
    [("toestand" = Option<crate::listed::Kandidaattoestand>, Query), ("fase" = Option<crate::listed::Trajectfase>, Query),]
);

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(boards::routes()).merge(schools::routes()).merge(coaches::routes()).merge(candidates::routes())
}
