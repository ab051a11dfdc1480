//! `/lichtingen/{id}/antwoorden` and `/antwoorden`: what the three parties are asked about each placement, and what they say.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::answers::{Answered, AskedFor};
use super::bodies::{MaybeRead, Read};
use super::shapes::names::Names;
use super::shapes::party::{Antwoordregel, Gevraagdeplaats, Partijantwoord, half_days};
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::answers::asking::{self, Wish};
use crate::actions::answers::giving::{self, At};
use crate::actions::answers::overview::Counts;
use crate::actions::answers::own::{self, Own};
use crate::actions::answers::{self, Case, links};
use crate::desk::asking::{Given, Party, Stance, stance};
use crate::desk::life::Stage;
use crate::desk::placing::Placing;
use crate::listed::{Bouw, Dagdeel, Partij};
use crate::records::answer::{Answer, AskedAll};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::etag::{Expected, tag};
use crate::serve::idempotency::once_told;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;

/// De plaatsen van een lichting met hun antwoorden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Antwoordbladzijde {
    /// De plaatsen, op kandidaat
    pub resultaten: Vec<Antwoordregel>,
    /// Hoeveel er aan de vraag voldoen
    pub totaal: i64,
    /// Hoeveel plaatsen akkoord zijn of verder
    pub akkoord: usize,
    /// Hoeveel daarvan drie keer ja hebben
    pub rond: usize,
    /// Hoeveel een nee hebben
    pub nee: usize,
    /// Hoeveel vragen nog wachten
    pub wachten: usize,
    /// Hoeveel vragen te laat zijn
    pub te_laat: usize,
}

/// Wat er gevraagd is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Antwoordronde {
    /// Hoeveel vragen
    pub gevraagd: usize,
    /// Over hoeveel plaatsen
    pub plaatsen: usize,
    /// Vragen die niet gesteld zijn: daarop is al antwoord
    pub beantwoord: usize,
    /// De laatste dag om te antwoorden; null als er niets gevraagd is
    #[schema(format = Date)]
    pub voor: Option<String>,
}

impl From<AskedAll> for Antwoordronde {
    fn from(it: AskedAll) -> Self {
        Self { gevraagd: it.asked, plaatsen: it.placements, beantwoord: it.answered, voor: Some(it.by).filter(|by| !by.is_empty()) }
    }
}

/// Een persoonlijke koppeling, die één keer getoond wordt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Antwoordkoppeling {
    /// Het geheim, voor in het bericht aan deze persoon
    pub koppeling: String,
    /// Voor wie
    #[schema(value_type = Partij)]
    pub partij: &'static str,
    /// Tot wanneer zij geldt (UTC)
    #[schema(format = DateTime)]
    pub tot: String,
}

/// Wat aan u gevraagd is over één plaats
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Eigenvraag {
    /// De lichting
    pub lichting: String,
    /// De kandidaat (pseudoniem)
    pub kandidaat: String,
    /// De naam; null zolang u die niet ziet: na uw ja, of als de lichting is vastgesteld
    pub naam: Option<String>,
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// Haar bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De dagdelen waarop de kandidaat en de duo-collega er samen zijn
    #[schema(value_type = Vec<Dagdeel>)]
    pub dagdelen: Vec<String>,
    /// Uren begeleiding
    pub uren: i64,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Wat er gevraagd en geantwoord is
    pub antwoord: Partijantwoord,
}

/// Who asks.
const ROLES: &[Role] = &[Role::Intermediair];
/// Who answers in an account, or notes an answer.
const GIVERS: &[Role] = &[Role::Intermediair, Role::Bestuur, Role::Coach];
/// Who is asked in an account.
const OWN: &[Role] = &[Role::Bestuur, Role::Coach];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list, ask)))
        .routes(only(ROLES, routes!(remind)))
        .routes(only(GIVERS, routes!(read, give)))
        .routes(only(ROLES, routes!(make_link, drop_link)))
        .routes(only(OWN, routes!(asked_of_me)))
}

