//! `…/uitval`, `…/nakomers` and `/herberekeningen`: who or what drops out or comes, the reruns of every wave it touches, and accepting them.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::dropouts::{Accepted as Wanted, Exchange, Gone, Late, SeatsGone, Takes};
use super::bodies::{MaybeRead, Read};
use super::shapes::names::Names;
use super::shapes::remark::Melding;
use super::shapes::work::{Werk, segment, working};
use crate::access::Role;
use crate::actions::{Asked, Refused, dropouts, register};
use crate::desk::dropout::Wish;
use crate::listed::{Aanleidingsoort, Uitkomststatus, Voorstelbesluit, Werktoestand};
use crate::records::batch::{Batch, Cause, CauseKind, Proposal};
use crate::records::job::State as JobState;
use crate::records::remark::Remark;
use crate::records::run::Run;
use crate::serve::app::App;
use crate::serve::body::{Ids, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;
use loket_instances::matching::rerun::Moved;
use loket_solver::matching::facts::words::Word;

/// Het voorstel voor één lichting
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Voorstel {
    /// De lichting
    pub lichting: String,
    /// De berekening van het voorstel
    pub berekening: String,
    /// Wat ervan geworden is
    #[schema(value_type = Voorstelbesluit)]
    pub besluit: String,
    /// Hoe het opnieuw plannen afliep; null is nog niet klaar
    #[schema(value_type = Option<Uitkomststatus>)]
    pub status: Option<String>,
    /// Wat er uit het bestand is gehaald naast wat gevraagd was
    pub opmerkingen: Vec<String>,
    /// Het adres van het verschil met het plan dat nu geldt; null is nog niet klaar
    pub verschil: Option<String>,
    /// Hoe ver de berekening is
    #[serde(flatten)]
    pub werk: Werk,
}

/// Hoe ver het voorbereiden van een herberekening is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Voorbereiding {
    /// Lichtingen die bekeken zijn
    pub gedaan: usize,
    /// Van hoeveel
    pub van: usize,
    /// Lichtingen waarvoor geen herberekening te maken was
    pub mislukt: Vec<String>,
}

/// Wie of wat uitvalt of erbij komt, en vanaf wanneer
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Aanleiding {
    /// Wat het is
    #[schema(value_type = Aanleidingsoort)]
    pub soort: &'static str,
    /// De coach, school of kandidaat; bij een plek de school, bij een ruil de lichting
    pub id: String,
    /// De naam
    pub naam: Option<String>,
    /// De plekkengroep
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub plek: Option<String>,
    /// Hoeveel plekken
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub aantal: Option<i64>,
    /// Vanaf welke dag
    #[schema(format = Date)]
    pub vanaf: String,
}

impl Aanleiding {
    /// A cause, with the name that whoever asks may see.
    fn of(cause: Cause, names: &Names) -> Self {
        let naam = match cause.kind {
            CauseKind::Coach => names.coach(&cause.id),
            CauseKind::School | CauseKind::Plek => names.school(&cause.id),
            CauseKind::Kandidaat | CauseKind::Nakomer => names.candidate(&cause.id),
            CauseKind::Ruil => None,
        };
        Self { soort: cause.kind.code(), id: cause.id, naam, plek: cause.seat, aantal: cause.count, vanaf: cause.from }
    }
}

/// Een herberekening: voorstellen voor elke lichting die geraakt wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Herberekening {
    /// Het id
    pub id: String,
    /// Waarom
    pub aanleiding: Aanleiding,
    /// Wat ervan geworden is: een voorstel zolang er nog iets te besluiten is
    #[schema(value_type = Voorstelbesluit)]
    pub besluit: &'static str,
    /// Hoe ver alle lichtingen samen zijn; zonder lichtingen klaar: na aanvaarding volgt het register
    #[schema(value_type = Werktoestand)]
    pub toestand: JobState,
    /// Hoeveel voorstellen klaar zijn
    pub gereed: usize,
    /// Van hoeveel
    pub totaal: usize,
    /// Hoe ver een werker is met het klaarzetten voor veel lichtingen; leeg als dat meteen gebeurde
    pub voorbereiding: Option<Voorbereiding>,
    /// Per lichting
    pub lichtingen: Vec<Voorstel>,
    /// Waar een nakomer en het register verschillen; één keer verteld, aan wie de nakomer stuurde
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meldingen: Vec<Melding>,
    /// Lichtingen die nog noemen wie of wat er in het register al uit is, omdat hun voorstel niet aanvaard is: daar moet nog iets gebeuren
    pub nog_genoemd: Vec<NogGenoemd>,
    /// Wanneer het gevraagd is (UTC)
    #[schema(format = DateTime)]
    pub gevraagd_op: String,
    /// De versie, ook in de ETag
    pub versie: i64,
}

