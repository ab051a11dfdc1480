//! `/privacyverzoeken`, `…/beperking` and `…/verbetering`: what people ask about their own data.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::privacy::{NewRequest, NewRestriction};
use super::bodies::register::{CandidateRow, CoachRow, Sent};
use super::bodies::{MaybeRead, Read};
use super::shapes::names::Names;
use super::shapes::remark::Melding;
use super::shapes::row::{Coach, Kandidaat, shown as row_shown};
use crate::access::Role;
use crate::actions::privacy::{self, Corrected, Restricted};
use crate::actions::{Asked, Refused};
use crate::listed::{Privacypersoon, Privacysoort, Rolnaam};
use crate::records::dossier::Who;
use crate::records::privacy::{Request, Restriction};
use crate::records::register::{Kind, Row};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::clock::written;
use loket_solver::matching::facts::words::Word;

/// Een verzoek van iemand over de eigen gegevens
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Privacyverzoek {
    /// De id
    pub id: String,
    /// Wat er gevraagd is
    #[schema(value_type = Privacysoort)]
    pub soort: String,
    /// Of het een kandidaat of een coach is
    #[schema(value_type = Privacypersoon)]
    pub persoon_soort: String,
    /// Het pseudoniem
    pub persoon: String,
    /// Op welke dag het gevraagd is
    #[schema(format = Date)]
    pub gevraagd_op: String,
    /// De laatste dag waarop het gedaan moet zijn: een maand later
    #[schema(format = Date)]
    pub uiterlijk: String,
    /// Of die dag voorbij is terwijl het nog niet gedaan is
    pub te_laat: bool,
    /// Wanneer het gedaan is (UTC)
    #[schema(format = DateTime)]
    pub gedaan_op: Option<String>,
    /// In welke rol
    #[schema(value_type = Option<Rolnaam>)]
    pub gedaan_door: Option<String>,
    /// De versie, ook in ETag
    pub versie: i64,
}

/// Iemand blijft buiten de indeling
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beperking {
    /// Het pseudoniem
    pub persoon: String,
    /// Sinds welke dag
    #[schema(format = Date)]
    pub sinds: String,
    /// De laatste dag; zonder geldt zij tot zij wordt opgeheven
    #[schema(format = Date)]
    pub tot: Option<String>,
    /// Of zij vandaag geldt
    pub geldt: bool,
    /// Wat er nog loopt: voorstellen en vastgestelde plaatsingen
    pub punten: Vec<Melding>,
    /// De versie, ook in ETag
    pub versie: i64,
}

/// Een verbeterde rij, en wat eruit volgt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Verbetering<T> {
    /// De rij zoals zij nu is
    pub rij: T,
    /// Welke sleutels anders zijn dan eerst
    pub velden: Vec<String>,
    /// Welke lichtingen volgen, en welke met de eerdere gegevens gemaakt zijn
    pub punten: Vec<Melding>,
}

const I: &[Role] = &[Role::Intermediair];
/// The intermediary does it; the administrator sees that it was done.
const BOTH: &[Role] = &[Role::Beheerder, Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(BOTH, routes!(requests)))
        .routes(only(I, routes!(request)))
        .routes(only(BOTH, routes!(one_request)))
        .routes(only(I, routes!(request_done)))
        .routes(only(I, routes!(candidate_restriction, restrict_candidate, lift_candidate)))
        .routes(only(I, routes!(coach_restriction, restrict_coach, lift_coach)))
        .routes(only(I, routes!(correct_candidate)))
        .routes(only(I, routes!(correct_coach)))
}

fn told(it: Request, today: &str) -> Privacyverzoek {
    Privacyverzoek {
        te_laat: it.done.is_none() && it.until.as_str() < today,
        id: it.id,
        soort: it.wish.code().into(),
        persoon_soort: it.who.kind.word().into(),
        persoon: it.who.id,
        gevraagd_op: it.asked,
        uiterlijk: it.until,
        gedaan_op: it.done.map(written),
        gedaan_door: it.by,
        versie: it.version,
    }
}

fn today(app: &App) -> String {
    app.store.clock().today().to_string()
}

fn answer(app: &App, status: StatusCode, it: Request) -> Response {
    let tag = tag(it.version);
    (status, [(header::ETAG, tag)], Json(told(it, &today(app)))).into_response()
}

/// Wat mensen over hun eigen gegevens vroegen, het nieuwste eerst; met open alleen wat nog niet gedaan is
#[utoipa::path(get, path = "/privacyverzoeken", tag = "privacy", operation_id = "privacyverzoeken",
    params(("open" = Option<bool>, Query), ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Privacyverzoek>)))]