/// The party that a path names; another word names nothing.
fn party(word: &str) -> Result<Party, Problem> {
    Party::parse(word).ok_or_else(Problem::unknown)
}

fn place(placing: Placing, names: &Names) -> Gevraagdeplaats {
    let dagdelen = half_days(&placing.place);
    let it = placing.place;
    Gevraagdeplaats {
        school_naam: names.school(&it.school),
        bestuur_naam: names.board(&it.board),
        coach_naam: names.coach(&it.coach),
        school: it.school,
        bestuur: it.board,
        plek: it.seat,
        bouw: it.bouw,
        dagdelen,
        coach: it.coach,
        uren: placing.hours,
    }
}

fn row(case: Case, names: &Names) -> Antwoordregel {
    let antwoorden = Party::ALL.iter().map(|party| Partijantwoord::in_case(*party, &case, true)).collect();
    let (stand, kandidaat) = (case.stage.code(), case.placing.candidate.clone());
    Antwoordregel { naam: names.candidate(&kandidaat), kandidaat, plaats: place(case.placing, names), stand, antwoorden }
}

/// What a list of placements is narrowed by.
struct Filter {
    stage: Option<Stage>,
    stance: Option<Stance>,
    party: Option<Party>,
    candidate: Option<String>,
    board: Option<String>,
    coach: Option<String>,
}

impl Filter {
    fn read(keys: &mut Keys) -> Self {
        fn word<W: Word>(keys: &mut Keys, key: &'static str) -> Option<W> {
            let text = keys.text(key)?;
            let found = W::parse(&text);
            if found.is_none() {
                let all: Vec<&str> = W::ALL.iter().map(|it| it.code()).collect();
                keys.wrong(Fout::new("woord", key, format!("dit is geen {key}"), format!("kies uit: {}", all.join(", "))));
            }
            found
        }
        Self {
            stage: word(keys, "stand"),
            stance: word(keys, "antwoord"),
            party: word(keys, "partij"),
            candidate: keys.text("kandidaat"),
            board: keys.text("bestuur"),
            coach: keys.text("coach"),
        }
    }

    fn on(&self, mut page: Page) -> Page {
        let words =
            [("stand", self.stage.map(Word::code)), ("antwoord", self.stance.map(Word::code)), ("partij", self.party.map(Word::code))];
        for (key, value) in words {
            if let Some(value) = value {
                page = page.with(key, value);
            }
        }
        for (key, value) in [("kandidaat", &self.candidate), ("bestuur", &self.board), ("coach", &self.coach)] {
            if let Some(value) = value {
                page = page.with(key, &segment(value));
            }
        }
        page
    }

    fn lets(&self, case: &Case) -> bool {
        let place = &case.placing.place;
        let is = |named: &Option<String>, there: &String| named.as_ref().is_none_or(|named| named == there);
        let asked = |party: &Party| self.stance.is_none_or(|wanted| case.stance(*party) == wanted);
        is(&self.candidate, &case.placing.candidate)
            && is(&self.board, &place.board)
            && is(&self.coach, &place.coach)
            && self.stage.is_none_or(|wanted| wanted == case.stage)
            && match self.party {
                Some(party) => asked(&party),
                None => Party::ALL.iter().any(asked),
            }
    }
}

/// De drie antwoorden over elke plaats van het voorstel dat nu telt
#[utoipa::path(get, path = "/lichtingen/{lichting}/antwoorden", tag = "antwoorden", operation_id = "antwoorden",
    params(("lichting" = String, Path),
        ("stand" = Option<String>, Query, description = "alleen plaatsingen die zo ver zijn"),
        ("antwoord" = Option<String>, Query, description = "alleen waar een antwoord zo ver is; met partij: dat van die partij"),
        ("partij" = Option<String>, Query, description = "van welke partij het antwoord is"),
        ("kandidaat" = Option<String>, Query, description = "alleen van deze kandidaat"),
        ("bestuur" = Option<String>, Query, description = "alleen van scholen van dit bestuur"),
        ("coach" = Option<String>, Query, description = "alleen met deze coach"),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Antwoordbladzijde)))]
