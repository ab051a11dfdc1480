//! `/roosters` and `/roosterberekeningen`: who meets whom and when, its runs and decisions, what happens when somebody falls out, and what is
//! told to people.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::scheduling::outcome::read_outcome;
use loket_solver::matching::facts::words::Word;
use loket_solver::scheduling::facts::codes::Kind;
use serde_json::{Value, json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::rosters::{FalloutWanted, NewRoster, RosterDecision, RosterRunWanted};
use super::bodies::{MaybeRead, Read};
use super::shapes::invitation::Roostercoaches;
use super::shapes::names::Names;
use super::shapes::remark::Melding;
use super::shapes::roster::{
    Afspraak, Afspraken, Rooster, RoosterMetMeldingen, Roosterberekening, Roosteruitkomst, Roosterverschil, Roosterwijziging,
};
use super::shapes::roster_decision::{Roosterbesluit, Roosterbesluiten};
use super::shapes::work::{segment, working};
use crate::access::Role;
use crate::actions::rosters::decisions::Wanted;
use crate::actions::rosters::{self, Told, decisions, fallout, filled, guides, own, publication, runs, seen};
use crate::actions::{Asked, Refused, coaching};
use crate::listed::Roostersoort;
use crate::records::roster::{Decided, Fallout, Named, Roster, RosterRun};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::events::stream;
use crate::serve::paging::{Page, Pagina};
use crate::serve::papers::meetings;
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::{Error, ids};

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who may see what a coach has in the calendar; a coach the own one.
const COACH: &[Role] = &[Role::Intermediair, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list, create)))
        .routes(only(ROLES, routes!(read, withdraw)))
        .routes(only(ROLES, routes!(file)))
        .routes(only(ROLES, routes!(all_runs, ask)))
        .routes(only(ROLES, routes!(run)))
        .routes(only(ROLES, routes!(events)))
        .routes(only(ROLES, routes!(stop)))
        .routes(only(ROLES, routes!(outcome)))
        .routes(only(ROLES, routes!(difference)))
        .routes(only(ROLES, routes!(accept)))
        .routes(only(ROLES, routes!(decline)))
        .routes(only(ROLES, routes!(decided)))
        .routes(only(ROLES, routes!(decide, take_back)))
        .routes(only(ROLES, routes!(fell_out)))
        .routes(only(ROLES, routes!(publish)))
        .routes(only(ROLES, routes!(keep_coaches)))
        .routes(only(ROLES, routes!(calendar)))
        .routes(only(COACH, routes!(of_coach)))
        .routes(only(COACH, routes!(coach_calendar)))
}

/// A roster as an answer, with its ETag.
fn answer(status: StatusCode, roster: Roster) -> Response {
    (status, [(header::ETAG, tag(roster.version))], Json(Rooster::from(roster))).into_response()
}

/// A refusal with the roster as it is now.
fn stale(refused: Refused<Roster>) -> Problem {
    Problem::of(refused, |roster| json!(Rooster::from(roster)), Value::Null)
}

/// De roosters, het nieuwste eerst
#[utoipa::path(get, path = "/roosters", tag = "roosters", operation_id = "roosters",
    params(("soort" = Option<Roostersoort>, Query), ("pagina" = Option<i64>, Query, minimum = 1),
        ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Rooster>)))]
async fn list(State(app): State<App>, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let kind = match keys.text("soort") {
        None => None,
        Some(word) => {
            let found = Kind::parse(&word);
            if found.is_none() {
                let words: Vec<&str> = Kind::ALL.iter().map(|it| it.code()).collect();
                keys.wrong(Fout::new("woord", "soort", format!("{word} is geen soort rooster"), format!("kies uit: {}", words.join(", "))));
            }
            found
        }
    };
    let page = Page::among(&mut keys, "/v1/roosters".into()).maybe("soort", kind.map(Kind::code));
    keys.finish()?;
    let (rosters, all) = app.store.read().rosters(kind, page.skip(), page.size).await?;
    let resultaten = rosters.into_iter().map(Rooster::from).collect();
    Ok((page.links(all), Json(Pagina::<Rooster> { resultaten, totaal: all })))
}

/// Een nieuw rooster: van een roosterbestand (loket-rooster/1), of gevuld uit het register; namen worden apart bewaard
#[utoipa::path(post, path = "/roosters", tag = "roosters", operation_id = "roosterMaken",
    request_body = inline(NewRoster), params(("Idempotency-Key" = Option<String>, Header)),
    responses((status = 201, body = RoosterMetMeldingen)))]
