//! `/besturen/{id}/capaciteit`: what a board offers, what of it is used, and what one seat more would bring. A board has its own
//! schools only: another board's school is not there.

use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jiff::civil::Date;
use loket_instances::matching::row::{Kind as RowKind, Row, is_id, read_row};
use loket_instances::matching::wave_file::WaveFile;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::questions;
use crate::desk::room::Period;
use crate::serve::App;
use crate::serve::body::{Ids, Json as Body, Keys, NoKeys, Raw, json as parse};
use crate::serve::etag::{Expected, tag};
use crate::serve::fields::Fields;
use crate::serve::guard::Caller;
use crate::serve::idempotency::Deed;
use crate::serve::paging::Page;
use crate::serve::problem::{Fout, Problem};
use crate::store::capacity::{Confirmed, Proposed, PutSeats, Seats, usual};
use crate::store::clock::written;
use crate::store::placements::Placed;
use crate::store::register::{Kind, data};
use crate::store::scope::Scope;

/// Codes of why seats are not open.
pub const REASONS: &[&str] = &["geen-duo-collega", "team-vol", "groep-vervalt", "verbouwing", "kwaliteit", "eigen-werving", "anders"];

/// The seats of one group in a period, and what of them is used.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plekken {
    /// The school.
    pub school: String,
    /// The seat group.
    pub plek: String,
    /// onderbouw, middenbouw or bovenbouw.
    pub bouw: String,
    /// How many the board offers.
    pub aantal: i64,
    /// When the duo colleague is there.
    pub dagdelen: Option<Value>,
    /// First day.
    #[schema(format = Date)]
    pub van: String,
    /// Last day; absent is without end.
    #[schema(format = Date)]
    pub tot: Option<String>,
    /// Whether they may be used.
    pub open: bool,
    /// Code of why not.
    pub reden: Option<String>,
    /// Published placements that hold one on the day asked, or on the first day when that is later.
    pub gebruikt: i64,
    /// Placements on them in proposals that are under review.
    pub voorgesteld: i64,
    /// What is left: offered and open less used.
    pub vrij: i64,
    /// How many more are used than are offered and open.
    pub te_veel: i64,
    /// When the board last said that it is so (UTC).
    #[schema(format = DateTime)]
    pub bevestigd_op: Option<String>,
    /// Its version, also in the ETag of the seats themselves.
    pub versie: i64,
}

/// The seats of a board.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Capaciteit {
    /// The day for which `gebruikt` was counted.
    #[schema(format = Date)]
    pub op: String,
    /// By school, seat group and period.
    pub resultaten: Vec<Plekken>,
    /// How many rows there are in all.
    pub totaal: i64,
}

/// What counts against the seats of a board.
struct Counts {
    placed: Vec<Placed>,
    proposed: Vec<Proposed>,
    months: u32,
}

impl Counts {
    async fn of(app: &App, scope: &Scope, day: Date) -> Result<Self, Problem> {
        let placed = app.store.placements_from(&day.to_string()).await?;
        Ok(Self { placed, proposed: app.store.proposed(scope).await?, months: app.settings.seat_months })
    }

    fn view(&self, seats: Seats, day: Date) -> Result<Plekken, Problem> {
        let period = seats.period()?;
        let day = day.max(period.from);
        let here = |school: &str, seat: &str| school == seats.school && seat == seats.id;
        let holds = |it: &Placed| it.hold(self.months).is_some_and(|hold| hold.has(day));
        let count = self.placed.iter().filter(|it| here(&it.school, &it.seat) && holds(it)).count();
        let used = i64::try_from(count).unwrap_or(i64::MAX);
        let meets = |it: &Period| it.held(self.months).meets(period);
        let proposed = self.proposed.iter().filter(|it| here(&it.school, &it.seat) && meets(&it.period)).map(|it| it.count).sum();
        let offered = if seats.open { seats.count } else { 0 };
        Ok(Plekken {
            dagdelen: seats.data.get("dagdelen").cloned(),
            school: seats.school,
            plek: seats.id,
            bouw: seats.bouw,
            aantal: seats.count,
            van: seats.from,
            tot: seats.until,
            open: seats.open,
            reden: seats.reason,
            gebruikt: used,
            voorgesteld: proposed,
            vrij: (offered - used).max(0),
            te_veel: (used - offered).max(0),
            bevestigd_op: seats.confirmed.map(written),
            versie: seats.version,
        })
    }
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(read, change)).routes(routes!(confirm)).routes(routes!(worth))
}