async fn list(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    OriginalUri(uri): OriginalUri,
    mut keys: Keys,
) -> Result<Response, Problem> {
    let page = Page::among(&mut keys, uri.path().to_owned());
    let filter = Filter::read(&mut keys);
    keys.finish()?;
    let page = filter.on(page);
    let cases = answers::cases(&app.store, &id).await?;
    let Counts { agreed: akkoord, settled: rond, refused: nee, waiting: wachten, late: te_laat, .. } = Counts::of(&cases);
    let found: Vec<Case> = cases.into_iter().filter(|it| filter.lets(it)).collect();
    let totaal = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let names = Names::seen_by(&app, &asked).await?;
    let (skip, size) = (usize::try_from(page.skip()).unwrap_or(usize::MAX), usize::try_from(page.size).unwrap_or(0));
    let resultaten = found.into_iter().skip(skip).take(size).map(|case| row(case, &names)).collect();
    Ok((page.links(totaal), Json(Antwoordbladzijde { resultaten, totaal, akkoord, rond, nee, wachten, te_laat })).into_response())
}

fn wish(body: AskedFor) -> Wish {
    let AskedFor { kandidaten, partijen, voor } = body;
    Wish { candidates: kandidaten.unwrap_or_default(), parties: partijen.unwrap_or_default(), by: voor }
}

/// Vraag de partijen om een antwoord over plaatsen waar u akkoord mee bent
#[utoipa::path(post, path = "/lichtingen/{lichting}/antwoorden", tag = "antwoorden", operation_id = "antwoordenVragen",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<AskedFor>),
    responses((status = 200, body = Antwoordronde)))]
async fn ask(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<AskedFor>,
) -> Result<Response, Problem> {
    let done = asking::ask(&app.store, &asked, &id, &wish(body)).await?;
    Ok(Json(Antwoordronde::from(done)).into_response())
}

/// Herinner wie nog niet geantwoord heeft
#[utoipa::path(post, path = "/lichtingen/{lichting}/antwoorden/herinneringen", tag = "antwoorden", operation_id = "antwoordenHerinneren",
    params(("lichting" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = inline(Option<AskedFor>),
    responses((status = 200, body = Antwoordronde)))]
async fn remind(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    MaybeRead(body): MaybeRead<AskedFor>,
) -> Result<Response, Problem> {
    let done = asking::remind(&app.store, &asked, &id, &wish(body)).await?;
    Ok(Json(Antwoordronde::from(done)).into_response())
}

fn answered(party: Party, stance: Stance, answer: Option<&Answer>, words: bool) -> Response {
    let told = Partijantwoord::of(party, stance, answer, words);
    (StatusCode::OK, [(header::ETAG, tag(told.versie))], Json(told)).into_response()
}

/// Whether a caller may read what others said in own words, and who noted it.
fn reads_words(asked: &Asked) -> bool {
    asked.caller.scope().boards().is_none()
}

/// Het antwoord van één partij over de plaats van een kandidaat
#[utoipa::path(get, path = "/lichtingen/{lichting}/antwoorden/{kandidaat}/{partij}", tag = "antwoorden", operation_id = "partijantwoord",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("partij" = String, Path)),
    responses((status = 200, body = Partijantwoord)))]
async fn read(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let party = party(&word)?;
    let (case, answer) = giving::read(&app.store, &asked, &wave, &candidate, party).await?;
    Ok(answered(party, case.stance(party), answer.as_ref(), reads_words(&asked)))
}

/// Geef uw antwoord over een plaats, of noteer dat van een ander
#[utoipa::path(post, path = "/lichtingen/{lichting}/antwoorden/{kandidaat}/{partij}", tag = "antwoorden", operation_id = "antwoordGeven",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("partij" = String, Path),
        ("If-Match" = Option<String>, Header), ("If-None-Match" = Option<String>, Header)),
    request_body = inline(Answered),
    responses((status = 200, body = Partijantwoord)))]
