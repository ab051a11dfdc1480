//! `/besturen`, `/scholen`, `/coaches` and `/kandidaten`: the register, each row with the keys of the format of wave files.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use loket_instances::matching::row as format;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;

use super::waves::segment;
use crate::records::candidate_state::CandidateState;
use crate::records::codes;
use crate::serve::App;
use crate::serve::body::{Raw, json};
use crate::serve::etag::{Expected, tag};
use crate::serve::fields::Fields;
use crate::serve::guard::Caller;
use crate::serve::idempotency::Key;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::store::ids;
use crate::store::register::{Kind, Put, Row, data};
use crate::store::scope::Scope;

/// A row of the register.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Rij {
    /// Its id.
    pub id: String,
    /// What docs/format.md has for such a row, with the names of people, `van` and `tot` of a coach and `toestand` of a candidate.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub gegevens: Map<String, Value>,
    /// Its version, also in ETag.
    pub versie: i64,
}

impl From<Row> for Rij {
    fn from(row: Row) -> Self {
        let mut gegevens = row.person;
        let state = row.state.map(|it| it.code().to_owned());
        for (key, value) in [("bestuur", row.board), ("van", row.from), ("tot", row.until), ("toestand", state)] {
            gegevens.extend(value.map(|value| (key.to_owned(), Value::String(value))));
        }
        gegevens.extend(row.data);
        Self { id: row.id, gegevens, versie: row.version }
    }
}

/// Keys of the register that the format does not have. What was read may be sent back: `versie` is then no news.
fn own_keys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Board | Kind::School => &["versie"],
        Kind::Coach => &["van", "tot", "versie"],
        Kind::Candidate => &["toestand", "versie"],
    }
}

/// Reads a row as it was sent; `id` is its id when the path has it, and else the id for a row that names none.
fn read_row(kind: Kind, bytes: &[u8], path: Option<&str>, key: &Key) -> Result<Row, Problem> {
    let value = json(bytes)?;
    let of = match kind {
        Kind::Board => format::Kind::Board,
        Kind::School => format::Kind::School,
        Kind::Coach => format::Kind::Coach,
        Kind::Candidate => format::Kind::Candidate,
    };
    let mut wrong = Vec::new();
    let read = format::read_row(of, bytes, own_keys(kind)).map_err(|refusal| wrong.extend(Problem::refused(&refusal).fouten));
    let sent = value.as_object().cloned().unwrap_or_default();
    // The keys of our own, read from an object that holds nothing else.
    let own: Value = sent
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
        state = fields.word("toestand", &codes::<CandidateState>()).as_deref().and_then(CandidateState::parse);
    }
    fields.number("versie", 0, i64::MAX);
    if let Err(problem) = fields.finish(Some(())) {
        wrong.extend(problem.fouten);
    }
    let id = sent.get("id").and_then(|it| it.as_str().map(str::to_owned));
    let id = match (id, path) {
        (Some(id), Some(path)) if id != path => {
            wrong.push(Fout::new("id", "/id", "dit is niet de id uit het adres", "laat id weg, of schrijf de id uit het adres"));
            id
        }
        (Some(id), _) => id,
        (None, Some(path)) => path.to_owned(),
        (None, None) => ids::new(key.0.as_deref()),
    };
    let mut row = match read {
        Ok(row) if wrong.is_empty() => row,
        _ => return Err(Problem::invalid(wrong)),
    };
    let (board, apart) = match &mut row {
        format::Row::School(school) => (Some(school.board.clone()), None),
        format::Row::Coach(coach) => (None, coach.apart()),
        format::Row::Candidate(candidate) => (None, candidate.apart()),
        format::Row::Board(_) | format::Row::Seats(_) => (None, None),
    };
    let mut person = Map::new();
    for (key, text) in apart.into_iter().flat_map(|it| [("naam", it.name), ("toelichting", it.note)]) {
        person.extend(text.map(|text| (key.to_owned(), Value::String(text))));
    }
    Ok(Row { id, data: data(&row), board, from, until, state, person, version: 0 })
}

fn answer(status: StatusCode, row: Row) -> Response {
    let tag = tag(row.version);
    (status, [(header::ETAG, tag)], Json(Rij::from(row))).into_response()
}

fn shown(row: Row) -> Value {
    serde_json::to_value(Rij::from(row)).unwrap_or_default()
}

fn no_board() -> Problem {
    Problem::mistake(
        "onbekende-verwijzing",
        "/bestuur",
        "dit bestuur staat niet in het register",
        "maak eerst het bestuur, of verbeter de id",
    )
}

