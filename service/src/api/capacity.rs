//! `/besturen/{id}/capaciteit`: what a board offers, what of it is used, and what one seat more would bring. A board has its own
//! schools only: another board's school is not there.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::matching::row::is_id;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::capacity::{Confirm, SeatsRow, Worth};
use super::shapes::names::Names;
use super::shapes::question::{self, Vraagantwoord};
use crate::access::Role;
use crate::access::Scope;
use crate::actions::questions::{self, Put};
use crate::actions::{Asked, Refused, capacity};
use crate::desk::offer::Offer;
use crate::listed::{Bouw, Dagdeel, Plekreden, Rolnaam};
use crate::records::seats::{Confirmed, Seats, usual};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::Page;
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;

/// De plekken van één groep in een periode, en wat ervan gebruikt is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Plekken {
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// De bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// Hoeveel het bestuur er aanbiedt
    pub aantal: i64,
    /// Wanneer de duo-collega er is; null is niet bekend
    #[schema(value_type = Option<Vec<Dagdeel>>)]
    pub dagdelen: Option<Value>,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag; null is zonder einde
    #[schema(format = Date)]
    pub tot: Option<String>,
    /// Of ze gebruikt mogen worden
    pub open: bool,
    /// Waarom niet; null als ze open zijn
    #[schema(value_type = Option<Plekreden>)]
    pub reden: Option<String>,
    /// Vastgestelde plaatsingen die er op de gevraagde dag een gebruiken, of op de eerste dag als die later is
    pub gebruikt: i64,
    /// Plaatsingen erop in voorstellen die in beoordeling zijn
    pub voorgesteld: i64,
    /// Wat er over is: aangeboden en open, min gebruikt
    pub vrij: i64,
    /// Hoeveel er meer gebruikt zijn dan aangeboden en open
    pub te_veel: i64,
    /// Wanneer het bestuur het laatst zei dat het zo is (UTC); null is nooit
    #[schema(format = DateTime)]
    pub bevestigd_op: Option<String>,
    /// In welke rol dat gezegd is: door het bestuur, of door de intermediair namens het bestuur; null is niet bekend
    #[schema(value_type = Option<Rolnaam>)]
    pub bevestigd_door: Option<String>,
    /// De versie, ook in de ETag van de plekken zelf
    pub versie: i64,
}

/// De plekken van een bestuur
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Capaciteit {
    /// Het bestuur
    pub bestuur: String,
    /// De naam van het bestuur
    pub bestuur_naam: Option<String>,
    /// De dag waarvoor gebruikt is geteld
    #[schema(format = Date)]
    pub op: String,
    /// Op school, plekkengroep en periode
    pub resultaten: Vec<Plekken>,
    /// Hoeveel rijen er in alle bladzijden samen zijn
    pub totaal: i64,
}

/// Seats as they are told, with what is used of them.
fn told(Offer { seats, used, proposed, left, over }: Offer, names: &Names) -> Plekken {
    Plekken {
        school_naam: names.school(&seats.school),
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
        vrij: left,
        te_veel: over,
        bevestigd_op: seats.confirmed.map(written),
        bevestigd_door: seats.confirmed_by,
        versie: seats.version,
    }
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair, Role::Bestuur];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list)))
        .routes(only(ROLES, routes!(read, change, remove)))
        .routes(only(ROLES, routes!(confirm)))
        .routes(only(ROLES, routes!(worth)))
}

/// De plekken van een bestuur: aangeboden, gebruikt, voorgesteld en vrij
#[utoipa::path(get, path = "/besturen/{bestuur}/capaciteit", tag = "besturen", operation_id = "capaciteit",
    params(("bestuur" = String, Path), ("op" = Option<String>, Query, format = Date, description = "de dag waarvoor geteld wordt; anders vandaag"),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Capaciteit)))]
async fn list(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    OriginalUri(uri): OriginalUri,
    mut keys: Keys,
) -> Result<Response, Problem> {
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    let today = app.store.clock().today();
    let day = match keys.day("op") {
        None => today,
        Some(day) => {
            page = page.with("op", &day.to_string());
            keys.possible("op", day, today);
            day
        }
    };
    keys.finish()?;
    let scope = capacity::board(&app.store, &asked, &id).await?;
    let mut reading = app.store.read();
    // Read before the rows: a change in between makes the tag too old, never too new.
    let version = reading.seats_version(&scope).await?;
    let (rows, all) = reading.seats_page(&scope, &day.to_string(), page.skip(), page.size).await?;
    let use_of = capacity::use_of(&mut reading, &scope, day, app.settings.seat_months).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let resultaten = rows.into_iter().map(|row| use_of.of(row, day).map(|it| told(it, &names))).collect::<Result<_, _>>()?;
    let body = Capaciteit { bestuur_naam: names.board(&id), bestuur: id, op: day.to_string(), resultaten, totaal: all };
    Ok((page.links(all), [(header::ETAG, tag(version))], Json(body)).into_response())
}