async fn give(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
    _: NoKeys,
    expected: Expected,
    Read(body): Read<Answered>,
) -> Result<Response, Problem> {
    let party = party(&word)?;
    let yours = json!({ "antwoord": body.antwoord.code(), "reden": body.reden.map(Word::code) });
    let at = At { wave: &wave, candidate: &candidate, party, version: expected.version() };
    let words = reads_words(&asked);
    match giving::give(&app.store, &asked, at, Given::from(body)).await {
        Ok(answer) => Ok(answered(party, own_stance(&app, &answer), Some(&answer), words)),
        Err(refused) => Err(Problem::of(refused, |now| shown(&app, party, now, words), yours)),
    }
}

/// How far an answer is that is about the placement as it stands.
fn own_stance(app: &App, answer: &Answer) -> Stance {
    stance(answer.party, &answer.about, Some(answer.known()), app.store.clock().today())
}

fn shown(app: &App, party: Party, now: Option<Answer>, words: bool) -> Value {
    let told = now.map(|it| Partijantwoord::of(party, own_stance(app, &it), Some(&it), words));
    told.map_or(Value::Null, |it| serde_json::to_value(it).unwrap_or_default())
}

/// Maak een persoonlijke koppeling voor wie geen account heeft; zij wordt één keer getoond en vervangt de vorige
#[utoipa::path(post, path = "/lichtingen/{lichting}/antwoorden/{kandidaat}/{partij}/koppeling", tag = "antwoorden",
    operation_id = "antwoordkoppelingMaken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("partij" = String, Path)),
    responses((status = 201, body = Antwoordkoppeling)))]
async fn make_link(
    State(app): State<App>,
    asked: Asked,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    let (secret, link) = links::make(&app.store, &asked, &wave, &candidate, party(&word)?).await?;
    let body = Antwoordkoppeling { koppeling: secret.told().into(), partij: link.party.code(), tot: written(link.until) };
    Ok(once_told((StatusCode::CREATED, Json(body))))
}

/// Trek een persoonlijke koppeling in
#[utoipa::path(delete, path = "/lichtingen/{lichting}/antwoorden/{kandidaat}/{partij}/koppeling", tag = "antwoorden",
    operation_id = "antwoordkoppelingIntrekken",
    params(("lichting" = String, Path), ("kandidaat" = String, Path), ("partij" = String, Path)),
    responses((status = 204)))]
async fn drop_link(
    State(app): State<App>,
    Ids((wave, candidate, word)): Ids<(String, String, String)>,
    _: NoKeys,
) -> Result<Response, Problem> {
    links::withdraw(&app.store, &wave, &candidate, party(&word)?).await?;
    Ok((StatusCode::NO_CONTENT, HeaderMap::new()).into_response())
}

/// Wat aan u gevraagd is: aan uw besturen, of aan u als coach; wat het eerst antwoord vraagt staat bovenaan
#[utoipa::path(get, path = "/antwoorden", tag = "antwoorden", operation_id = "eigenVragen",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Eigenvraag>)))]
async fn asked_of_me(State(app): State<App>, asked: Asked, page: Page) -> Result<Response, Problem> {
    let all = own::asked(&app.store, &asked).await?;
    let totaal = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let (skip, size) = (usize::try_from(page.skip()).unwrap_or(usize::MAX), usize::try_from(page.size).unwrap_or(0));
    let resultaten = all.into_iter().skip(skip).take(size).map(Eigenvraag::from).collect();
    Ok((page.links(totaal), Json(Pagina::<Eigenvraag> { resultaten, totaal })).into_response())
}

impl From<Own> for Eigenvraag {
    fn from(it: Own) -> Self {
        let antwoord = Partijantwoord::of(it.answer.party, it.stance, Some(&it.answer), false);
        let dagdelen = half_days(&it.placing.place);
        let place = it.placing.place;
        Self {
            lichting: it.wave.id,
            kandidaat: it.placing.candidate,
            naam: it.name,
            school: place.school,
            school_naam: it.school_name,
            plek: place.seat,
            bouw: place.bouw,
            dagdelen,
            uren: it.placing.hours,
            van: it.wave.from,
            tot: it.wave.until,
            antwoord,
        }
    }
}