async fn board(app: &App, id: &str) -> Result<Scope, Problem> {
    let scope = Scope::Board(id.to_owned());
    app.store.row(Kind::Board, &scope, id).await?.ok_or_else(Problem::unknown)?;
    Ok(scope)
}

/// De plekken van een bestuur: aangeboden, gebruikt, voorgesteld en vrij
#[utoipa::path(get, path = "/besturen/{bestuur}/capaciteit", tag = "besturen", operation_id = "capaciteit",
    params(("bestuur" = String, Path), ("op" = Option<String>, Query, format = Date, description = "de dag waarvoor geteld wordt; anders vandaag"),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Capaciteit), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn list(State(app): State<App>, Ids(id): Ids<String>, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<Response, Problem> {
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    let day = match keys.text("op") {
        None => app.store.clock().today(),
        Some(text) => match text.parse::<Date>() {
            Ok(day) if text.len() == 10 => {
                page = page.with("op", &text);
                day
            }
            _ => {
                keys.wrong(Fout::new("datum", "op", "op is geen datum", "schrijf een datum als 2026-09-01"));
                Date::ZERO
            }
        },
    };
    keys.finish()?;
    let scope = board(&app, &id).await?;
    // Read before the rows: a change in between makes the tag too old, never too new.
    let version = app.store.seats_version(&scope).await?;
    let (rows, all) = app.store.seats(&scope, &day.to_string(), page.skip(), page.size).await?;
    let counts = Counts::of(&app, &scope, day).await?;
    let resultaten = rows.into_iter().map(|row| counts.view(row, day)).collect::<Result<_, _>>()?;
    let body = Capaciteit { op: day.to_string(), resultaten, totaal: all };
    Ok((page.links(all), [(header::ETAG, tag(version))], Json(body)).into_response())
}

/// De plekken van één groep op een school van dit bestuur, zoals ze nu gelden
#[utoipa::path(get, path = "/besturen/{bestuur}/scholen/{school}/plekken/{plek}", tag = "besturen", operation_id = "plekken",
    params(("bestuur" = String, Path), ("school" = String, Path), ("plek" = String, Path)),
    responses((status = 200, body = Plekken), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn read(State(app): State<App>, Ids((id, school, seat)): Ids<(String, String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let scope = Scope::Board(id);
    let rows = app.store.seat_group(&scope, &school, &seat).await?;
    let row = usual(&rows, &app.store.clock().today().to_string()).cloned().ok_or_else(Problem::unknown)?;
    answer(&app, &scope, StatusCode::OK, row).await
}

async fn answer(app: &App, scope: &Scope, status: StatusCode, row: Seats) -> Result<Response, Problem> {
    let tag = tag(row.version);
    Ok((status, [(header::ETAG, tag)], Json(view(app, scope, row).await?)).into_response())
}

async fn view(app: &App, scope: &Scope, row: Seats) -> Result<Plekken, Problem> {
    let day = app.store.clock().today();
    Counts::of(app, scope, day).await?.view(row, day)
}

/// Zet de plekken van één groep: hoeveel, wanneer, en open of niet (met reden)
#[utoipa::path(put, path = "/besturen/{bestuur}/scholen/{school}/plekken/{plek}", tag = "besturen", operation_id = "plekkenZetten",
    params(("bestuur" = String, Path), ("school" = String, Path), ("plek" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body(content = Value, content_type = "application/json", description = "{ \"bouw\", \"aantal\", \"dagdelen\"?: […], \"open\"?: true, \
        \"reden\"?: code (als open false is), \"van\"?, \"tot\"? }; zonder van gaat het om de periode die vandaag geldt"),
    responses((status = 200, body = Plekken), (status = 201, body = Plekken), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn change(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids((id, school, seat)): Ids<(String, String, String)>,
    _: NoKeys,
    expected: Expected,
    Raw(bytes): Raw,
) -> Result<Response, Problem> {
    let new = read_seats(&bytes, &school, &seat)?;
    if expected == Expected::Nothing && !is_id(&seat) {
        let remedy = "gebruik 1 tot en met 64 tekens, zonder dubbele punt, stuurtekens of spaties aan de randen";
        return Err(Problem::mistake("id", "plek", "dit kan geen id van een plek zijn", remedy));
    }
    let scope = Scope::Board(id);
    let yours = json!({ "bouw": new.bouw, "aantal": new.count, "dagdelen": new.data.get("dagdelen"), "open": new.open, "reden": new.reason,
        "van": Some(&new.from).filter(|it| !it.is_empty()), "tot": new.until });
    match app.store.put_seats(&scope, new, expected.version(), &caller.who).await? {
        PutSeats::Done(row, fresh) => answer(&app, &scope, if fresh { StatusCode::CREATED } else { StatusCode::OK }, row).await,
        PutSeats::Unknown => Err(Problem::unknown()),
        PutSeats::Stale(now) => Err(Problem::stale(serde_json::to_value(view(&app, &scope, now).await?).unwrap_or_default(), yours)),
        PutSeats::Overlap(other) => {
            let until = other.until.as_deref().unwrap_or("later");
            let what =
                format!("Van {} tot en met {until} staat deze plek er al; laat de ene periode eindigen voor de andere begint.", other.from);
            let other = serde_json::to_value(view(&app, &scope, other).await?).unwrap_or_default();
            Err(Problem::conflict(what).with("huidig", other))
        }
        PutSeats::Backwards => Err(Problem::mistake("grens", "/tot", "tot ligt voor van", "kies een latere dag")),
    }
}

/// Keys that the format of a seat group does not have. What was read may be sent back: what follows from the rest is then no news.
const OWN: &[&str] =
    &["open", "reden", "van", "tot", "versie", "school", "plek", "gebruikt", "voorgesteld", "vrij", "te_veel", "bevestigd_op"];

fn read_seats(bytes: &[u8], school: &str, seat: &str) -> Result<Seats, Problem> {
    let value = parse(bytes)?;
    let mut wrong = Vec::new();
    let read = read_row(RowKind::Seats, bytes, OWN).map_err(|refusal| wrong.extend(Problem::refused(&refusal).fouten));
    let own: Map<String, Value> = OWN.iter().filter_map(|&key| Some((key.to_owned(), value.get(key)?.clone()))).collect();
    let own = Value::Object(own);
    let mut fields = Fields::new(&own);
    let (from, until) = (fields.date("van"), fields.date("tot"));
    let open = fields.flag("open").unwrap_or(true);
    let reason = fields.word("reden", REASONS);
    if open && reason.is_some() {
        fields.wrong("reden", "samen", "een reden hoort bij plekken die niet open zijn", "laat reden weg, of zet open op false");
    }
    if !open && reason.is_none() && own["reden"].is_null() {
        fields.wrong("reden", "ontbreekt", "reden ontbreekt", format!("kies uit {}", REASONS.join(", ")));
    }
    if let (Some(from), Some(until)) = (&from, &until)
        && until < from
    {
        fields.wrong("tot", "grens", "tot ligt voor van", "kies een latere dag");
    }
    for (key, path) in [("school", school), ("plek", seat)] {
        if fields.text(key, 64).is_some_and(|it| it != path) {
            fields.wrong(
                key,
                "id",
                format!("dit is niet de {key} uit het adres"),
                format!("laat {key} weg, of schrijf de id uit het adres"),
            );
        }
    }
    for key in ["versie", "gebruikt", "voorgesteld", "vrij", "te_veel"] {
        fields.number(key, 0, i64::MAX);
    }
    fields.text("bevestigd_op", 64);
    if let Err(problem) = fields.finish(Some(())) {
        wrong.extend(problem.fouten);
    }
    if value.get("id").is_some_and(|it| it != seat && !it.is_null()) {
        wrong.push(Fout::new("id", "/id", "dit is niet de plek uit het adres", "laat id weg, of schrijf de plek uit het adres"));
    }
    let row = match read {
        Ok(Row::Seats(row)) if wrong.is_empty() => row,
        _ => return Err(Problem::invalid(wrong)),
    };
    let (bouw, count) = (row.bouw.code().to_owned(), i64::from(row.count));
    Ok(Seats {
        school: school.to_owned(),
        id: seat.to_owned(),
        from: from.unwrap_or_default(),
        until,
        bouw,
        count,
        data: data(&Row::Seats(row)),
        open,
        reason,
        confirmed: None,
        version: 0,
    })
}

/// Bevestig alle plekken van vandaag en later zoals ze staan; If-Match is de ETag van de lijst die gelezen is
#[utoipa::path(post, path = "/besturen/{bestuur}/capaciteit/bevestiging", tag = "besturen", operation_id = "capaciteitBevestigen",
    params(("bestuur" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Bevestiging), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn confirm(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    deed: Deed,
) -> Result<Response, Problem> {
    let scope = board(&app, &id).await?;
    let today = app.store.clock().today().to_string();
    let seen = expected.version();
    let done = match deed.told()? {
        Some(done) => Some(done),
        None => app.store.confirm_seats(&id, &today, seen, &caller.who).await?,
    };
    match done {
        Some(Confirmed { rows, at, version }) => {
            let body = Bevestiging { bevestigd: rows, bevestigd_op: written(at) };
            Ok(([(header::ETAG, tag(version))], Json(body)).into_response())
        }
        None => {
            let version = app.store.seats_version(&scope).await?;
            Err(Problem::stale(json!({ "versie": version }), json!({ "versie": seen })))
        }
    }
}

/// What was confirmed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bevestiging {
    /// How many seat groups, each period for itself.
    pub bevestigd: i64,
    /// When (UTC).
    #[schema(format = DateTime)]
    pub bevestigd_op: String,
}

/// Vraag wat één plek meer zou opbrengen, op elke school van dit bestuur; het antwoord komt bij de vraag
#[utoipa::path(post, path = "/besturen/{bestuur}/capaciteit/opbrengst", tag = "besturen", operation_id = "capaciteitOpbrengst",
    params(("bestuur" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = Value, content_type = "application/json", description = "{ \"berekening\": id, \"aantal\"?: hoeveel plekken hoogstens }"),
    responses((status = 202, body = questions::Vraag), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
async fn worth(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, Body(body): Body) -> Result<Response, Problem> {
    board(&app, &id).await?;
    let mut fields = Fields::new(&body);
    let (run, most) = (fields.need_text("berekening", 64), fields.number("aantal", 1, 1_000));
    let run = fields.finish(run)?;
    let unknown =
        |what: &str| Problem::mistake("onbekende-verwijzing", "/berekening", what, "noem een berekening van een lichting met dit bestuur");
    let run = app.store.run(&run).await?.ok_or_else(|| unknown("deze berekening is er niet"))?;
    let bytes = app.store.input(&run.input).await?.ok_or_else(Problem::unknown)?;
    let read = tokio::task::spawn_blocking(move || WaveFile::read(&bytes)).await;
    let file = read.map_err(|_| Problem::busy("Het lezen van de lichting liep vast."))?.map_err(|refusal| Problem::refused(&refusal))?;
    if !file.boards.iter().any(|row| row.id == id) {
        return Err(unknown("dit bestuur doet in die lichting niet mee"));
    }
    let mut question = json!({ "kijker": format!("bestuur:{id}") });
    if let Some(most) = most {
        question["aantal"] = most.into();
    }
    questions::put(&app, &run, "schaarste", &question).await
}
