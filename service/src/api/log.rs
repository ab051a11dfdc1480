//! `/logboek`: who did what, when, to which thing.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::IntoResponse;
use loket_solver::matching::facts::words::Word;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shapes::line::Logregel;
use super::shapes::work::segment;
use crate::access::Role;
use crate::actions::{Asked, log};
use crate::records::deed::What;
use crate::serve::app::App;
use crate::serve::body::Keys;
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::store::log::Wanted;

/// Who may call them.
const ROLES: &[Role] = &[Role::Beheerder, Role::Intermediair];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(list)))
}

/// Het logboek, de nieuwste regel eerst; met na de eerste regel na dat nummer eerst
#[utoipa::path(get, path = "/logboek", tag = "dienst", operation_id = "logboek",
    params(("na" = Option<i64>, Query, minimum = 0, maximum = 1_000_000_000_000_i64, description = "alleen regels met een hoger nummer, en dan de oudste eerst"),
        ("wat" = Option<String>, Query, description = "alleen deze daad, zoals besluit; docs/api.md noemt ze alle"),
        ("onderwerp" = Option<String>, Query, description = "alleen over deze id, zoals van een lichting"),
        ("persoon" = Option<String>, Query, description = "alleen over deze kandidaat of coach (pseudoniem), ook waar het onderwerp iets anders is"),
        ("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Logregel>)))]
async fn list(State(app): State<App>, asked: Asked, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<impl IntoResponse, Problem> {
    let mut page = Page::among(&mut keys, uri.path().to_owned());
    let after = keys.number("na", 0, 1_000_000_000_000);
    let (what, subject, person) = (keys.text("wat"), keys.text("onderwerp"), keys.text("persoon"));
    let number = after.map(|it| it.to_string());
    for (key, value) in [("na", &number), ("wat", &what), ("onderwerp", &subject), ("persoon", &person)] {
        if let Some(value) = value {
            page = page.with(key, &segment(value));
        }
    }
    let word = what.as_deref().and_then(What::parse);
    if what.is_some() && word.is_none() {
        let all: Vec<&str> = What::ALL.iter().map(|it| it.code()).collect();
        keys.wrong(Fout::new("woord", "wat", "deze daad bestaat niet", format!("kies uit: {}", all.join(", "))));
    }
    keys.finish()?;
    let wanted = Wanted { after, what: word, subject, person, ..Wanted::default() };
    let (lines, all) = log::lines(&app.store, &asked, &wanted, page.skip(), page.size).await?;
    let resultaten = lines.into_iter().map(Logregel::from).collect();
    Ok((page.links(all), Json(Pagina::<Logregel> { resultaten, totaal: all })))
}
