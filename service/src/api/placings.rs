//! `/besturen/{bestuur}/voorstellen`: what is proposed and published for the schools of a board, with names only where it may have them.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Role;
use crate::actions::{Asked, placings};
use crate::listed::{Bouw, Fase};
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// Een plaatsing op een school van het bestuur: voorgesteld of vastgesteld
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bestuursvoorstel {
    /// De lichting
    pub lichting: String,
    /// De fase
    #[schema(value_type = Fase)]
    pub fase: String,
    /// Of de plaatsing vastgesteld is; anders is zij in beoordeling en kan zij nog veranderen
    pub vastgesteld: bool,
    /// De school
    pub school: String,
    /// De naam van de school
    pub school_naam: Option<String>,
    /// De plekkengroep
    pub plek: String,
    /// De bouw
    #[schema(value_type = Bouw)]
    pub bouw: String,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// De kandidaat (pseudoniem)
    pub kandidaat: String,
    /// De naam van de kandidaat; null zolang het bestuur geen ja zei en er niets is vastgesteld
    pub naam: Option<String>,
    /// De coach; null zolang het bestuur geen ja zei en er niets is vastgesteld
    pub coach: Option<String>,
    /// De naam van de coach; null zolang het bestuur geen ja zei en er niets is vastgesteld
    pub coach_naam: Option<String>,
}

/// Who may call it; a board about its own.
const ROLES: &[Role] = &[Role::Intermediair, Role::Bestuur];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(list)))
}

/// Wat er voor de scholen van een bestuur is voorgesteld, en wat er vanaf vandaag is vastgesteld
#[utoipa::path(get, path = "/besturen/{bestuur}/voorstellen", tag = "besturen", operation_id = "bestuurVoorstellen",
    params(("bestuur" = String, Path), ("pagina" = Option<i64>, Query, minimum = 1),
        ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Bestuursvoorstel>)))]
async fn list(
    State(app): State<App>,
    asked: Asked,
    Ids(id): Ids<String>,
    OriginalUri(uri): OriginalUri,
    mut keys: Keys,
) -> Result<Response, Problem> {
    let page = Page::among(&mut keys, uri.path().to_owned());
    keys.finish()?;
    let found = placings::of_board(&app.store, &asked, &id, page.skip(), page.size).await?;
    let (all, role) = (found.all, asked.caller.role());
    let resultaten = found.rows.iter().map(|it| {
        let named = crate::desk::named::names_for(it.told, role);
        Bestuursvoorstel {
            lichting: it.wave.clone(),
            fase: it.phase.clone(),
            vastgesteld: it.told.published,
            school: it.school.clone(),
            school_naam: found.schools.get(&it.school).cloned(),
            plek: it.seat.clone(),
            bouw: it.bouw.clone(),
            van: it.period.from.to_string(),
            tot: it.period.until.to_string(),
            kandidaat: it.candidate.clone(),
            naam: found.candidates.get(&it.candidate).filter(|_| named).cloned(),
            coach: named.then(|| it.coach.clone()),
            coach_naam: found.coaches.get(&it.coach).filter(|_| named).cloned(),
        }
    });
    let body = Pagina::<Bestuursvoorstel> { resultaten: resultaten.collect(), totaal: all };
    Ok((page.links(all), Json(body)).into_response())
}