/// Een lichting die nog noemt wie of wat er uit is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NogGenoemd {
    /// De lichting
    pub lichting: String,
    /// Wat er aan de hand is en wat u kunt doen
    pub tekst: String,
}

impl NogGenoemd {
    fn of(lichting: String, cause: &Cause, open: bool, names: &Names) -> Self {
        let (what, from) = (cause.id.as_str(), cause.from.as_str());
        let remedy = if open { "aanvaard ook dit voorstel" } else { "meld de uitval opnieuw" };
        let tekst = format!("Lichting {lichting} noemt {what} nog, en in het register is {what} er vanaf {from} niet meer: {remedy}.");
        Self { tekst: names.sentence(&tekst), lichting }
    }
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(coach)))
        .routes(only(ROLES, routes!(school)))
        .routes(only(ROLES, routes!(seat)))
        .routes(only(ROLES, routes!(candidate)))
        .routes(only(ROLES, routes!(late)))
        .routes(only(ROLES, routes!(withdraw)))
        .routes(only(ROLES, routes!(exchange)))
        .routes(only(ROLES, routes!(list)))
        .routes(only(ROLES, routes!(read)))
        .routes(only(ROLES, routes!(accept)))
        .routes(only(ROLES, routes!(decline)))
}

fn from(app: &App, asked: Option<String>) -> String {
    asked.unwrap_or_else(|| app.store.clock().today().to_string())
}

/// The route by which somebody or something with an id of its own drops out.
macro_rules! drops_out {
    ($(#[doc = $what:literal])+ $name:ident, $path:tt, $id:tt, $operation:tt) => {
        $(#[doc = $what])+
        #[utoipa::path(post, path = $path, tag = "uitval", operation_id = $operation,
            params(($id = String, Path), ("Idempotency-Key" = Option<String>, Header)),
            request_body = inline(Option<Gone>),
            responses((status = 202, body = Herberekening)))]
        async fn $name(
            State(app): State<App>,
            asked: Asked,
            Ids(id): Ids<String>,
            _: NoKeys,
            MaybeRead(body): MaybeRead<Gone>,
        ) -> Result<Response, Problem> {
            let from = from(&app, body.vanaf);
            begin(&app, &asked, Wish::$name(id, from), body.bevestigd).await
        }
    };
}

drops_out!(
    /// Een coach valt uit: elke lichting die hij raakt wordt opnieuw berekend, met zo weinig mogelijk wijzigingen
    coach,
    "/coaches/{coach}/uitval",
    "coach",
    "coachUitval"
);
drops_out!(
    /// Een school valt af
    school,
    "/scholen/{school}/uitval",
    "school",
    "schoolUitval"
);
drops_out!(
    /// Een kandidaat stopt
    candidate,
    "/kandidaten/{kandidaat}/uitval",
    "kandidaat",
    "kandidaatUitval"
);

/// Een plek van een school valt weg (bijvoorbeeld omdat de duo-collega weg is)
#[utoipa::path(post, path = "/scholen/{school}/plekken/{plek}/uitval", tag = "uitval", operation_id = "plekUitval",
    params(("school" = String, Path), ("plek" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<SeatsGone>),
    responses((status = 202, body = Herberekening)))]
async fn seat(
    State(app): State<App>,
    asked: Asked,
    Ids((school, seat)): Ids<(String, String)>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<SeatsGone>,
) -> Result<Response, Problem> {
    let count = u32::try_from(body.aantal.unwrap_or(1)).unwrap_or(1);
    let from = from(&app, body.vanaf);
    begin(&app, &asked, Wish::seats(school, seat, count, from), body.bevestigd).await
}

/// Een kandidaat komt later: geplaatst terwijl alle anderen blijven waar zij zijn
#[utoipa::path(post, path = "/lichtingen/{lichting}/nakomers", tag = "uitval", operation_id = "nakomer",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Late),
    responses((status = 202, body = Herberekening)))]
async fn late(
    State(app): State<App>,
    asked: Asked,
    Ids(wave): Ids<String>,
    _: NoKeys,
    Read(body): Read<Late>,
) -> Result<Response, Problem> {
    app.store.read().wave(&wave).await?.ok_or_else(Problem::unknown)?;
    let from = from(&app, body.vanaf);
    let wish = Wish { confirmed: body.bevestigd.unwrap_or_default(), ..Wish::late(wave, body.kandidaat, from) };
    let seconds = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let batch = dropouts::begin(&app.store, &asked, &wish, (seconds, app.settings.seat_months)).await?;
    let remarks = register::told_of(&mut app.store.read(), &asked, &wish.newcomer(), &wish.people).await?;
    answer(&app, &asked, StatusCode::ACCEPTED, batch, remarks).await
}