/// De plekken van één groep op een school van dit bestuur, zoals ze nu gelden
#[utoipa::path(get, path = "/besturen/{bestuur}/scholen/{school}/plekken/{plek}", tag = "besturen", operation_id = "plekken",
    params(("bestuur" = String, Path), ("school" = String, Path), ("plek" = String, Path)),
    responses((status = 200, body = Plekken)))]
async fn read(
    State(app): State<App>,
    asked: Asked,
    Ids((id, school, seat)): Ids<(String, String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let scope = asked.caller.scope().of_board(&id).ok_or_else(Problem::unknown)?;
    let rows = app.store.read().seat_group(&scope, &school, &seat).await?;
    let row = usual(&rows, &app.store.clock().today().to_string()).cloned().ok_or_else(Problem::unknown)?;
    answer(&app, &asked, &scope, StatusCode::OK, row).await
}

async fn answer(app: &App, asked: &Asked, scope: &Scope, status: StatusCode, row: Seats) -> Result<Response, Problem> {
    let tag = tag(row.version);
    Ok((status, [(header::ETAG, tag)], Json(view(app, asked, scope, row).await?)).into_response())
}

async fn view(app: &App, asked: &Asked, scope: &Scope, row: Seats) -> Result<Plekken, Problem> {
    let day = app.store.clock().today();
    let use_of = capacity::use_of(&mut app.store.read(), scope, day, app.settings.seat_months).await?;
    Ok(told(use_of.of(row, day)?, &Names::seen_by(app, asked).await?))
}

/// Zet de plekken van één groep: hoeveel, wanneer, en open of niet (met reden)
#[utoipa::path(put, path = "/besturen/{bestuur}/scholen/{school}/plekken/{plek}", tag = "besturen", operation_id = "plekkenZetten",
    params(("bestuur" = String, Path), ("school" = String, Path), ("plek" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = inline(SeatsRow),
    responses((status = 200, body = Plekken), (status = 201, body = Plekken)))]
async fn change(
    State(app): State<App>,
    asked: Asked,
    Ids((id, school, seat)): Ids<(String, String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(sent): Read<SeatsRow>,
) -> Result<Response, Problem> {
    let said = sent.said.clone();
    let new = seats_of(sent, &school, &seat)?;
    if expected == Expected::Nothing && !is_id(&seat) {
        let remedy = "gebruik 1 tot en met 64 tekens, zonder dubbele punt, stuurtekens of spaties aan de randen";
        return Err(Problem::mistake("id", "plek", "dit kan geen id van een plek zijn", remedy));
    }
    let scope = asked.caller.scope().of_board(&id).ok_or_else(Problem::unknown)?;
    let yours = json!({ "bouw": new.bouw, "aantal": new.count, "dagdelen": new.data.get("dagdelen"), "open": new.open, "reden": new.reason,
        "van": Some(&new.from).filter(|it| !it.is_empty()), "tot": new.until });
    match capacity::put(&app.store, &asked, &scope, new, expected.version(), (&said, app.settings.seat_months)).await {
        Ok((row, fresh)) => answer(&app, &asked, &scope, if fresh { StatusCode::CREATED } else { StatusCode::OK }, row).await,
        Err(refused) => Err(refusal(&app, &asked, &scope, refused, yours).await?),
    }
}

async fn refusal(app: &App, asked: &Asked, scope: &Scope, refused: Refused<Seats>, yours: Value) -> Result<Problem, Problem> {
    let day = app.store.clock().today();
    let use_of = capacity::use_of(&mut app.store.read(), scope, day, app.settings.seat_months).await?;
    let names = Names::seen_by(app, asked).await?;
    let now = |row| use_of.of(row, day).ok().and_then(|it| serde_json::to_value(told(it, &names)).ok()).unwrap_or_default();
    Ok(names.in_problem(Problem::of(refused, now, yours)))
}

/// Haal plekken weg die er nooit hadden moeten zijn; zijn ze in gebruik (geweest), dan kan dat niet
#[utoipa::path(delete, path = "/besturen/{bestuur}/scholen/{school}/plekken/{plek}", tag = "besturen", operation_id = "plekkenWeghalen",
    params(("bestuur" = String, Path), ("school" = String, Path), ("plek" = String, Path),
        ("van" = Option<String>, Query, format = Date, description = "de periode die dan begint; anders de periode die vandaag geldt"),
        ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn remove(
    State(app): State<App>,
    asked: Asked,
    Ids((id, school, seat)): Ids<(String, String, String)>,
    mut keys: Keys,
    expected: Expected,
) -> Result<Response, Problem> {
    let from = keys.day("van");
    keys.finish()?;
    let scope = asked.caller.scope().of_board(&id).ok_or_else(Problem::unknown)?;
    let from = from.map(|day| day.to_string());
    match capacity::remove(&app.store, &asked, &scope, (&school, &seat, from.as_deref()), expected.version()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refused) => Err(refusal(&app, &asked, &scope, refused, Value::Null).await?),
    }
}

/// The seats that were sent. What was read may be sent back, so a school and a group that are named must be those of the path.
fn seats_of(sent: SeatsRow, school: &str, seat: &str) -> Result<Seats, Problem> {
    let mut wrong = Vec::new();
    for (key, named, path) in [("school", &sent.school, school), ("plek", &sent.seat, seat), ("id", &sent.id, seat)] {
        if named.as_ref().is_some_and(|it| it != path) {
            let what = format!("dit is niet de {} uit het adres", if key == "school" { "school" } else { "plek" });
            wrong.push(Fout::new("id", format!("/{key}"), what, format!("laat {key} weg, of schrijf de id uit het adres")));
        }
    }
    if !wrong.is_empty() {
        return Err(Problem::invalid(wrong));
    }
    Ok(Seats {
        school: school.to_owned(),
        id: seat.to_owned(),
        from: sent.from.unwrap_or_default(),
        until: sent.until,
        bouw: sent.bouw,
        count: sent.count,
        data: sent.data,
        open: sent.open,
        reason: sent.reason.map(str::to_owned),
        confirmed: None,
        confirmed_by: None,
        version: 0,
    })
}

/// Bevestig alle plekken van vandaag en later zoals ze staan: If-Match is de ETag van de lijst die gelezen is, aantal hoeveel rijen dat zijn
#[utoipa::path(post, path = "/besturen/{bestuur}/capaciteit/bevestiging", tag = "besturen", operation_id = "capaciteitBevestigen",
    params(("bestuur" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Confirm),
    responses((status = 200, body = Bevestiging)))]
async fn confirm(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(Confirm { aantal }): Read<Confirm>,
) -> Result<Response, Problem> {
    let (seen, version) = (expected.version(), |version: i64| json!({ "versie": version }));
    let done = capacity::confirm(&app.store, &asked, &id, (seen, aantal)).await;
    let Confirmed { rows, at, version } = done.map_err(|refused| Problem::of(refused, version, version(seen)))?;
    let body = Bevestiging { bevestigd: rows, bevestigd_op: written(at), versie: version };
    Ok(([(header::ETAG, tag(version))], Json(body)).into_response())
}

/// Wat er bevestigd is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bevestiging {
    /// Hoeveel plekkengroepen, elke periode apart
    pub bevestigd: u64,
    /// Wanneer (UTC)
    #[schema(format = DateTime)]
    pub bevestigd_op: String,
    /// De versie van de lijst daarna, ook in de ETag
    pub versie: i64,
}

/// Vraag wat één plek meer zou opbrengen, op elke school van dit bestuur; zonder berekening over het nieuwste plan dat in beoordeling is
#[utoipa::path(post, path = "/besturen/{bestuur}/capaciteit/opbrengst", tag = "besturen", operation_id = "capaciteitOpbrengst",
    params(("bestuur" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Worth),
    responses((status = 202, body = Vraagantwoord), (status = 429, body = Problem, content_type = "application/problem+json",
        description = "Er wachten al te veel vragen van u")))]
async fn worth(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    Read(body): Read<Worth>,
) -> Result<Response, Problem> {
    let Put { job, run } = questions::worth(&app.store, &asked, &id, body.berekening.as_deref(), body.aantal).await?;
    question::answer(&app, &asked, StatusCode::ACCEPTED, job, run).await
}
