//! `/lichtingen/{id}/opvraag`: boards are asked to confirm their seats by a day; and the seats of a whole school year at once.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::capacity::SeatsRow;
use super::bodies::rounds::{ManySeats, Remind, Round as Wanted};
use super::bodies::{MaybeRead, Read};
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::{Asked, Refused, rounds, season};
use crate::desk::room::Period;
use crate::desk::whole::Said;
use crate::listed::{Bouw, Dagdeel, Plekreden, Rolnaam};
use crate::records::round::{Reminded, Round, Standing};
use crate::records::seats::Seats;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;

/// Hoe ver een bestuur is met bevestigen
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opvraagbestuur {
    /// Het bestuur
    pub bestuur: String,
    /// De naam van het bestuur
    pub bestuur_naam: Option<String>,
    /// Of alle plekken in de periode van de lichting bevestigd zijn sinds het gevraagd werd
    pub bevestigd: bool,
    /// Wanneer (UTC); null zolang het niet af is
    #[schema(format = DateTime)]
    pub bevestigd_op: Option<String>,
    /// Door het bestuur, of door de intermediair namens het bestuur; null zolang het niet af is
    #[schema(value_type = Option<Rolnaam>)]
    pub door: Option<&'static str>,
    /// Hoeveel rijen plekken er in die periode zijn
    pub rijen: i64,
    /// Hoeveel daarvan nog niet bevestigd zijn
    pub onbevestigd: i64,
    /// Of het bestuur te laat is
    pub te_laat: bool,
    /// Hoe vaak het bestuur herinnerd is
    pub herinneringen: i64,
    /// Wanneer voor het laatst (UTC)
    #[schema(format = DateTime)]
    pub herinnerd_op: Option<String>,
}

/// Besturen bevestigen hun plekken voor een lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opvraag {
    /// De lichting
    pub lichting: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub uiterlijk: String,
    /// Wanneer het gevraagd is (UTC); wat daarvoor bevestigd werd, telt niet
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// Hoeveel besturen bevestigd hebben
    pub bevestigd: usize,
    /// Hoeveel nog niet
    pub niet_bevestigd: usize,
    /// Per bestuur; een bestuur ziet alleen zichzelf
    pub besturen: Vec<Opvraagbestuur>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

/// Een opvraag waar een bestuur in gevraagd is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opvraagregel {
    /// De lichting
    pub lichting: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub uiterlijk: String,
    /// Wanneer het gevraagd is (UTC)
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// Hoe ver het bestuur is
    pub stand: Opvraagbestuur,
}

/// Wie er herinnerd is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Herinnering {
    /// Besturen die een herinnering krijgen
    pub herinnerd: Vec<String>,
    /// Besturen die al bevestigd hebben
    pub al_bevestigd: Vec<String>,
    /// Besturen die vandaag al herinnerd zijn
    pub vandaag_al: Vec<String>,
}

impl From<Reminded> for Herinnering {
    fn from(it: Reminded) -> Self {
        Self { herinnerd: it.boards, al_bevestigd: it.confirmed, vandaag_al: it.today }
    }
}

fn board(app: &App, round: &Round, it: Standing, names: &Names) -> Opvraagbestuur {
    let (done, when) = (it.confirmed(), it.when());
    let late = match when {
        Some(at) => app.store.clock().day(at).is_some_and(|day| day.to_string() > round.by),
        None => app.store.clock().today().to_string() > round.by,
    };
    let side = if it.for_it { Role::Intermediair } else { Role::Bestuur };
    Opvraagbestuur {
        bestuur_naam: names.board(&it.board),
        bestuur: it.board,
        bevestigd: done,
        bevestigd_op: when.map(written),
        door: done.then(|| loket_solver::matching::facts::words::Word::code(side)),
        rijen: it.rows,
        onbevestigd: it.open,
        te_laat: late,
        herinneringen: it.reminders,
        herinnerd_op: it.reminded.map(written),
    }
}

fn told(app: &App, (round, standings): (Round, Vec<Standing>), names: &Names) -> Opvraag {
    let done = standings.iter().filter(|it| it.confirmed()).count();
    Opvraag {
        bevestigd: done,
        niet_bevestigd: standings.len() - done,
        besturen: standings.into_iter().map(|it| board(app, &round, it, names)).collect(),
        lichting: round.wave,
        uiterlijk: round.by,
        gevraagd_op: written(round.asked),
        versie: round.version,
    }
}

async fn answer(app: &App, asked: &Asked, status: StatusCode, found: (Round, Vec<Standing>)) -> Result<Response, Problem> {
    let (tag, names) = (tag(found.0.version), Names::seen_by(app, asked).await?);
    Ok((status, [(header::ETAG, tag)], Json(told(app, found, &names))).into_response())
}

