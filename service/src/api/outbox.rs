//! `/berichten`: messages to people, how far they are, and what somebody does with them by hand.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::outbox::Bounce;
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::{Asked, outbox};
use crate::listed::{Berichtontvanger, Berichtsoort, Berichttoestand};
use crate::records::mail::{Mail, MailKind, MailState, RecipientKind};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::paging::{Page, Pagina};
use crate::serve::papers::{self, drafts};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::clock::written;
use crate::store::outbox::Wanted;

/// Een bericht aan iemand; de tekst en het adres staan er niet in
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bericht {
    /// Het id, ook van de brief zelf (Message-ID)
    pub id: String,
    /// Waar het voor is
    #[schema(value_type = Berichtsoort)]
    pub soort: &'static str,
    /// Het onderwerp van de brief
    pub onderwerp: &'static str,
    /// Aan wat voor iemand
    #[schema(value_type = Berichtontvanger)]
    pub aan_soort: &'static str,
    /// Aan wie
    pub aan: String,
    /// De naam, van een kandidaat, een coach of een bestuur
    pub aan_naam: Option<String>,
    /// Het bestuur waarvoor een account het krijgt
    pub bestuur: Option<String>,
    /// Waar het over gaat
    pub over: String,
    /// Hoe ver het is
    #[schema(value_type = Berichttoestand)]
    pub toestand: &'static str,
    /// Waarom het (nog) niet verstuurd is, of terugkwam: een code
    pub reden: Option<String>,
    /// Hoe vaak het geprobeerd is
    pub pogingen: i64,
    /// Wanneer het weer geprobeerd wordt (UTC); null als dat niet gebeurt
    #[schema(format = DateTime)]
    pub volgende_poging_op: Option<String>,
    /// Wanneer het gemaakt is (UTC)
    #[schema(format = DateTime)]
    pub gemaakt_op: String,
    /// Wanneer de mailserver het aannam (UTC)
    #[schema(format = DateTime)]
    pub verstuurd_op: Option<String>,
    /// Wanneer het mislukte, terugkwam of met de hand is afgehandeld (UTC)
    #[schema(format = DateTime)]
    pub einde_op: Option<String>,
}

fn told(it: Mail, names: &Names) -> Bericht {
    let (subject, to) = (it.message.subject(), it.message.to);
    Bericht {
        id: it.id,
        soort: it.message.kind.code(),
        onderwerp: subject,
        aan_soort: to.kind.code(),
        aan_naam: match to.kind {
            RecipientKind::Account => None,
            RecipientKind::Kandidaat => names.candidate(&to.id),
            RecipientKind::Coach => names.coach(&to.id),
            RecipientKind::Bestuur => names.board(&to.id),
        },
        aan: to.id,
        bestuur: it.board,
        over: it.message.about,
        toestand: it.state.code(),
        reden: it.reason,
        pogingen: it.tries,
        volgende_poging_op: (it.state == MailState::Wachtend).then(|| written(it.next)),
        gemaakt_op: written(it.made),
        verstuurd_op: it.sent.map(written),
        einde_op: it.ended.map(written),
    }
}

/// Who may see messages: an administrator those about accounts, an intermediary the others.
const ROLES: &[Role] = &[Role::Beheerder, Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list)))
        .routes(only(ROLES, routes!(read)))
        .routes(only(ROLES, routes!(eml)))
        .routes(only(ROLES, routes!(handled)))
        .routes(only(ROLES, routes!(bounced)))
        .routes(only(ROLES, routes!(again)))
}

async fn answer(app: &App, asked: &Asked, mut mail: Mail) -> Result<Response, Problem> {
    if drafts(app) && mail.state == MailState::Wachtend {
        mail.state = MailState::Concept;
    }
    Ok(Json(told(mail, &Names::seen_by(app, asked).await?)).into_response())
}

/// A word of a closed list under a query key.
fn word<W: Word>(keys: &mut Keys, page: &mut Page, key: &'static str) -> Option<W> {
    let text = keys.text(key)?;
    let word = W::parse(&text);
    match word {
        Some(word) => *page = page.clone().with(key, word.code()),
        None => {
            let all: Vec<&str> = W::ALL.iter().map(|it| it.code()).collect();
            keys.wrong(Fout::new("woord", key, "dit woord bestaat hier niet", format!("kies uit: {}", all.join(", "))));
        }
    }
    word
}

/// Berichten, het nieuwste eerst: een beheerder ziet die over accounts, een intermediair de andere
#[utoipa::path(get, path = "/berichten", tag = "berichten", operation_id = "berichten",
    params(("toestand" = Option<Berichttoestand>, Query), ("soort" = Option<Berichtsoort>, Query),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Bericht>)))]
async fn list(State(app): State<App>, asked: Asked, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    let state = word::<MailState>(&mut keys, &mut page, "toestand");
    let kind = word::<MailKind>(&mut keys, &mut page, "soort");
    keys.finish()?;
    let wanted = outbox::seen_by(&asked.caller, Wanted { state, kind, accounts: None, drafts: drafts(&app) });
    let (found, all) = app.store.read().mails(&wanted, page.skip(), page.size).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let resultaten = found.into_iter().map(|it| told(it, &names)).collect();
    Ok((page.links(all), Json(Pagina::<Bericht> { resultaten, totaal: all })))
}

/// Eén bericht
#[utoipa::path(get, path = "/berichten/{bericht}", tag = "berichten", operation_id = "bericht", params(("bericht" = String, Path)),
    responses((status = 200, body = Bericht)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mail = outbox::read(&app.store, &asked, &id, drafts(&app)).await?;
    answer(&app, &asked, mail).await
}

/// Een concept als brief (.eml), om zelf te versturen; heeft de brief een koppeling nodig, dan wordt zij nu gemaakt
#[utoipa::path(get, path = "/berichten/{bericht}/eml", tag = "berichten", operation_id = "berichtBrief", params(("bericht" = String, Path)),
    responses((status = 200, body = String, content_type = "message/rfc822"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn eml(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    papers::message(&app, &asked, &id).await
}

/// Zeg dat een bericht met de hand verstuurd of afgehandeld is
#[utoipa::path(post, path = "/berichten/{bericht}/verstuurd", tag = "berichten", operation_id = "berichtVerstuurd",
    params(("bericht" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Bericht), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn handled(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mail = outbox::handled(&app.store, &asked, &id, drafts(&app)).await?;
    answer(&app, &asked, mail).await
}

/// Zeg dat een bericht terugkwam
#[utoipa::path(post, path = "/berichten/{bericht}/terugbericht", tag = "berichten", operation_id = "berichtTerug",
    params(("bericht" = String, Path), ("Idempotency-Key" = Option<String>, Header)), request_body = inline(Bounce),
    responses((status = 200, body = Bericht), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn bounced(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    _: NoKeys,
    Read(body): Read<Bounce>,
) -> Result<Response, Problem> {
    let mail = outbox::bounced(&app.store, &asked, &id, body.reden).await?;
    answer(&app, &asked, mail).await
}

/// Laat een concept, of een bericht dat mislukte, alsnog versturen
#[utoipa::path(post, path = "/berichten/{bericht}/verzending", tag = "berichten", operation_id = "berichtVersturen",
    params(("bericht" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    responses((status = 200, body = Bericht), (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn again(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let mail = outbox::again(&app.store, &asked, &id, drafts(&app)).await?;
    answer(&app, &asked, mail).await
}
