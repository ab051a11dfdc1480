//! `/uitvalmeldingen`: "ik val uit", said by a coach about himself or a board about its seats; the intermediary takes it over or says that
//! nothing is needed.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::coaching::{DropoutReport, Settling};
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::reports::{self, Wish};
use crate::actions::{Asked, Refused};
use crate::listed::{Nietnodigreden, Uitvalreden, Uitvalsoort, Uitvaltoestand};
use crate::records::report::{Report, ReportKind, ReportState, Settled};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;

/// Een melding dat iemand of iets uitvalt; zij verandert geen plaatsing
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Uitvalmelding {
    /// Het id van de melding
    pub id: String,
    /// Wie of wat uitvalt
    #[schema(value_type = Uitvalsoort)]
    pub soort: String,
    /// De coach
    pub coach: Option<String>,
    /// De school van de plek
    pub school: Option<String>,
    /// De plekkengroep
    pub plek: Option<String>,
    /// De kandidaat
    pub kandidaat: Option<String>,
    /// De eerste dag
    #[schema(format = Date)]
    pub vanaf: String,
    /// Waarom
    #[schema(value_type = Uitvalreden)]
    pub reden: String,
    /// Wat ervan geworden is
    #[schema(value_type = Uitvaltoestand)]
    pub toestand: String,
    /// De herberekening waarin zij is overgenomen
    pub herberekening: Option<String>,
    /// Waarom er niets nodig was
    #[schema(value_type = Option<Nietnodigreden>)]
    pub niet_nodig: Option<String>,
    /// Wanneer zij gedaan is (UTC)
    #[schema(format = DateTime)]
    pub gemeld_op: String,
    /// Wanneer zij afgehandeld is (UTC); null is nog niet
    #[schema(format = DateTime)]
    pub afgehandeld_op: Option<String>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl From<Report> for Uitvalmelding {
    fn from(it: Report) -> Self {
        let of = it.falling;
        let id_of = |kind: ReportKind| (of.kind == kind).then(|| of.id.clone());
        Self {
            id: it.id,
            soort: of.kind.code().into(),
            coach: id_of(ReportKind::Coach),
            school: id_of(ReportKind::Plek),
            kandidaat: id_of(ReportKind::Kandidaat),
            plek: of.seat,
            vanaf: of.from,
            reden: of.reason.code().into(),
            toestand: it.state.code().into(),
            herberekening: it.batch,
            niet_nodig: it.not_needed.map(|it| it.code().into()),
            gemeld_op: written(it.at),
            afgehandeld_op: it.settled.map(written),
            versie: it.version,
        }
    }
}

/// Who may report.
const REPORTING: &[Role] = &[Role::Bestuur, Role::Coach];
/// Who may read; a board and a coach what is about their own.
const READING: &[Role] = &[Role::Intermediair, Role::Bestuur, Role::Coach];
/// Who settles.
const SETTLING: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(REPORTING, routes!(report)))
        .routes(only(READING, routes!(list)))
        .routes(only(READING, routes!(read)))
        .routes(only(SETTLING, routes!(settle)))
}

fn answer(status: StatusCode, report: Report) -> Response {
    (status, [(header::ETAG, tag(report.version))], Json(Uitvalmelding::from(report))).into_response()
}

/// Meld dat u uitvalt, of dat een plek van uw school uitvalt; de intermediair ziet het, en er verandert nog niets
#[utoipa::path(post, path = "/uitvalmeldingen", tag = "uitval", operation_id = "uitvalMelden",
    params(("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(DropoutReport), responses((status = 201, body = Uitvalmelding)))]
async fn report(State(app): State<App>, asked: Asked, _: NoKeys, Read(body): Read<DropoutReport>) -> Result<Response, Problem> {
    let seat = match (body.school, body.plek) {
        (Some(school), Some(seat)) => Some((school, seat)),
        (None, None) => None,
        (school, _) => {
            let key = if school.is_some() { "plek" } else { "school" };
            let what = "school en plek horen bij elkaar";
            return Err(Problem::mistake("ontbreekt", format!("/{key}"), what, "noem ze allebei"));
        }
    };
    let confirmed = body.bevestigd.unwrap_or(false);
    let wish = Wish { coach: body.coach, seat, from: body.vanaf, reason: body.reden, confirmed };
    let made = reports::report(&app.store, &asked, &wish).await?;
    let place = HeaderValue::try_from(format!("/v1/uitvalmeldingen/{}", segment(&made.id))).map_err(|_| Problem::unknown())?;
    let mut response = answer(StatusCode::CREATED, made);
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// De meldingen, de nieuwste eerst; voor een bestuur en een coach die over henzelf
#[utoipa::path(get, path = "/uitvalmeldingen", tag = "uitval", operation_id = "uitvalmeldingen",
    params(("toestand" = Option<Uitvaltoestand>, Query), ("pagina" = Option<i64>, Query, minimum = 1),
        ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Uitvalmelding>)))]
async fn list(State(app): State<App>, asked: Asked, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<Response, Problem> {
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    let typed = keys.text("toestand");
    let state = typed.as_deref().and_then(ReportState::parse);
    if typed.is_some() && state.is_none() {
        let words: Vec<&str> = ReportState::ALL.iter().map(|it| it.code()).collect();
        keys.wrong(Fout::new("woord", "toestand", "dit is geen toestand van een melding", format!("kies uit: {}", words.join(", "))));
    }
    keys.finish()?;
    if let Some(state) = state {
        page = page.with("toestand", state.code());
    }
    let (rows, all) = app.store.read().reports(asked.caller.scope(), state, page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(Uitvalmelding::from).collect();
    Ok((page.links(all), Json(Pagina::<Uitvalmelding> { resultaten, totaal: all })).into_response())
}

/// Eén melding
#[utoipa::path(get, path = "/uitvalmeldingen/{melding}", tag = "uitval", operation_id = "uitvalmelding", params(("melding" = String, Path)),
    responses((status = 200, body = Uitvalmelding)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(answer(StatusCode::OK, reports::read(&app.store, &asked, &id).await?))
}

/// Handel een melding af: overgenomen in een herberekening, of niet nodig
#[utoipa::path(post, path = "/uitvalmeldingen/{melding}/afhandeling", tag = "uitval", operation_id = "uitvalAfhandelen",
    params(("melding" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Settling), responses((status = 200, body = Uitvalmelding)))]
async fn settle(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<Settling>,
) -> Result<Response, Problem> {
    let yours = json!({ "herberekening": body.herberekening, "niet_nodig": body.niet_nodig.map(|it| it.code()) });
    let settled = match (body.herberekening, body.niet_nodig) {
        (Some(batch), _) => Settled::Taken(batch),
        (None, Some(reason)) => Settled::NotNeeded(reason),
        (None, None) => {
            return Err(Problem::mistake("ontbreekt", "/herberekening", "hier hoort wat er gebeurde", "noem herberekening of niet_nodig"));
        }
    };
    let now = |it| serde_json::to_value(Uitvalmelding::from(it)).unwrap_or(Value::Null);
    let done: Result<Report, Refused<Report>> = reports::settle(&app.store, &asked, &id, expected.version(), &settled).await;
    Ok(answer(StatusCode::OK, done.map_err(|refused| Problem::of(refused, now, yours))?))
}