async fn requests(State(app): State<App>, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<Response, Problem> {
    let open = keys.flag("open");
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    keys.finish()?;
    if open {
        page = page.with("open", "true");
    }
    let (found, all) = app.store.read().privacy_requests(open, page.skip(), page.size).await?;
    let today = today(&app);
    let resultaten = found.into_iter().map(|it| told(it, &today)).collect();
    Ok((page.links(all), Json(Pagina::<Privacyverzoek> { resultaten, totaal: all })).into_response())
}

/// Noteer een verzoek; binnen een maand moet het gedaan zijn
#[utoipa::path(post, path = "/privacyverzoeken", tag = "privacy", operation_id = "privacyverzoekNoteren",
    params(("Idempotency-Key" = Option<String>, Header)), request_body = inline(NewRequest), responses((status = 201, body = Privacyverzoek)))]
async fn request(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<NewRequest>) -> Result<Response, Problem> {
    let kind = if body.persoon_soort == "coach" { Kind::Coach } else { Kind::Candidate };
    let who = Who::new(kind, &body.persoon);
    let noted = privacy::note(&app.store, &asked, body.soort, &who, body.gevraagd_op.as_deref()).await?;
    let place = format!("/v1/privacyverzoeken/{}", noted.id);
    let mut response = answer(&app, StatusCode::CREATED, noted);
    if let Ok(place) = place.parse() {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// Eén verzoek
#[utoipa::path(get, path = "/privacyverzoeken/{verzoek}", tag = "privacy", operation_id = "privacyverzoek",
    params(("verzoek" = String, Path)), responses((status = 200, body = Privacyverzoek)))]
async fn one_request(State(app): State<App>, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let found = app.store.read().privacy_request(&id).await?.ok_or_else(Problem::unknown)?;
    Ok(answer(&app, StatusCode::OK, found))
}

/// Een verzoek is gedaan, bijvoorbeeld de inzage gegeven; verbeteren, beperken en wissen tellen vanzelf als gedaan
#[utoipa::path(post, path = "/privacyverzoeken/{verzoek}/afhandeling", tag = "privacy", operation_id = "privacyverzoekAfhandelen",
    params(("verzoek" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Privacyverzoek)))]
async fn request_done(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    let today = today(&app);
    let shown = |it: Request| json!(told(it, &today));
    let done = privacy::done(&app.store, &asked, &id, expected.version()).await;
    Ok(answer(&app, StatusCode::OK, done.map_err(|refused| Problem::of(refused, shown, Value::Null))?))
}

fn limit(it: Restricted, today: &str, names: &Names) -> Response {
    let Restricted { restriction, points } = it;
    let tag = tag(restriction.version);
    let body = restriction_told(restriction, today, Melding::all(points, names));
    ([(header::ETAG, tag)], Json(body)).into_response()
}

fn restriction_told(it: Restriction, today: &str, points: Vec<Melding>) -> Beperking {
    Beperking { geldt: it.holds(today), persoon: it.who.id, sinds: it.since, tot: it.until, punten: points, versie: it.version }
}

async fn restriction(app: &App, asked: &Asked, who: &Who) -> Result<Response, Problem> {
    let found = privacy::restriction(&app.store, asked, who).await?;
    Ok(limit(found, &today(app), &Names::seen_by(app, asked).await?))
}

async fn restrict(app: &App, asked: &Asked, who: &Who, expected: Expected, body: NewRestriction) -> Result<Response, Problem> {
    let today = today(app);
    let shown = |it: Restriction| json!(restriction_told(it, &today, Vec::new()));
    let yours = json!({ "tot": body.tot });
    let done = privacy::restrict(&app.store, asked, who, expected.version(), body.tot.as_deref()).await;
    let done = done.map_err(|refused| Problem::of(refused, shown, yours))?;
    let mut response = limit(done, &today, &Names::seen_by(app, asked).await?);
    if expected == Expected::Nothing {
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}

async fn lift(app: &App, asked: &Asked, who: &Who, expected: Expected) -> Result<Response, Problem> {
    let today = today(app);
    let shown = |it: Restriction| json!(restriction_told(it, &today, Vec::new()));
    let done = privacy::lift(&app.store, asked, who, expected.version()).await;
    done.map_err(|refused| Problem::of(refused, shown, Value::Null))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Of een kandidaat op eigen verzoek buiten de indeling blijft
#[utoipa::path(get, path = "/kandidaten/{kandidaat}/beperking", tag = "privacy", operation_id = "beperking",
    params(("kandidaat" = String, Path)), responses((status = 200, body = Beperking)))]
async fn candidate_restriction(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    restriction(&app, &asked, &Who::new(Kind::Candidate, &id)).await
}

/// Laat een kandidaat op eigen verzoek buiten de indeling: niet in nieuwe lichtingen en berekeningen; wat er nog loopt staat bij punten
#[utoipa::path(put, path = "/kandidaten/{kandidaat}/beperking", tag = "privacy", operation_id = "beperkingZetten",
    params(("kandidaat" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = inline(Option<NewRestriction>), responses((status = 200, body = Beperking), (status = 201, body = Beperking)))]