const I: &[Role] = &[Role::Intermediair];
const SHARED: &[Role] = &[Role::Intermediair, Role::Bestuur];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(I, routes!(ask, change)))
        .routes(only(SHARED, routes!(read)))
        .routes(only(I, routes!(remind)))
        .routes(only(SHARED, routes!(of_board)))
        .routes(only(SHARED, routes!(last_year)))
        .routes(only(SHARED, routes!(put_many)))
}

/// Vraag alle besturen hun plekken voor deze lichting te bevestigen; elk krijgt een bericht
#[utoipa::path(post, path = "/lichtingen/{lichting}/opvraag", tag = "besturen", operation_id = "opvraagBeginnen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(Wanted),
    responses((status = 201, body = Opvraag), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn ask(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, Read(body): Read<Wanted>) -> Result<Response, Problem> {
    let found = rounds::ask(&app.store, &asked, &id, &body.uiterlijk).await?;
    answer(&app, &asked, StatusCode::CREATED, found).await
}

/// Geef de besturen een andere laatste dag; besturen die er sindsdien bij kwamen worden ook gevraagd
#[utoipa::path(put, path = "/lichtingen/{lichting}/opvraag", tag = "besturen", operation_id = "opvraagVerzetten",
    params(("lichting" = String, Path), ("If-Match" = String, Header)), request_body = inline(Wanted),
    responses((status = 200, body = Opvraag), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn change(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<Wanted>,
) -> Result<Response, Problem> {
    let yours = json!({ "uiterlijk": body.uiterlijk });
    match rounds::put(&app.store, &asked, &id, &body.uiterlijk, expected.version()).await {
        Ok(found) => answer(&app, &asked, StatusCode::OK, found).await,
        Err(refused) => Err(Problem::of(refused, |now: Round| json!({ "uiterlijk": now.by, "versie": now.version }), yours)),
    }
}

/// Welke besturen bevestigd hebben, en welke niet; een bestuur ziet alleen zichzelf
#[utoipa::path(get, path = "/lichtingen/{lichting}/opvraag", tag = "besturen", operation_id = "opvraag",
    params(("lichting" = String, Path)), responses((status = 200, body = Opvraag)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = rounds::read(&app.store, &asked, &id).await?;
    answer(&app, &asked, StatusCode::OK, found).await
}

/// Herinner besturen die nog niet bevestigd hebben: allemaal, of deze; wie vandaag al herinnerd is, blijft met rust
#[utoipa::path(post, path = "/lichtingen/{lichting}/opvraag/herinneringen", tag = "besturen", operation_id = "opvraagHerinneren",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(Option<Remind>),
    responses((status = 200, body = Herinnering), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn remind(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<Remind>,
) -> Result<Response, Problem> {
    let done = rounds::remind(&app.store, &asked, &id, body.besturen).await?;
    Ok(Json(Herinnering::from(done)).into_response())
}

/// In welke opvragen een bestuur gevraagd is, de eerste laatste dag eerst
#[utoipa::path(get, path = "/besturen/{bestuur}/opvragen", tag = "besturen", operation_id = "opvragenVanBestuur",
    params(("bestuur" = String, Path)), responses((status = 200, body = Vec<Opvraagregel>)))]
async fn of_board(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = rounds::of_board(&app.store, &asked, &id).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let row = |(round, standing): (Round, Standing)| Opvraagregel {
        stand: board(&app, &round, standing, &names),
        lichting: round.wave,
        uiterlijk: round.by,
        gevraagd_op: written(round.asked),
    };
    Ok(Json(found.into_iter().map(row).collect::<Vec<_>>()).into_response())
}

/// Plekken van vorig jaar als begin; zo stuurt u ze in `plekken` terug
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beginplek {
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// De bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// Hoeveel het er waren
    pub aantal: i64,
    /// Wanneer de duo-collega er was; null is niet bekend
    #[schema(value_type = Option<Vec<Dagdeel>>)]
    pub dagdelen: Option<Value>,
    /// Of ze gebruikt mochten worden
    pub open: bool,
    /// Waarom niet; null als ze open waren
    #[schema(value_type = Option<Plekreden>)]
    pub reden: Option<String>,
    /// De eerste dag van de nieuwe periode
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag van de nieuwe periode
    #[schema(format = Date)]
    pub tot: String,
}

/// Wat een bestuur vorig jaar aanbood en voor de nieuwe periode nog niet
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beginplekken {
    /// Het bestuur
    pub bestuur: String,
    /// De eerste dag van de nieuwe periode
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag van de nieuwe periode
    #[schema(format = Date)]
    pub tot: String,
    /// Op school en plekkengroep; stuur ze, zo nodig veranderd, met PUT naar de capaciteit
    pub plekken: Vec<Beginplek>,
    /// De versie van de capaciteit, ook in de ETag
    pub versie: i64,
}

/// De plekken van vorig jaar als begin voor een nieuwe periode; zonder van en tot het volgende schooljaar
#[utoipa::path(get, path = "/besturen/{bestuur}/capaciteit/vorig-jaar", tag = "besturen", operation_id = "capaciteitVorigJaar",
    params(("bestuur" = String, Path), ("van" = Option<String>, Query, format = Date), ("tot" = Option<String>, Query, format = Date,
        description = "De laatste dag; zonder van en tot het volgende schooljaar")),
    responses((status = 200, body = Beginplekken)))]
