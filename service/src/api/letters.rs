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
use super::shapes::file::Pdf;
use super::shapes::names::Names;
use crate::access::Role;
use crate::actions::Asked;
use crate::actions::papers::letters;
use crate::listed::Briefsoort;
use crate::records::letter::Letter;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::guard;
use crate::serve::paging::{Page, Pagina};
use crate::serve::papers;
use crate::serve::problem::Problem;
use crate::serve::roles::only;
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
    papers::letters(&app, &asked, &id).await
}

/// De brief aan één kandidaat, als PDF
#[utoipa::path(get, path = "/lichtingen/{lichting}/brieven/{kandidaat}/pdf", tag = "papier", operation_id = "briefPdf",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = inline(Pdf), content_type = "application/pdf")))]
async fn one(State(app): State<App>, asked: Asked, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    papers::letter_to(&app, &asked, (&wave, &candidate)).await
}

/// De brief aan één kandidaat als bericht (.eml) met de PDF erbij, om zelf te versturen
#[utoipa::path(get, path = "/lichtingen/{lichting}/brieven/{kandidaat}/eml", tag = "papier", operation_id = "briefBericht",
    params(("lichting" = String, Path), ("kandidaat" = String, Path)),
    responses((status = 200, body = String, content_type = "message/rfc822"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
async fn eml(State(app): State<App>, asked: Asked, Ids((wave, candidate)): Ids<(String, String)>, _: NoKeys) -> Result<Response, Problem> {
    papers::letter_message(&app, &asked, (&wave, &candidate)).await
}

/// Uw eigen brief als PDF, met uw persoonlijke koppeling: een voorstel, of uw plek als zij is vastgesteld
#[utoipa::path(post, path = "/antwoordkoppelingen/brief", tag = "antwoordkoppelingen", operation_id = "koppelingBrief", security(()),
    request_body = inline(LinkShown), responses((status = 200, body = inline(Pdf), content_type = "application/pdf"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
async fn own(State(app): State<App>, _: NoKeys, Read(body): Read<LinkShown>) -> Result<Response, Problem> {
    papers::letter_by_link(&app, &body.koppeling).await
}
