//! Review beside deciding: what happened to each decision, what was opened, whom to look at before a group, the figures, and a stream of it.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::{Bouw, Word};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::review::Opening;
use super::shapes::decision::{Beoordelingstap, Beside};
use crate::access::Role;
use crate::actions::{Asked, decisions, groups, openings, overview};
use crate::desk::cohort::Filter;
use crate::desk::history::Rates;
use crate::listed::Inzagedeel;
use crate::present::report::{SMALLEST, suppressed};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::follow::follow;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;

/// Wat iemand van het voorstel voor een kandidaat geopend heeft
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inzagestand {
    /// Over wie
    pub kandidaat: String,
    /// De berekening waarvan het voorstel is
    pub berekening: String,
    /// Wat er tot nu toe van geopend is
    #[schema(value_type = Vec<Inzagedeel>)]
    pub getoond: Vec<&'static str>,
    /// Sinds wanneer er gekeken wordt (UTC); null als er al over besloten is
    #[schema(format = DateTime)]
    pub sinds: Option<String>,
    /// Wanneer dat het laatst gemeld is (UTC)
    #[schema(format = DateTime)]
    pub op: String,
}

/// Wie bekeken moet zijn voordat er in één keer akkoord gegeven kan worden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Steekproef {
    /// De berekening waarvan het de voorstellen zijn
    pub berekening: String,
    /// Wie, in de volgorde van het lot
    pub kandidaten: Vec<Getrokken>,
    /// Hoeveel voorstellen er in het filter zijn
    pub totaal: usize,
    /// Over hoeveel daarvan nog niets besloten is dat geldt
    pub open: usize,
    /// Of de hele steekproef bekeken is
    pub bekeken: bool,
}

/// Iemand uit de steekproef
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Getrokken {
    /// Wie
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Of u dit voorstel bekeken hebt
    pub bekeken: bool,
}

/// Hoe er beoordeeld is. Aantallen onder de vijf zijn null voor wie geen intermediair is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingscijfer {
    /// Hoeveel besluiten er genomen zijn, ook die later vervangen zijn; niet wat ongedaan gemaakt is
    pub besluiten: Option<usize>,
    /// Bij hoeveel daarvan het voorstel niet gevolgd is
    pub afgeweken: Option<usize>,
    /// Datzelfde als deel van honderd, afgerond; null als een van beide niet getoond wordt
    pub afgeweken_procent: Option<usize>,
    /// De mediaan van hoe lang er gekeken is voor een besluit, in seconden, zonder groepen; null als dat niet bekend is
    pub mediaan_seconden: Option<i64>,
    /// Op hoeveel groepen er in één keer akkoord gegeven is
    pub groepen: usize,
    /// Hoeveel besluiten in zo'n groep zaten
    pub in_groepen: Option<usize>,
}

/// Hoe er in een lichting beoordeeld is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beoordelingscijfers {
    /// Uw eigen cijfers, voor een intermediair; anders null
    pub eigen: Option<Beoordelingscijfer>,
    /// Van iedereen samen
    pub totaal: Beoordelingscijfer,
    /// Voor wie geen intermediair is: van elke persoon, zonder naam of pseudoniem, wie het meest besloot eerst. Voor een intermediair leeg
    pub personen: Vec<Beoordelingscijfer>,
}

impl Beoordelingscijfer {
    /// Everything, for intermediaries.
    pub fn whole(it: &Rates) -> Self {
        Self::shown(it, Some(it.overruled), Some(it.decided), Some(it.in_groups))
    }

    /// Without small counts, also those that follow from the others.
    pub fn bounded(it: &Rates) -> Self {
        let decided = Some(it.decided).filter(|count| *count >= SMALLEST);
        let parts = suppressed(&[it.overruled, it.decided - it.overruled]);
        let groups = suppressed(&[it.in_groups, it.decided - it.in_groups]);
        let part = |parts: &[Option<usize>]| decided.and_then(|_| parts.first().copied().flatten());
        let median = it.median.filter(|_| decided.is_some());
        Self { mediaan_seconden: median, ..Self::shown(it, part(&parts), decided, part(&groups)) }
    }