async fn last_year(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let today = app.store.clock().today();
    let (from, until) = (keys.day("van"), keys.day("tot"));
    for (key, day) in [("van", from), ("tot", until)] {
        if let Some(day) = day {
            keys.possible(key, day, today);
        }
    }
    let next = season::next_year(&app.store.read().calendar().await?, today);
    let period = match (from, until) {
        (None, None) => next,
        (Some(from), Some(until)) if from <= until => Period { from, until },
        (Some(_), Some(_)) => {
            keys.wrong(Fout::new("grens", "tot", "tot ligt voor van", "kies een latere dag"));
            next
        }
        _ => {
            keys.wrong(Fout::new("samen", "van", "van en tot horen bij elkaar", "geef ze allebei, of geen van beide"));
            next
        }
    };
    keys.finish()?;
    let (start, version) = season::last_year(&app.store, &asked, &id, period).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let row = |(_, new): (Seats, Seats)| Beginplek {
        school_naam: names.school(&new.school),
        dagdelen: new.data.get("dagdelen").cloned(),
        school: new.school,
        plek: new.id,
        bouw: new.bouw,
        aantal: new.count,
        open: new.open,
        reden: new.reason,
        van: new.from,
        tot: new.until.unwrap_or_default(),
    };
    let body = Beginplekken {
        bestuur: id,
        van: period.from.to_string(),
        tot: period.until.to_string(),
        plekken: start.into_iter().map(row).collect(),
        versie: version,
    };
    Ok(([(header::ETAG, tag(version))], Json(body)).into_response())
}

/// Wat er gezet is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Zetting {
    /// Hoeveel rijen nieuw of veranderd zijn
    pub gezet: usize,
    /// Hoeveel er al zo stonden
    pub ongewijzigd: usize,
    /// De versie van de capaciteit daarna, ook in de ETag
    pub versie: i64,
}

/// Zet de plekken van veel groepen in één keer, bijvoorbeeld die van vorig jaar: alles gaat in, of niets
#[utoipa::path(put, path = "/besturen/{bestuur}/capaciteit", tag = "besturen", operation_id = "capaciteitZetten",
    params(("bestuur" = String, Path), ("If-Match" = String, Header)), request_body = inline(ManySeats),
    responses((status = 200, body = Zetting), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn put_many(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(ManySeats { plekken }): Read<ManySeats>,
) -> Result<Response, Problem> {
    let rows = rows(plekken)?;
    let (seen, version) = (expected.version(), |version: i64| json!({ "versie": version }));
    let done = season::put_many(&app.store, &asked, &id, (rows, seen), app.settings.seat_months).await;
    let done = done.map_err(|refused: Refused<i64>| Problem::of(refused, version, version(seen)))?;
    let body = Zetting { gezet: done.put, ongewijzigd: done.same, versie: done.version };
    Ok(([(header::ETAG, tag(done.version))], Json(body)).into_response())
}

/// The seats that were sent, each with its school, group and first day.
fn rows(sent: Vec<SeatsRow>) -> Result<Vec<(Seats, Said)>, Problem> {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for (at, row) in sent.into_iter().enumerate() {
        let mut needed = |key: &str, value: Option<String>| {
            if value.is_none() {
                let what = format!("{key} ontbreekt");
                wrong.push(Fout::new("ontbreekt", format!("/plekken/{at}/{key}"), what, format!("schrijf {key} erbij")));
            }
            value.unwrap_or_default()
        };
        let (school, id, from) = (needed("school", row.school), needed("plek", row.seat.or(row.id)), needed("van", row.from));
        let seats = Seats {
            school,
            id,
            from,
            until: row.until,
            bouw: row.bouw,
            count: row.count,
            data: row.data,
            open: row.open,
            reason: row.reason.map(str::to_owned),
            confirmed: None,
            confirmed_by: None,
            version: 0,
        };
        rows.push((seats, row.said));
    }
    if wrong.is_empty() { Ok(rows) } else { Err(Problem::invalid(wrong)) }
}
