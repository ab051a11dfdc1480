//! `/verboden`: what the parties refused, which every next run obeys.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::answers::BanGone;
use super::shapes::names::Names;
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::{Asked, bans};
use crate::listed::{Bouw, Intrekreden, Neereden, Neereikwijdte, Partij};
use crate::records::answer::Forbidden;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::bans::Wanted;
use crate::store::clock::written;

/// Wat een nee verbiedt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Neeverbod {
    /// Het id
    pub id: String,
    /// In welke lichting het gezegd is
    pub lichting: String,
    /// Wie nee zei
    #[schema(value_type = Partij)]
    pub partij: &'static str,
    /// Hoe ver het reikt
    #[schema(value_type = Neereikwijdte)]
    pub reikwijdte: &'static str,
    /// Wie daar niet komt
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Op deze school
    pub school: Option<String>,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// Op deze plekken
    pub plek: Option<String>,
    /// In deze bouw
    #[schema(value_type = Option<Bouw>)]
    pub bouw: Option<String>,
    /// Met deze coach
    pub coach: Option<String>,
    /// De naam van de coach
    pub coach_naam: Option<String>,
    /// Waarom; null als het gewist is
    #[schema(value_type = Option<Neereden>)]
    pub reden: Option<&'static str>,
    /// De laatste dag dat het geldt; null is zonder einde
    #[schema(format = Date)]
    pub tot: Option<String>,
    /// Of het nu geldt
    pub geldt: bool,
    /// Wanneer het gezegd is (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Wie het gaf of noteerde
    pub door: String,
    /// Wanneer het is ingetrokken (UTC)
    #[schema(format = DateTime)]
    pub ingetrokken_op: Option<String>,
    /// Wie het introk
    pub ingetrokken_door: Option<String>,
    /// Waarom het is ingetrokken
    #[schema(value_type = Option<Intrekreden>)]
    pub intrekreden: Option<&'static str>,
    /// De versie, ook in de ETag
    pub versie: i64,
}

impl Neeverbod {
    fn of(it: Forbidden, names: &Names, today: &str) -> Self {
        Self {
            geldt: it.counts(today),
            reikwijdte: it.scope().code(),
            naam: names.candidate(&it.ban.candidate),
            school_naam: it.ban.school.as_deref().and_then(|id| names.school(id)),
            coach_naam: it.ban.coach.as_deref().and_then(|id| names.coach(id)),
            id: it.id,
            lichting: it.ban.wave,
            partij: it.party.code(),
            kandidaat: it.ban.candidate,
            school: it.ban.school,
            plek: it.ban.seat,
            bouw: it.ban.bouw,
            coach: it.ban.coach,
            reden: it.reason.map(Word::code),
            tot: it.until,
            op: written(it.made),
            door: it.by,
            ingetrokken_op: it.revoked.map(written),
            ingetrokken_door: it.revoked_by,
            intrekreden: it.why.map(Word::code),
            versie: it.version,
        }
    }
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(list))).routes(only(ROLES, routes!(read))).routes(only(ROLES, routes!(revoke)))
}

fn today(app: &App) -> String {
    app.store.clock().today().to_string()
}

/// Wat de partijen geweigerd hebben, het nieuwste eerst
#[utoipa::path(get, path = "/verboden", tag = "register", operation_id = "verboden",
    params(("geldt" = Option<bool>, Query, description = "alleen wat nu geldt"),
        ("kandidaat" = Option<String>, Query, description = "alleen over deze kandidaat"),
        ("school" = Option<String>, Query, description = "alleen over deze school"),
        ("coach" = Option<String>, Query, description = "alleen over deze coach"),
        ("lichting" = Option<String>, Query, description = "alleen wat in deze lichting gezegd is"),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Neeverbod>)))]
async fn list(State(app): State<App>, asked: Asked, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<Response, Problem> {
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    let counts = keys.flag("geldt");
    let (candidate, school, coach, wave) = (keys.text("kandidaat"), keys.text("school"), keys.text("coach"), keys.text("lichting"));
    keys.finish()?;
    if counts {
        page = page.with("geldt", "true");
    }
    for (key, value) in [("kandidaat", &candidate), ("school", &school), ("coach", &coach), ("lichting", &wave)] {
        if let Some(value) = value {
            page = page.with(key, &segment(value));
        }
    }
    let day = today(&app);
    let wanted = Wanted { candidate, school, coach, wave, counts: counts.then(|| day.clone()) };
    let (rows, totaal) = app.store.read().bans_page(&wanted, page.skip(), page.size).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let resultaten = rows.into_iter().map(|it| Neeverbod::of(it, &names, &day)).collect();
    Ok((page.links(totaal), Json(Pagina::<Neeverbod> { resultaten, totaal })).into_response())
}

/// Eén verbod
#[utoipa::path(get, path = "/verboden/{verbod}", tag = "register", operation_id = "verbod", params(("verbod" = String, Path)),
    responses((status = 200, body = Neeverbod)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let ban = app.store.read().ban(&id).await?.ok_or_else(Problem::unknown)?;
    told(&app, &asked, ban).await
}

async fn told(app: &App, asked: &Asked, ban: Forbidden) -> Result<Response, Problem> {
    let (tag, names) = (tag(ban.version), Names::seen_by(app, asked).await?);
    Ok((StatusCode::OK, [(header::ETAG, tag)], Json(Neeverbod::of(ban, &names, &today(app)))).into_response())
}

/// Trek een verbod in, met een reden
#[utoipa::path(post, path = "/verboden/{verbod}/intrekking", tag = "register", operation_id = "verbodIntrekken",
    params(("verbod" = String, Path), ("If-Match" = String, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(BanGone), responses((status = 200, body = Neeverbod)))]
async fn revoke(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<BanGone>,
) -> Result<Response, Problem> {
    let yours = json!({ "reden": body.reden.code() });
    match bans::revoke(&app.store, &asked, &id, expected.version(), body.reden).await {
        Ok(ban) => told(&app, &asked, ban).await,
        Err(refused) => {
            let (names, day) = (Names::seen_by(&app, &asked).await?, today(&app));
            let shown = |now| serde_json::to_value(Neeverbod::of(now, &names, &day)).unwrap_or(Value::Null);
            Err(Problem::of(refused, shown, yours))
        }
    }
}