    fn shown(it: &Rates, afgeweken: Option<usize>, besluiten: Option<usize>, in_groepen: Option<usize>) -> Self {
        let share = |(part, all): (usize, usize)| (part * 100 + all / 2).checked_div(all);
        Self {
            besluiten,
            afgeweken,
            afgeweken_procent: afgeweken.zip(besluiten).and_then(share),
            mediaan_seconden: it.median,
            groepen: it.groups,
            in_groepen,
        }
    }
}

/// Who may review.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who may see how it goes.
const WATCHERS: &[Role] = &[Role::Intermediair, Role::Beheerder, Role::Lezer];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(history)))
        .routes(only(ROLES, routes!(open)))
        .routes(only(ROLES, routes!(sample)))
        .routes(only(WATCHERS, routes!(figures)))
        .routes(only(ROLES, routes!(events)))
}

async fn beside(app: &App, asked: &Asked, wave: &str) -> Result<Beside, Problem> {
    let run = app.store.read().wave(wave).await?.and_then(|it| it.current);
    Ok(Beside::of(app, asked, run.as_deref()).await?)
}

/// Alles wat er in een lichting over een kandidaat besloten is, ook wat niet meer geldt, het eerste eerst
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/geschiedenis", tag = "beoordelingen", operation_id = "geschiedenis",
    params(("lichting" = String, Path), ("kandidaat" = String, Path),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Beoordelingstap>)))]
async fn history(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate)): Ids<(String, String)>,
    page: Page,
) -> Result<Response, Problem> {
    let all = app.store.read().past_of(&wave, &candidate).await?;
    if all.is_empty() {
        decisions::known(&app.store, &wave, &candidate).await?;
    }
    let (totaal, beside) = (i64::try_from(all.len()).unwrap_or(i64::MAX), beside(&app, &asked, &wave).await?);
    let (skip, size) = (usize::try_from(page.skip()).unwrap_or(usize::MAX), usize::try_from(page.size).unwrap_or(0));
    let resultaten = all.into_iter().skip(skip).take(size).map(|it| Beoordelingstap::of(it, &beside)).collect();
    Ok((page.links(totaal), Json(Pagina::<Beoordelingstap> { resultaten, totaal })).into_response())
}

/// Meld wat er van het voorstel voor een kandidaat geopend is; wie dat na een paar minuten nog een keer meldt, kijkt nog
#[utoipa::path(post, path = "/lichtingen/{lichting}/beoordelingen/{kandidaat}/inzage", tag = "beoordelingen", operation_id = "inzageMelden",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Opening),
    responses((status = 200, body = Inzagestand), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn open(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate)): Ids<(String, String)>,
    _: NoKeys,
    Read(body): Read<Opening>,
) -> Result<Response, Problem> {
    let done = openings::open(&app.store, &asked, (&wave, &candidate), body.berekening.as_deref(), &body.getoond).await;
    let it = done.map_err(|refused| Problem::of(refused, Value::from, Value::Null))?;
    let getoond = it.parts.iter().map(|part| part.code()).collect();
    let (sinds, op) = (it.began.map(written), written(it.seen));
    Ok(Json(Inzagestand { kandidaat: it.candidate, berekening: it.run, getoond, sinds, op }).into_response())
}

/// The filter among the keys of an address.
fn filter(keys: &mut Keys) -> Filter {
    let bouw = keys.text("bouw").and_then(|word| {
        let found = Bouw::parse(&word);
        if found.is_none() {
            let words: Vec<&str> = Bouw::ALL.iter().map(|it| it.code()).collect();
            keys.wrong(Fout::new("woord", "bouw", "dit is geen bouw", format!("kies uit {}", words.join(", "))));
        }
        found
    });
    Filter {
        bouw,
        school: keys.text("school"),
        board: keys.text("bestuur"),
        coach: keys.text("coach"),
        rank: keys.number("voorkeurrang", 1, 3),
        undecided: keys.flag("zonderBesluit"),
    }
}

