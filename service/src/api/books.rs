//! `…/werkmap` and `…/csv`: the plan of a run as a workbook or CSV, and lists of placements for boards, schools and coaches.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use loket_instances::matching::outcome::{OutcomeFile, read_outcome};
use loket_instances::matching::plan::plan_of;
use loket_instances::matching::read::read_wave;
use loket_instances::strict::problem::Refusal;
use loket_solver::matching::facts::words::Word;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::books::{self, Lists, RunBook};
use crate::desk::prepare::said_about;
use crate::listed::{Csvdeel, Lijstsoort};
use crate::present::book::lists::{Part, only, table};
use crate::present::book::{Known, Whole, lists};
use crate::present::sheet::separated::separated;
use crate::present::sheet::workbook::{Book, workbook};
use crate::records::listing::{Entry, Per};
use crate::records::policy::Used;
use crate::records::run::Run;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::gate::{Pass, inside};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only as for_roles;
use crate::store::{Error, ids};

/// Who may have the plan of a run and the lists of a wave.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who may have the list of a board; a board its own.
const OF_BOARD: &[Role] = &[Role::Intermediair, Role::Bestuur];
/// Who may have the list of a coach; a coach the own.
const OF_COACH: &[Role] = &[Role::Intermediair, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(for_roles(ROLES, routes!(run_book)))
        .routes(for_roles(ROLES, routes!(run_csv)))
        .routes(for_roles(ROLES, routes!(wave_book)))
        .routes(for_roles(ROLES, routes!(wave_csv)))
        .routes(for_roles(OF_BOARD, routes!(board_book)))
        .routes(for_roles(OF_BOARD, routes!(board_csv)))
        .routes(for_roles(OF_COACH, routes!(coach_book)))
        .routes(for_roles(OF_COACH, routes!(coach_csv)))
}

/// A file to keep: made on a thread aside, in room that was taken before anything was read.
async fn file(pass: Pass, name: String, make: impl FnOnce() -> Result<Made, Problem> + Send + 'static) -> Result<Response, Problem> {
    let made = inside(pass, make).await??;
    let (kind, ending, bytes) = match made {
        Made::Book(bytes) => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", bytes),
        Made::Csv(bytes) => ("text/csv; charset=utf-8; header=present", "csv", bytes),
    };
    let print: String = ids::sha256(&bytes).chars().take(32).collect();
    let header = |text: String| HeaderValue::try_from(text).map_err(|_| Problem::unknown());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, header(format!("attachment; filename=\"{}.{ending}\"", safe(&name)))?),
        (header::ETAG, header(format!("\"{print}\""))?),
    ];
    Ok((headers, bytes).into_response())
}

/// What was made.
enum Made {
    Book(Vec<u8>),
    Csv(Vec<u8>),
}

impl Made {
    fn book(book: &Book) -> Result<Self, Problem> {
        workbook(book).map(Self::Book).map_err(|unmade| Problem::conflict(unmade.0))
    }
}

/// A name that any file can have.
fn safe(name: &str) -> String {
    name.chars().map(|it| if it.is_ascii_alphanumeric() || it == '-' { it } else { '-' }).collect()
}

/// Milliseconds to seconds.
fn seconds(at: i64) -> i64 {
    at.div_euclid(1_000)
}

/// The beginning of a day, UTC seconds: a list that is asked twice on one day is the same file.
fn midnight(day: Date) -> i64 {
    day.to_zoned(TimeZone::UTC).map_or(0, |it| it.timestamp().as_second())
}

/// The run, and room to make something of it.
async fn run(app: &App, id: &str) -> Result<(Run, Pass), Problem> {
    let run = app.store.read().run(id).await?.ok_or_else(Problem::unknown)?;
    Ok((run, app.gates.answers.enter(1).await?))
}

