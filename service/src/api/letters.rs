//! `/lichtingen/{lichting}/brieven`: letters to candidates, each and all of them as PDF, and as a message to send by hand. With a personal
//! link somebody reads the own letter.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::bodies::Read;
use super::bodies::answers::LinkShown;
use super::shapes::file::{Pdf, drawn, file};
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::papers::letters::{self, Letters};
use crate::listed::Briefsoort;
use crate::present::letter::Paper;
use crate::present::letter::candidate::paper;
use crate::present::mail::{Enclosed, Frame, enclosing};
use crate::records::letter::Letter;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::guard;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;
use crate::store::ids;
use loket_solver::matching::facts::words::Word;

/// Een brief die klaarligt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Brief {
    /// Aan welke kandidaat (pseudoniem)
    pub kandidaat: String,
    /// De naam
    pub naam: Option<String>,
    /// Wat de brief brengt
    #[schema(value_type = Briefsoort)]
    pub soort: &'static str,
}

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(only(ROLES, routes!(list)))
        .routes(only(ROLES, routes!(all)))
        .routes(only(ROLES, routes!(one)))
        .routes(only(ROLES, routes!(eml)))
}

/// What whoever has a link may ask.
pub fn open() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(own)).route_layer(from_fn(guard::matched))
}

/// Whom to ask, for a letter that this caller sends: the own address, or that of the service.
async fn contact(app: &App, asked: &Asked) -> Result<Option<String>, Problem> {
    let own = match asked.caller.account_id() {
        Some(account) => app.store.read().account(account).await?.and_then(|it| it.address),
        None => None,
    };
    Ok(own.or_else(|| app.settings.post.from.clone()))
}

fn papers(letters: &Letters) -> Vec<Paper> {
    letters.letters.values().map(|letter| paper(letter, &letters.frame)).collect()
}

/// De brieven van een lichting: aan wie, en wat zij brengen. Voor zij is vastgesteld zijn dat de voorstellen met akkoord
#[utoipa::path(get, path = "/lichtingen/{lichting}/brieven", tag = "papier", operation_id = "brieven",
    params(("lichting" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1),
        ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Brief>)))]
async fn list(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    OriginalUri(uri): OriginalUri,
    mut keys: Keys,
) -> Result<Response, Problem> {
    let page = Page::among(&mut keys, uri.path().to_owned());
    keys.finish()?;
    let found = letters::of_wave(&app.store, &asked, &id, None).await?;
    let names = Names::seen_by(&app, &asked).await?;
    let totaal = i64::try_from(found.letters.len()).unwrap_or(i64::MAX);
    let (skip, size) = (usize::try_from(page.skip()).unwrap_or(usize::MAX), usize::try_from(page.size).unwrap_or(0));
    let one = |(candidate, letter): (String, Letter)| Brief {
        naam: names.candidate(&candidate),
        kandidaat: candidate,
        soort: letter.news.kind().code(),
    };
    let resultaten = found.letters.into_iter().skip(skip).take(size).map(one).collect();
    Ok((page.links(totaal), Json(Pagina::<Brief> { resultaten, totaal })).into_response())
}

/// Alle brieven van een lichting in één PDF, om af te drukken: elke brief begint op een eigen bladzijde
#[utoipa::path(get, path = "/lichtingen/{lichting}/brieven/pdf", tag = "papier", operation_id = "brievenPdf",
    params(("lichting" = String, Path)),
    responses((status = 200, body = inline(Pdf), content_type = "application/pdf"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn all(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    let contact = contact(&app, &asked).await?;
    let found = letters::of_wave(&app.store, &asked, &id, contact).await?;
    if found.letters.is_empty() {
        return Err(Problem::conflict(
            "In deze lichting is er nu niemand die een brief krijgt: er is geen plan, of niemand is akkoord met een voorstel.",
        ));
    }
    let pdf = drawn(&app, format!("Brieven, {}", found.frame.wave), papers(&found), found.at).await?;
    Ok(file("application/pdf", "brieven.pdf", pdf))
}

/// De brief aan één kandidaat, als PDF
#[utoipa::path(get, path = "/lichtingen/{lichting}/brieven/{kandidaat}/pdf", tag = "papier", operation_id = "briefPdf",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = inline(Pdf), content_type = "application/pdf")))]
async fn one(State(app): State<App>, asked: Asked, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let contact = contact(&app, &asked).await?;
    let found = letters::to_one(&app.store, &asked, &wave, &candidate, contact).await?;
    letter_file(&app, &found).await
}

async fn letter_file(app: &App, found: &Letters) -> Result<Response, Problem> {
    let papers = papers(found);
    let title = papers.first().map_or_else(String::new, |it| it.title.clone());
    let pdf = drawn(app, title, papers, found.at).await?;
    Ok(file("application/pdf", "brief.pdf", pdf))
}

/// De brief aan één kandidaat als bericht (.eml) met de PDF erbij, om zelf te versturen
#[utoipa::path(get, path = "/lichtingen/{lichting}/brieven/{kandidaat}/eml", tag = "papier", operation_id = "briefBericht",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = String, content_type = "message/rfc822"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn eml(State(app): State<App>, asked: Asked, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    let contact = contact(&app, &asked).await?;
    let found = letters::to_one(&app.store, &asked, &wave, &candidate, contact.clone()).await?;
    let to = letters::address(&app.store, &candidate).await?;
    let kind = found.letters.get(&candidate).ok_or_else(Problem::unknown)?.news.message();
    let papers = papers(&found);
    let (text, title) = papers.first().map(|it| (it.text(), it.title.clone())).unwrap_or_default();
    let pdf = drawn(&app, title, papers, found.at).await?;
    let frame = Frame {
        to: &to,
        from: contact.as_deref().unwrap_or("loket@localhost.localdomain"),
        base: None,
        link: None,
        at: std::time::SystemTime::now(),
        unsent: true,
    };
    let enclosed = Enclosed { text: &text, name: "brief.pdf", pdf: &pdf };
    let message = enclosing(kind, &ids::new(), enclosed, &frame)
        .map_err(|_| Problem::conflict("Dit adres kan niet in een brief staan; verbeter het eerst."))?;
    Ok(file("message/rfc822", "brief.eml", message.formatted()))
}

/// Uw eigen brief als PDF, met uw persoonlijke koppeling: een voorstel, of uw plek als zij is vastgesteld
#[utoipa::path(post, path = "/antwoordkoppelingen/brief", tag = "antwoordkoppelingen", operation_id = "koppelingBrief", security(()),
    request_body = inline(LinkShown), responses((status = 200, body = inline(Pdf), content_type = "application/pdf"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn own(State(app): State<App>, _: NoKeys, Read(body): Read<LinkShown>) -> Result<Response, Problem> {
    let found = letters::by_link(&app.store, &body.koppeling, app.settings.post.from.clone()).await?;
    letter_file(&app, &found).await
}