/// Trek een nakomer in voordat het voorstel aanvaard is; If-Match is de ETag van de herberekening
#[utoipa::path(delete, path = "/lichtingen/{lichting}/nakomers/{kandidaat}", tag = "uitval", operation_id = "nakomerIntrekken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("If-Match" = String, Header)),
    responses((status = 204)))]
async fn withdraw(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate)): Ids<(String, String)>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    match dropouts::withdraw(&app.store, &asked, &wave, &candidate, expected.version()).await {
        Ok(()) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(refused) => Err(refusal(&app, &asked, refused, "intrekking").await?),
    }
}

/// Mensen ruilen van plaats nadat de plaatsingen bekend zijn en voordat zij beginnen: niemand gaat erop achteruit en alle anderen blijven waar
/// zij zijn
#[utoipa::path(post, path = "/lichtingen/{lichting}/ruil", tag = "uitval", operation_id = "ruilen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Exchange),
    responses((status = 202, body = Herberekening)))]
async fn exchange(
    State(app): State<App>,
    asked: Asked,
    Ids(wave): Ids<String>,
    _: NoKeys,
    Read(body): Read<Exchange>,
) -> Result<Response, Problem> {
    let moved = |it: Takes| Moved { candidate: it.kandidaat, school: it.school, seat: it.plek, coach: it.coach };
    let moves = body.mensen.into_iter().map(moved).collect();
    let seconds = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let batch = dropouts::exchange(&app.store, &asked, &wave, moves, (seconds, app.settings.seat_months)).await?;
    answer(&app, &asked, StatusCode::ACCEPTED, batch, Vec::new()).await
}

async fn begin(app: &App, asked: &Asked, wish: Wish, confirmed: Option<bool>) -> Result<Response, Problem> {
    let wish = Wish { confirmed: confirmed.unwrap_or_default(), ..wish };
    let seconds = i64::try_from(app.settings.run_time.as_secs()).unwrap_or(i64::MAX);
    let batch = dropouts::begin(&app.store, asked, &wish, (seconds, app.settings.seat_months)).await?;
    answer(app, asked, StatusCode::ACCEPTED, batch, Vec::new()).await
}

async fn view(app: &App, names: &Names, batch: Batch) -> Result<Herberekening, Problem> {
    views(app, names, vec![batch]).await?.pop().ok_or_else(Problem::unknown)
}

/// Several of them, with everything read at once.
async fn views(app: &App, names: &Names, batches: Vec<Batch>) -> Result<Vec<Herberekening>, Problem> {
    let left = dropouts::left_behind(&app.store, &batches).await?;
    let asked: Vec<&str> = batches.iter().flat_map(|it| &it.waves).map(|it| it.run.as_str()).collect();
    let runs = if asked.is_empty() { BTreeMap::new() } else { app.store.read().runs_among(&asked).await? };
    batches.into_iter().map(|batch| shown(names, batch, &runs, &left)).collect()
}

fn shown(names: &Names, batch: Batch, runs: &BTreeMap<String, Run>, left: &BTreeSet<(String, String)>) -> Result<Herberekening, Problem> {
    let unprepared = batch.unprepared();
    let open = |wave: &str| batch.waves.iter().any(|it| it.wave == wave && it.proposal == Proposal::Voorstel);
    let of_it = left.iter().filter(|(of, _)| *of == batch.id).map(|(_, wave)| wave);
    let nog_genoemd = of_it.map(|wave| NogGenoemd::of(wave.clone(), &batch.cause, open(wave), names)).collect();
    let (mut lichtingen, besluit) = (Vec::new(), batch.proposal().code());
    for touched in batch.waves {
        let run = runs.get(&touched.run).ok_or_else(Problem::unknown)?;
        let before = run.before.as_deref().filter(|_| run.planned());
        lichtingen.push(Voorstel {
            lichting: touched.wave,
            verschil: before.map(|before| format!("/v1/berekeningen/{}/verschil?met={}", segment(&touched.run), segment(before))),
            berekening: touched.run,
            besluit: touched.proposal.code().into(),
            status: run.job.status.map(|it| it.code().into()),
            opmerkingen: touched.remarks.iter().map(|remark| names.sentence(remark)).collect(),
            werk: Werk::from(&run.job),
        });
    }
    let states: Vec<JobState> = lichtingen.iter().map(|it| it.werk.toestand).collect();
    let gereed = states.iter().filter(|it| it.ended()).count();
    let toestand = match (gereed == states.len(), states.iter().all(|it| *it == JobState::Wachtrij)) {
        _ if unprepared => JobState::Bezig,
        (true, _) if states.iter().all(|it| *it == JobState::Klaar) => JobState::Klaar,
        (true, _) => JobState::Mislukt,
        (false, true) => JobState::Wachtrij,
        (false, false) => JobState::Bezig,
    };
    Ok(Herberekening {
        id: batch.id,
        aanleiding: Aanleiding::of(batch.cause, names),
        besluit,
        toestand,
        gereed,
        totaal: states.len(),
        lichtingen,
        meldingen: Vec::new(),
        nog_genoemd,
        voorbereiding: batch.preparing.map(|it| Voorbereiding { gedaan: it.done, van: it.of, mislukt: it.failed }),
        gevraagd_op: written(batch.created),
        versie: batch.version,
    })
}