/// What a run is made into.
async fn of_run(
    app: &App,
    asked: &Asked,
    (run, pass): (Run, Pass),
    name: &str,
    make: fn(&Whole<'_>) -> Result<Made, Problem>,
) -> Result<Response, Problem> {
    let Some(found) = books::of_run(&app.store, &run).await? else {
        return Err(Problem::conflict("Deze berekening heeft (nog) geen plan."));
    };
    let names = Names::seen_by(app, asked).await?;
    let made = seconds(run.job.ended.unwrap_or(run.job.created));
    file(pass, format!("{name}-{}", run.job.id), move || whole(&found, &names, made, make)).await
}

fn whole(found: &RunBook, names: &Names, made: i64, make: fn(&Whole<'_>) -> Result<Made, Problem>) -> Result<Made, Problem> {
    let unreadable = |refusal: Refusal| Error::unreadable("een lichting of haar uitkomst", &refusal);
    let mut loaded = read_wave(&found.file).map_err(unreadable)?;
    names.into_wave(&mut loaded.names);
    let outcome = read_outcome(&found.outcome).map_err(unreadable)?;
    let plan = plan_of(&loaded.wave, &outcome).map_err(|why| Error::Corrupt(why.join("; ")))?;
    let known = known(found, &outcome, names);
    make(&Whole { loaded: &loaded, outcome: &outcome, plan: &plan, known: Some(&known), made })
}

fn known(found: &RunBook, outcome: &OutcomeFile, names: &Names) -> Known {
    let decided = said_about(found.decided.clone(), &outcome.placements).into_iter().map(|(who, said)| (who, said.code())).collect();
    let stands = found.cases.iter().map(|it| (it.placing.candidate.clone(), (it.stage.code(), it.stances.map(Word::code)))).collect();
    let told = |(who, sentences): &(String, Vec<String>)| (who.clone(), names.sentence(&sentences.join("\n")));
    Known { decided, stands, explained: found.explained.iter().map(told).collect(), policy: found.policy.as_ref().map(Used::told) }
}

/// De uitkomst van een berekening als werkmap: iedereen, scholen, coaches, besturen, wie geen plaats heeft en waarom, en grafieken
#[utoipa::path(get, path = "/berekeningen/{berekening}/werkmap", tag = "berekeningen", operation_id = "berekeningWerkmap",
    params(("berekening" = String, Path)),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn run_book(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    of_run(&app, &asked, run(&app, &id).await?, "uitkomst", |whole| Made::book(&whole.book())).await
}

/// Het plan van een berekening als CSV: elke kandidaat met de plaats, of wie geen plaats heeft en waarom
#[utoipa::path(get, path = "/berekeningen/{berekening}/csv", tag = "berekeningen", operation_id = "berekeningCsv",
    params(("berekening" = String, Path), ("deel" = Option<Csvdeel>, Query)),
    responses((status = 200, body = String, content_type = "text/csv"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn run_csv(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let part = word::<Part>(&mut keys, "deel").unwrap_or(Part::Placements);
    keys.finish()?;
    let run = run(&app, &id).await?;
    match part {
        Part::Placements => of_run(&app, &asked, run, "plaatsingen", |whole| Ok(Made::Csv(separated(&whole.placements())))).await,
        Part::Unplaced => of_run(&app, &asked, run, "ongeplaatst", |whole| Ok(Made::Csv(separated(&whole.unplaced())))).await,
    }
}

/// A word of a closed list under a query key.
fn word<W: Word>(keys: &mut Keys, key: &'static str) -> Option<W> {
    let text = keys.text(key)?;
    let word = W::parse(&text);
    if word.is_none() {
        let all: Vec<&str> = W::ALL.iter().map(|it| it.code()).collect();
        keys.wrong(Fout::new("woord", key, "dit woord bestaat hier niet", format!("kies uit: {}", all.join(", "))));
    }
    word
}

/// Which lists of a wave are asked.
struct Which {
    per: Per,
    id: Option<String>,
}

fn which(mut keys: Keys) -> Result<Which, Problem> {
    let per = word::<Per>(&mut keys, "per").unwrap_or(Per::Board);
    let id = keys.text("alleen");
    keys.finish()?;
    Ok(Which { per, id })
}

async fn of_wave(app: &App, asked: &Asked, id: &str, which: Which, csv: bool) -> Result<Response, Problem> {
    let pass = app.gates.answers.enter(1).await?;
    let Lists { name, entries } = books::of_wave(&app.store, asked, id, which.per, which.id.as_deref()).await?;
    let today = midnight(app.store.clock().today());
    let make = move || match (csv, &which.id) {
        (true, _) => Ok(Made::Csv(separated(&table(&entries)))),
        (false, Some(id)) => Made::book(&only(&name, today, id, &entries)),
        (false, None) => Made::book(&lists::book(&name, today, which.per, &entries)),
    };
    file(pass, format!("lijsten-{id}"), make).await
}

/// Lijsten van de plaatsingen van een lichting, om door te geven: een blad per bestuur, school of coach, met alleen de namen die zij mogen zien
#[utoipa::path(get, path = "/lichtingen/{lichting}/lijsten/werkmap", tag = "lichtingen", operation_id = "lijstenWerkmap",
    params(("lichting" = String, Path), ("per" = Option<Lijstsoort>, Query), ("alleen" = Option<String>, Query)),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn wave_book(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, keys: Keys) -> Result<Response, Problem> {
    of_wave(&app, &asked, &id, which(keys)?, false).await
}

/// Dezelfde plaatsingen als CSV: alle lijsten onder elkaar
#[utoipa::path(get, path = "/lichtingen/{lichting}/lijsten/csv", tag = "lichtingen", operation_id = "lijstenCsv",
    params(("lichting" = String, Path), ("per" = Option<Lijstsoort>, Query), ("alleen" = Option<String>, Query)),
    responses((status = 200, body = String, content_type = "text/csv"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn wave_csv(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, keys: Keys) -> Result<Response, Problem> {
    of_wave(&app, &asked, &id, which(keys)?, true).await
}

/// One list, under this title, on a sheet of this name.
async fn one(
    app: &App,
    pass: Pass,
    (file_name, title, leaf): (String, String, &'static str),
    entries: Vec<Entry>,
    csv: bool,
) -> Result<Response, Problem> {
    let today = midnight(app.store.clock().today());
    let make = move || {
        if csv { Ok(Made::Csv(separated(&table(&entries)))) } else { Made::book(&only(&title, today, leaf, &entries)) }
    };
    file(pass, file_name, make).await
}

async fn of_board(app: &App, asked: &Asked, id: &str, csv: bool) -> Result<Response, Problem> {
    let pass = app.gates.answers.enter(1).await?;
    let Lists { name, entries } = books::of_board(&app.store, asked, id).await?;
    one(app, pass, (format!("bestuur-{id}"), format!("Plaatsingen voor {name}"), "Plaatsingen"), entries, csv).await
}

/// Wat er voor de scholen van een bestuur is voorgesteld en vastgesteld, als werkmap; met namen waar het bestuur die mag zien
#[utoipa::path(get, path = "/besturen/{bestuur}/lijst/werkmap", tag = "besturen", operation_id = "bestuurLijstWerkmap",
    params(("bestuur" = String, Path)),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn board_book(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    of_board(&app, &asked, &id, false).await
}

/// Dezelfde plaatsingen van een bestuur als CSV
#[utoipa::path(get, path = "/besturen/{bestuur}/lijst/csv", tag = "besturen", operation_id = "bestuurLijstCsv",
    params(("bestuur" = String, Path)), responses((status = 200, body = String, content_type = "text/csv")))]
async fn board_csv(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    of_board(&app, &asked, &id, true).await
}

async fn of_coach(app: &App, asked: &Asked, id: &str, csv: bool) -> Result<Response, Problem> {
    let pass = app.gates.answers.enter(1).await?;
    let Lists { name, entries } = books::of_coach(&app.store, asked, id).await?;
    // The id of a person stands in no name of a file.
    one(app, pass, ("eigen-kandidaten".into(), format!("Kandidaten van {name}"), "Kandidaten"), entries, csv).await
}

/// De eigen kandidaten van een coach als werkmap
#[utoipa::path(get, path = "/coaches/{coach}/lijst/werkmap", tag = "coaches", operation_id = "coachLijstWerkmap",
    params(("coach" = String, Path)),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn coach_book(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    of_coach(&app, &asked, &id, false).await
}

/// De eigen kandidaten van een coach als CSV
#[utoipa::path(get, path = "/coaches/{coach}/lijst/csv", tag = "coaches", operation_id = "coachLijstCsv",
    params(("coach" = String, Path)), responses((status = 200, body = String, content_type = "text/csv")))]
async fn coach_csv(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    of_coach(&app, &asked, &id, true).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_becomes_a_name_that_a_file_can_have() {
        assert_eq!(safe("w 1/\"é\r\n.."), "w-1-------");
        assert_eq!(safe("lijsten-2026-a"), "lijsten-2026-a");
    }
}