async fn create(State(app): State<App>, asked: Asked, _: NoKeys, Read(sent): Read<NewRoster>) -> Result<Response, Problem> {
    let Told { roster, remarks } = match sent {
        NewRoster::File(sound) => rosters::make(&app.store, &asked, &sound, &[]).await?,
        NewRoster::Wish(wish) => {
            let bad = || Problem::mistake("datum", "/van", "van is geen datum", "schrijf een datum als 2026-09-01");
            let (wanted, wave) = wish.wanted(ids::new()).ok_or_else(bad)?;
            filled::fill(&app.store, &asked, wanted, wave.as_deref()).await?
        }
    };
    let names = Names::seen_by(&app, &asked).await?;
    let place = HeaderValue::try_from(format!("/v1/roosters/{}", segment(&roster.id))).map_err(|_| Problem::unknown())?;
    let tag = tag(roster.version);
    let body = RoosterMetMeldingen { rooster: roster.into(), meldingen: Melding::all(remarks, &names) };
    Ok((StatusCode::CREATED, [(header::ETAG, tag), (header::LOCATION, place)], Json(body)).into_response())
}

async fn known(app: &App, id: &str) -> Result<Roster, Problem> {
    app.store.read().roster(id).await?.ok_or_else(Problem::unknown)
}

/// Eén rooster
#[utoipa::path(get, path = "/roosters/{rooster}", tag = "roosters", operation_id = "rooster", params(("rooster" = String, Path)),
    responses((status = 200, body = Rooster)))]
async fn read(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, known(&app, &id).await?))
}

/// Haal een rooster weg dat nog niemand kreeg
#[utoipa::path(delete, path = "/roosters/{rooster}", tag = "roosters", operation_id = "roosterWeghalen",
    params(("rooster" = String, Path), ("If-Match" = String, Header)), responses((status = 204)))]
async fn withdraw(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    rosters::drop(&app.store, &asked, &id, expected.version()).await.map_err(stale)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Het roosterbestand (loket-rooster/1) zoals het nu is, met de namen die er nog zijn
#[utoipa::path(get, path = "/roosters/{rooster}/bestand", tag = "roosters", operation_id = "roosterBestand", params(("rooster" = String, Path)),
    responses((status = 200, body = Object)))]
async fn file(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let bytes = seen::file(&app.store, &id).await?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response())
}

/// The longest that a run may take, seconds.
fn most(app: &App) -> i64 {
    i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX)
}

/// A run as an answer.
fn told(status: StatusCode, run: RosterRun) -> Response {
    let (state, place) = (run.job.state, format!("/v1/roosterberekeningen/{}", run.job.id));
    working(status, state, &place, Json(Roosterberekening::from(run)))
}

/// De berekeningen van een rooster, de nieuwste eerst
#[utoipa::path(get, path = "/roosters/{rooster}/berekeningen", tag = "roosters", operation_id = "roosterBerekeningen",
    params(("rooster" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Roosterberekening>)))]
async fn all_runs(State(app): State<App>, Ids(id): Ids<String>, page: Page) -> Result<impl IntoResponse, Problem> {
    known(&app, &id).await?;
    let (runs, all) = app.store.read().roster_runs(&id, page.skip(), page.size).await?;
    let resultaten = runs.into_iter().map(Roosterberekening::from).collect();
    Ok((page.links(all), Json(Pagina::<Roosterberekening> { resultaten, totaal: all })))
}

/// Bereken een rooster: met de besluiten zoals ze nu zijn, en zo dicht mogelijk bij het rooster dat er ligt
#[utoipa::path(post, path = "/roosters/{rooster}/berekeningen", tag = "roosters", operation_id = "roosterBerekenen",
    params(("rooster" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(Option<RosterRunWanted>),
    responses((status = 202, body = Roosterberekening)))]
async fn ask(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<RosterRunWanted>,
) -> Result<Response, Problem> {
    Ok(told(StatusCode::ACCEPTED, runs::ask(&app.store, &asked, &id, body.rekentijd, most(&app)).await?))
}

async fn known_run(app: &App, id: &str) -> Result<RosterRun, Problem> {
    app.store.read().roster_run(id).await?.ok_or_else(Problem::unknown)
}

/// Eén berekening van een rooster, met haar voortgang
#[utoipa::path(get, path = "/roosterberekeningen/{berekening}", tag = "roosters", operation_id = "roosterBerekening",
    params(("berekening" = String, Path)), responses((status = 200, body = Roosterberekening)))]
async fn run(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(told(StatusCode::OK, known_run(&app, &id).await?))
}