async fn answer(app: &App, asked: &Asked, status: StatusCode, batch: Batch, remarks: Vec<Remark>) -> Result<Response, Problem> {
    let (tag, place) = (tag(batch.version), format!("/v1/herberekeningen/{}", batch.id));
    let names = Names::seen_by(app, asked).await?;
    let view = Herberekening { meldingen: Melding::all(remarks, &names), ..view(app, &names, batch).await? };
    let mut response = working(status, view.toestand, &place, Json(view));
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// Alle herberekeningen, de nieuwste eerst
#[utoipa::path(get, path = "/herberekeningen", tag = "uitval", operation_id = "herberekeningen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Herberekening>)))]
async fn list(State(app): State<App>, asked: Asked, page: Page) -> Result<impl IntoResponse, Problem> {
    let (batches, all) = app.store.read().batches(page.skip(), page.size).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let resultaten = views(&app, &names, batches).await?;
    Ok((page.links(all), Json(Pagina::<Herberekening> { resultaten, totaal: all })))
}

/// Eén herberekening, met de voortgang per lichting
#[utoipa::path(get, path = "/herberekeningen/{herberekening}", tag = "uitval", operation_id = "herberekening", params(("herberekening" = String, Path)),
    responses((status = 200, body = Herberekening)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let batch = app.store.read().batch(&id).await?.ok_or_else(Problem::unknown)?;
    answer(&app, &asked, StatusCode::OK, batch, Vec::new()).await
}

/// Aanvaard de voorstellen van een herberekening: nu pas verandert er iets
#[utoipa::path(post, path = "/herberekeningen/{herberekening}/aanvaarding", tag = "uitval", operation_id = "herberekeningAanvaarden",
    params(("herberekening" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<Wanted>),
    responses((status = 200, body = Herberekening)))]
async fn accept(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    MaybeRead(body): MaybeRead<Wanted>,
) -> Result<Response, Problem> {
    app.store.read().batch(&id).await?.ok_or_else(Problem::unknown)?;
    let wanted = body.lichtingen.unwrap_or_default();
    let done = dropouts::accept(&app.store, &asked, &id, expected.version(), &wanted, app.settings.seat_months).await;
    settled(&app, &asked, done, "aanvaarding").await
}

/// Wijs de voorstellen van een herberekening af: alles blijft zoals het is
#[utoipa::path(post, path = "/herberekeningen/{herberekening}/afwijzing", tag = "uitval", operation_id = "herberekeningAfwijzen",
    params(("herberekening" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Herberekening)))]
async fn decline(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, expected: Expected) -> Result<Response, Problem> {
    settled(&app, &asked, dropouts::decline(&app.store, &asked, &id, expected.version()).await, "afwijzing").await
}

async fn settled(app: &App, asked: &Asked, done: Result<Batch, Refused<Batch>>, yours: &str) -> Result<Response, Problem> {
    match done {
        Ok(batch) => {
            let place = format!("/v1/herberekeningen/{}", segment(&batch.id));
            let mut response = answer(app, asked, StatusCode::OK, batch, Vec::new()).await?;
            response.headers_mut().insert(header::CONTENT_LOCATION, HeaderValue::try_from(place).map_err(|_| Problem::unknown())?);
            Ok(response)
        }
        Err(refused) => Err(refusal(app, asked, refused, yours).await?),
    }
}

async fn refusal(app: &App, asked: &Asked, refused: Refused<Batch>, yours: &str) -> Result<Problem, Problem> {
    let names = Names::seen_by(app, asked).await?;
    match refused {
        Refused::Stale(now) => {
            let now = serde_json::to_value(view(app, &names, *now).await?).unwrap_or_default();
            Ok(Problem::stale(now, json!(yours)))
        }
        refused => Ok(names.in_problem(Problem::of(refused, |_| Value::Null, json!(yours)))),
    }
}