async fn restrict_candidate(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    MaybeRead(body): MaybeRead<NewRestriction>,
) -> Result<Response, Problem> {
    restrict(&app, &asked, &Who::new(Kind::Candidate, &id), expected, body).await
}

/// Een kandidaat doet weer mee
#[utoipa::path(delete, path = "/kandidaten/{kandidaat}/beperking", tag = "privacy", operation_id = "beperkingOpheffen",
    params(("kandidaat" = String, Path), ("If-Match" = String, Header)), responses((status = 204)))]
async fn lift_candidate(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    lift(&app, &asked, &Who::new(Kind::Candidate, &id), expected).await
}

/// Of een coach op eigen verzoek buiten de indeling blijft
#[utoipa::path(get, path = "/coaches/{coach}/beperking", tag = "privacy", operation_id = "beperkingCoach",
    params(("coach" = String, Path)), responses((status = 200, body = Beperking)))]
async fn coach_restriction(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    restriction(&app, &asked, &Who::new(Kind::Coach, &id)).await
}

/// Laat een coach op eigen verzoek buiten de indeling: geen nieuwe kandidaten; wat er nog loopt staat bij punten
#[utoipa::path(put, path = "/coaches/{coach}/beperking", tag = "privacy", operation_id = "beperkingCoachZetten",
    params(("coach" = String, Path), ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = inline(Option<NewRestriction>), responses((status = 200, body = Beperking), (status = 201, body = Beperking)))]
async fn restrict_coach(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    MaybeRead(body): MaybeRead<NewRestriction>,
) -> Result<Response, Problem> {
    restrict(&app, &asked, &Who::new(Kind::Coach, &id), expected, body).await
}

/// Een coach doet weer mee
#[utoipa::path(delete, path = "/coaches/{coach}/beperking", tag = "privacy", operation_id = "beperkingCoachOpheffen",
    params(("coach" = String, Path), ("If-Match" = String, Header)), responses((status = 204)))]
async fn lift_coach(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
) -> Result<Response, Problem> {
    lift(&app, &asked, &Who::new(Kind::Coach, &id), expected).await
}

async fn correct<T: From<Row> + Serialize>(
    app: &App,
    asked: &Asked,
    (who, expected): (&Who, Expected),
    sent: Sent,
) -> Result<Response, Problem> {
    let Sent { id, data, board, from, until, standing, person, brin, ended, own, said } = sent;
    if id.as_ref().is_some_and(|id| *id != who.id) {
        return Err(Problem::mistake("id", "/id", "dit is niet de id uit het adres", "laat id weg, of schrijf de id uit het adres"));
    }
    let new = Row { id: who.id.clone(), data, board, from, until, standing, person, brin, ended, own, version: 0 };
    let yours = row_shown(new.clone());
    let done = privacy::correct(&app.store, asked, who, new, expected.version(), &said).await;
    let Corrected { row, fields, points } = done.map_err(|refused: Refused<Row>| Problem::of(refused, row_shown, yours))?;
    let (tag, names) = (tag(row.version), Names::seen_by(app, asked).await?);
    let body = Verbetering { rij: T::from(row), velden: fields, punten: Melding::all(points, &names) };
    Ok(([(header::ETAG, tag)], Json(body)).into_response())
}

/// Verbeter de gegevens van een kandidaat op diens verzoek: de hele rij, zoals bij PUT; het logboek zegt welke velden, zonder waarden
#[utoipa::path(put, path = "/kandidaten/{kandidaat}/verbetering", tag = "privacy", operation_id = "verbeteren",
    params(("kandidaat" = String, Path), ("If-Match" = String, Header)), request_body = inline(CandidateRow),
    responses((status = 200, body = Verbetering<Kandidaat>)))]
async fn correct_candidate(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(CandidateRow(sent)): Read<CandidateRow>,
) -> Result<Response, Problem> {
    correct::<Kandidaat>(&app, &asked, (&Who::new(Kind::Candidate, &id), expected), sent).await
}

/// Verbeter de gegevens van een coach op diens verzoek: de hele rij, zoals bij PUT; het logboek zegt welke velden, zonder waarden
#[utoipa::path(put, path = "/coaches/{coach}/verbetering", tag = "privacy", operation_id = "verbeterenCoach",
    params(("coach" = String, Path), ("If-Match" = String, Header)), request_body = inline(CoachRow),
    responses((status = 200, body = Verbetering<Coach>)))]
async fn correct_coach(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(CoachRow(sent)): Read<CoachRow>,
) -> Result<Response, Problem> {
    correct::<Coach>(&app, &asked, (&Who::new(Kind::Coach, &id), expected), sent).await
}