/// De gebeurtenissen van een berekening van een rooster, zodra ze er zijn (server-sent events)
#[utoipa::path(get, path = "/roosterberekeningen/{berekening}/gebeurtenissen", tag = "roosters", operation_id = "roosterGebeurtenissen",
    params(("berekening" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    known_run(&app, &id).await?;
    stream(app, id, &headers, Box::new(|_| {}))
}

/// Breek een berekening van een rooster af; is er al een rooster gevonden, dan blijft het beste
#[utoipa::path(post, path = "/roosterberekeningen/{berekening}/afbreking", tag = "roosters", operation_id = "roosterBerekeningAfbreken",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 202, body = Roosterberekening)))]
async fn stop(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(told(StatusCode::ACCEPTED, runs::stop(&app.store, &asked, &id).await?))
}

/// There is no roster, or not yet.
fn nothing(run: &RosterRun) -> Problem {
    Problem::conflict(match run.job.state.ended() {
        true => "Deze berekening heeft geen rooster opgeleverd; bij melding staat waarom.",
        false => "Deze berekening is nog niet klaar.",
    })
}

/// De uitkomst (loket-rooster-uitkomst/1), nagerekend voordat zij bewaard werd
#[utoipa::path(get, path = "/roosterberekeningen/{berekening}/uitkomst", tag = "roosters", operation_id = "roosterUitkomst",
    params(("berekening" = String, Path)),
    responses((status = 200, body = Roosteruitkomst), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn outcome(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let run = known_run(&app, &id).await?;
    let roster = known(&app, &run.roster).await?;
    let bytes = app.store.read().result(&id).await?.ok_or_else(|| nothing(&run))?;
    let file = read_outcome(&bytes, roster.kind).map_err(|refusal| Error::unreadable("een uitkomst van een rooster", &refusal))?;
    Ok(Json(Roosteruitkomst::from(file)).into_response())
}

/// Wat er met deze berekening anders wordt dan in het rooster dat geldt, per persoon
#[utoipa::path(get, path = "/roosterberekeningen/{berekening}/verschil", tag = "roosters", operation_id = "roosterVerschil",
    params(("berekening" = String, Path)),
    responses((status = 200, body = Roosterverschil), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn difference(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let run = known_run(&app, &id).await?;
    let roster = known(&app, &run.roster).await?;
    let found = seen::difference(&app.store, &roster, &run).await?.ok_or_else(|| nothing(&run))?;
    let resultaten: Vec<Roosterwijziging> = found.moved.into_iter().map(Roosterwijziging::from).collect();
    Ok(Json(Roosterverschil { totaal: resultaten.len(), resultaten }).into_response())
}

/// Neem een voorstel na uitval over: vanaf nu geldt dat rooster
#[utoipa::path(post, path = "/roosterberekeningen/{berekening}/aanvaarding", tag = "roosters", operation_id = "roostervoorstelAanvaarden",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = Rooster)))]
async fn accept(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, fallout::accept(&app.store, &asked, &id).await?))
}

/// Wijs een voorstel na uitval af: het rooster blijft zoals het is
#[utoipa::path(post, path = "/roosterberekeningen/{berekening}/afwijzing", tag = "roosters", operation_id = "roostervoorstelAfwijzen",
    params(("berekening" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = Rooster)))]
async fn decline(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, fallout::decline(&app.store, &asked, &id).await?))
}

/// Wat er over de afspraken in een rooster besloten is
#[utoipa::path(get, path = "/roosters/{rooster}/besluiten", tag = "roosters", operation_id = "roosterBesluiten", params(("rooster" = String, Path)),
    responses((status = 200, body = Roosterbesluiten)))]
async fn decided(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    known(&app, &id).await?;
    let all = app.store.read().roster_decisions(&id).await?;
    let resultaten: Vec<Roosterbesluit> = all.into_iter().map(Roosterbesluit::from).collect();
    Ok(Json(Roosterbesluiten { totaal: resultaten.len(), resultaten }).into_response())
}