/// Wie u bekeken moet hebben voordat u op een filter in één keer akkoord geeft: acht voorstellen, of alle als het er minder zijn. Zolang het
/// voorstel hetzelfde is, zijn het dezelfde
#[utoipa::path(get, path = "/lichtingen/{lichting}/steekproef", tag = "beoordelingen", operation_id = "steekproef",
    params(("lichting" = String, Path), ("bouw" = Option<String>, Query),
        ("school" = Option<String>, Query), ("bestuur" = Option<String>, Query), ("coach" = Option<String>, Query),
        ("voorkeurrang" = Option<i64>, Query, minimum = 1, maximum = 3), ("zonderBesluit" = Option<bool>, Query)),
    responses((status = 200, body = Steekproef), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn sample(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, mut keys: Keys) -> Result<Response, Problem> {
    let filter = filter(&mut keys);
    keys.finish()?;
    let found = groups::drawn(&app.store, &asked, &id, &filter).await?;
    let names = beside(&app, &asked, &id).await?.names;
    let one = |(kandidaat, bekeken): (String, bool)| Getrokken { naam: names.candidate(&kandidaat), kandidaat, bekeken };
    Ok(Json(Steekproef {
        berekening: found.run,
        bekeken: found.drawn.iter().all(|(_, seen)| *seen),
        kandidaten: found.drawn.into_iter().map(one).collect(),
        totaal: found.members,
        open: found.open,
    })
    .into_response())
}

/// Hoe er in een lichting beoordeeld is: hoe vaak voorstellen niet gevolgd zijn, hoe lang er gekeken is en op hoeveel groepen akkoord gegeven is
#[utoipa::path(get, path = "/lichtingen/{lichting}/beoordelingen/cijfers", tag = "beoordelingen", operation_id = "beoordelingscijfers",
    params(("lichting" = String, Path)),
    responses((status = 200, body = Beoordelingscijfers)))]
async fn figures(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let (mut people, total) = overview::rates(&app.store, &id).await?;
    let whole = asked.caller.scope().boards().is_none();
    if whole {
        let own = people.remove(asked.caller.who()).unwrap_or_default();
        let eigen = Some(Beoordelingscijfer::whole(&own));
        return Ok(Json(Beoordelingscijfers { eigen, totaal: Beoordelingscijfer::whole(&total), personen: Vec::new() }).into_response());
    }
    let mut people: Vec<Rates> = people.into_values().collect();
    people.sort_by_key(|it| std::cmp::Reverse((it.decided, it.overruled, it.median)));
    let personen = people.iter().map(Beoordelingscijfer::bounded).collect();
    Ok(Json(Beoordelingscijfers { eigen: None, totaal: Beoordelingscijfer::bounded(&total), personen }).into_response())
}

/// Wat er in een lichting besloten wordt, zodra het gebeurt (server-sent events)
#[utoipa::path(get, path = "/lichtingen/{lichting}/gebeurtenissen", tag = "beoordelingen", operation_id = "lichtingGebeurtenissen",
    params(("lichting" = String, Path), ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = String, content_type = "text/event-stream"),
        (status = 503, body = Problem, content_type = "application/problem+json")))]
async fn events(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys, headers: HeaderMap) -> Result<Response, Problem> {
    let wave = app.store.read().wave(&id).await?.ok_or_else(Problem::unknown)?;
    let told = app.clone();
    let found = move |after: i64| {
        let (app, asked, id) = (told.clone(), asked.clone(), id.clone());
        async move {
            let past = app.store.read().past_since(&id, after, 100).await?;
            if past.is_empty() {
                return Ok(Vec::new());
            }
            let beside = beside(&app, &asked, &id).await?;
            let one = |it: crate::records::review::Past| {
                let (number, kind) = (it.number, it.step.code());
                (number, kind, serde_json::to_value(Beoordelingstap::of(it, &beside)).unwrap_or_default())
            };
            Ok(past.into_iter().map(one).collect())
        }
    };
    follow(app, wave.decisions, &headers, found)
}