fn taken(kind: Kind) -> Problem {
    let other = if kind == Kind::Coach { "kandidaat" } else { "coach" };
    Problem::conflict(format!("Deze id is al van een {other}; kandidaten en coaches delen hun ids."))
}

async fn all(app: &App, kind: Kind, page: &Page) -> Result<Response, Problem> {
    let (rows, all) = app.store.rows(kind, &Scope::All, page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(Rij::from).collect();
    Ok((page.links(all), Json(Pagina::<Rij> { resultaten, totaal: all })).into_response())
}

async fn one(app: &App, kind: Kind, id: &str) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, app.store.row(kind, &Scope::All, id).await?.ok_or_else(Problem::unknown)?))
}

async fn add(app: &App, kind: Kind, place: &str, key: &Key, bytes: &[u8], who: &str) -> Result<Response, Problem> {
    let new = read_row(kind, bytes, None, key)?;
    let same = |now: &Row| {
        let state = new.state.is_none() || now.state == new.state;
        state && (&now.data, &now.board, &now.from, &now.until, &now.person) == (&new.data, &new.board, &new.from, &new.until, &new.person)
    };
    let row = match app.store.put_row(kind, new.clone(), 0, who).await? {
        Put::Done(row) => row,
        // Sent twice: once is enough.
        Put::Stale(now) if same(&now) => now,
        Put::Stale(now) => {
            let what = format!("Er is al een {} met id {}; verander die met PUT en If-Match.", kind.word(), now.id);
            return Err(Problem::conflict(what).with("huidig", shown(now)));
        }
        Put::NoBoard => return Err(no_board()),
        Put::Taken => return Err(taken(kind)),
        Put::Unknown => return Err(Problem::unknown()),
    };
    let place = HeaderValue::try_from(format!("/v1/{place}/{}", segment(&row.id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, row);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

async fn put(app: &App, kind: Kind, id: &str, expected: Expected, bytes: &[u8], who: &str) -> Result<Response, Problem> {
    if expected == Expected::Nothing && !format::is_id(id) {
        let remedy = "gebruik 1 tot en met 64 tekens, zonder dubbele punt, stuurtekens of spaties aan de randen";
        return Err(Problem::mistake("id", "id", "dit kan geen id zijn", remedy));
    }
    let new = read_row(kind, bytes, Some(id), &Key::default())?;
    let status = if expected == Expected::Nothing { StatusCode::CREATED } else { StatusCode::OK };
    let yours = shown(new.clone());
    match app.store.put_row(kind, new, expected.version(), who).await? {
        Put::Done(row) => Ok(answer(status, row)),
        Put::Stale(now) => Err(Problem::stale(shown(now), yours)),
        Put::NoBoard => Err(no_board()),
        Put::Taken => Err(taken(kind)),
        Put::Unknown => Err(Problem::unknown()),
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
            async fn list(State(app): State<App>, page: Page) -> Result<Response, Problem> {
                all(&app, $kind, &page).await
            }

            /// Een nieuwe rij in het register; zonder id krijgt zij er een
            #[utoipa::path(post, path = $many, tag = $tag, operation_id = $create,
                params(("Idempotency-Key" = Option<String>, Header)),
                request_body(content = Value, content_type = "application/json", description = $body),
                responses((status = 201, body = Rij), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn create(
                State(app): State<App>,
                Extension(caller): Extension<Caller>,
                _: NoKeys,
                key: Key,
                Raw(bytes): Raw,
            ) -> Result<Response, Problem> {
                add(&app, $kind, $many.trim_start_matches('/'), &key, &bytes, &caller.who).await
            }

            /// Eén rij van het register
            #[utoipa::path(get, path = $one, tag = $tag, operation_id = $read, params(($id = String, Path)),
                responses((status = 200, body = Rij), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
                one(&app, $kind, &id).await
            }

            /// Zet een rij in het register: als geheel in de plaats van de vorige, of nieuw met If-None-Match: *
            #[utoipa::path(put, path = $one, tag = $tag, operation_id = $replace,
                params(($id = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
                request_body(content = Value, content_type = "application/json", description = $body),
                responses((status = 200, body = Rij), (status = 201, body = Rij),
                    (status = "4XX", body = Problem, content_type = "application/problem+json")))]
            async fn replace(
                State(app): State<App>,
                Extension(caller): Extension<Caller>,
                Ids(id): Ids<String>,
                _: NoKeys,
                expected: Expected,
                Raw(bytes): Raw,
            ) -> Result<Response, Problem> {
                put(&app, $kind, &id, expected, &bytes, &caller.who).await
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

/// A candidate's row as an answer, for the person's own routes.
pub(super) fn person(row: Row) -> (HeaderMap, Rij) {
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, tag(row.version));
    (headers, Rij::from(row))
}