/// Besluit over een afspraak: zij is goed, zij moet zo, of zij mag zo niet
#[utoipa::path(put, path = "/roosters/{rooster}/besluiten/{deelnemer}", tag = "roosters", operation_id = "roosterBesluitNemen",
    params(("rooster" = String, Path), ("deelnemer" = String, Path), ("If-Match" = Option<String>, Header),
        ("If-None-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(RosterDecision), responses((status = 200, body = Roosterbesluit)))]
async fn decide(
    State(app): State<App>,
    asked: Asked,
    Ids((id, unit)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<RosterDecision>,
) -> Result<Response, Problem> {
    let named = body.gegevens.map(Named::from).unwrap_or_default();
    let mut yours = json!({ "besluit": body.besluit, "dagdeel": body.dagdeel, "gegevens": named });
    if let Some(reason) = body.reden {
        yours["reden"] = json!(reason);
        yours["toelichting"] = json!(body.toelichting);
    }
    let wanted = Wanted { unit, moment: body.dagdeel, said: body.besluit, named, because: body.reden, note: body.toelichting };
    let done = decisions::decide(&app.store, &asked, &id, expected.version(), wanted).await;
    let new = done.map_err(|refused| Problem::of(refused, standing, yours))?;
    Ok(([(header::ETAG, tag(new.step))], Json(Roosterbesluit::from(new))).into_response())
}

fn standing(now: Option<Decided>) -> Value {
    now.map_or(Value::Null, |it| json!(Roosterbesluit::from(it)))
}

/// Neem een besluit over een afspraak terug
#[utoipa::path(delete, path = "/roosters/{rooster}/besluiten/{deelnemer}", tag = "roosters", operation_id = "roosterBesluitIntrekken",
    params(("rooster" = String, Path), ("deelnemer" = String, Path), ("dagdeel" = Option<String>, Query), ("If-Match" = String, Header)),
    responses((status = 200, body = Rooster)))]
async fn take_back(
    State(app): State<App>,
    asked: Asked,
    Ids((id, unit)): Ids<(String, String)>,
    mut keys: Keys,
    expected: Expected,
) -> Result<Response, Problem> {
    let moment = keys.text("dagdeel");
    keys.finish()?;
    let done = decisions::withdraw(&app.store, &asked, &id, (&unit, moment.as_deref()), expected.version()).await;
    Ok(answer(StatusCode::OK, done.map_err(|refused| Problem::of(refused, standing, Value::Null))?))
}

/// Meld dat iemand uitvalt: er komt een voorstel dat zo weinig mogelijk verandert
#[utoipa::path(post, path = "/roosters/{rooster}/uitval", tag = "roosters", operation_id = "roosterUitval",
    params(("rooster" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(FalloutWanted),
    responses((status = 202, body = Roosterberekening)))]
async fn fell_out(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    Read(body): Read<FalloutWanted>,
) -> Result<Response, Problem> {
    let cause = Fallout { people: body.personen.unwrap_or_default(), units: body.deelnemers.unwrap_or_default(), from: body.vanaf };
    Ok(told(StatusCode::ACCEPTED, fallout::propose(&app.store, &asked, &id, cause, most(&app)).await?))
}

/// Publiceer het rooster dat geldt: het staat daarna in de agenda van wie erin zit
#[utoipa::path(post, path = "/roosters/{rooster}/publicatie", tag = "roosters", operation_id = "roosterPubliceren",
    params(("rooster" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Rooster)))]
async fn publish(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, publication::publish(&app.store, &asked, &id, expected.version()).await.map_err(stale)?))
}

/// Schrijf in het register de coach van het intakegesprek bij de kandidaat; wie al een coach heeft, houdt die
#[utoipa::path(post, path = "/roosters/{rooster}/coaches", tag = "roosters", operation_id = "roosterCoachesOvernemen",
    params(("rooster" = String, Path), ("Idempotency-Key" = Option<String>, Header)), responses((status = 200, body = Roostercoaches)))]
async fn keep_coaches(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(Json(Roostercoaches::from(guides::keep(&app.store, &asked, &id).await?)).into_response())
}

/// De afspraken van iemand in een gepubliceerd rooster, voor een agenda (iCalendar)
#[utoipa::path(get, path = "/roosters/{rooster}/agenda/{persoon}", tag = "roosters", operation_id = "roosterAgenda",
    params(("rooster" = String, Path), ("persoon" = String, Path)), responses((status = 200, body = String, content_type = "text/calendar")))]
async fn calendar(State(app): State<App>, Ids((id, person)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let own = own::in_roster(&app.store, &id, &person).await?;
    Ok(meetings(&app, &person, &own))
}

/// De gepubliceerde afspraken van een coach
#[utoipa::path(get, path = "/coaches/{coach}/afspraken", tag = "coaches", operation_id = "coachAfspraken", params(("coach" = String, Path)),
    responses((status = 200, body = Afspraken)))]
async fn of_coach(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    coaching::known(&app.store, &asked, &id).await?;
    let resultaten: Vec<Afspraak> =
        own::meetings(&app.store, &id, own::lately(&app.store)).await?.into_iter().map(Afspraak::from).collect();
    Ok(Json(Afspraken { totaal: resultaten.len(), resultaten }).into_response())
}

/// De gepubliceerde afspraken van een coach, voor een agenda (iCalendar)
#[utoipa::path(get, path = "/coaches/{coach}/afspraken/agenda", tag = "coaches", operation_id = "coachAfsprakenAgenda",
    params(("coach" = String, Path)), responses((status = 200, body = String, content_type = "text/calendar")))]
async fn coach_calendar(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    coaching::known(&app.store, &asked, &id).await?;
    Ok(meetings(&app, &id, &own::meetings(&app.store, &id, own::lately(&app.store)).await?))
}
