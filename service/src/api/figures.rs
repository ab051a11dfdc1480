//! `/cijfers` and `/lichtingen/{lichting}/cijfers`: how many are placed, for who sees no people; small counts are hidden.

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse, Response};
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Role;
use crate::actions::{Asked, figures};
use crate::desk::figures::Seen;
use crate::desk::masked::SMALL;
use crate::listed::{Fase, Lichtingtoestand};
use crate::records::wave::Wave;
use crate::serve::app::App;
use crate::serve::body::{Ids, Keys, NoKeys};
use crate::serve::paging::{Page, Pagina};
use crate::serve::problem::Problem;
use crate::serve::roles::only;

/// De cijfers van een lichting. Een aantal dat null is terwijl er een plan is, is klein, of zou een klein aantal verraden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Cijfers {
    /// De lichting
    pub lichting: String,
    /// De fase
    #[schema(value_type = Fase)]
    pub fase: String,
    /// Waar zij in haar leven is
    #[schema(value_type = Lichtingtoestand)]
    pub toestand: String,
    /// De eerste dag
    #[schema(format = Date)]
    pub van: String,
    /// De laatste dag
    #[schema(format = Date)]
    pub tot: String,
    /// Hoeveel kandidaten er zijn
    pub kandidaten: Option<i64>,
    /// Of er een plan is; zonder plan zijn de aantallen hieronder null
    pub berekend: bool,
    /// Hoeveel er geplaatst zijn
    pub geplaatst: Option<i64>,
    /// Hoeveel niet
    pub ongeplaatst: Option<i64>,
    /// Op welke keuze van bouw de geplaatsten terechtkomen
    pub keuzen: Keuzen,
    /// Geplaatsten per bestuur: voor een bestuur alleen het eigen
    pub besturen: Vec<Bestuurscijfer>,
    /// Of er iets verborgen is
    pub verborgen: bool,
    /// Aantallen onder dit getal zijn klein
    pub klein_onder: i64,
}

/// Het keuzeprofiel van een plan
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Keuzen {
    /// De eerste keuze
    pub eerste: Option<i64>,
    /// De tweede keuze
    pub tweede: Option<i64>,
    /// Een latere keuze
    pub later: Option<i64>,
}

/// Hoeveel er bij een bestuur geplaatst zijn
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bestuurscijfer {
    /// Het bestuur
    pub bestuur: String,
    /// Hoeveel; null is verborgen of nog niet berekend
    pub geplaatst: Option<i64>,
}

/// Who may see those of a wave.
const ONE: &[Role] = &[Role::Beheerder, Role::Intermediair, Role::Bestuur, Role::Lezer];
/// Who may see those of every wave.
const ALL: &[Role] = &[Role::Beheerder, Role::Intermediair, Role::Lezer];

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ALL, routes!(list))).routes(only(ONE, routes!(read)))
}

fn told((wave, seen): (Wave, Seen)) -> Cijfers {
    let [eerste, tweede, later] = seen.choices;
    let with_plan = |count: Option<i64>| count.filter(|_| seen.planned);
    Cijfers {
        lichting: wave.id,
        fase: wave.phase,
        toestand: wave.life.code().into(),
        van: wave.from,
        tot: wave.until,
        kandidaten: seen.candidates,
        berekend: seen.planned,
        geplaatst: with_plan(seen.placed),
        ongeplaatst: with_plan(seen.unplaced),
        keuzen: Keuzen { eerste: with_plan(eerste), tweede: with_plan(tweede), later: with_plan(later) },
        besturen: seen.boards.into_iter().map(|(bestuur, count)| Bestuurscijfer { bestuur, geplaatst: with_plan(count) }).collect(),
        verborgen: seen.hidden,
        klein_onder: SMALL,
    }
}

/// De cijfers van elke lichting
#[utoipa::path(get, path = "/cijfers", tag = "cijfers", operation_id = "cijfers",
    params(("pagina" = Option<i64>, Query, minimum = 1), ("paginaGrootte" = Option<i64>, Query, minimum = 1, maximum = 200)),
    responses((status = 200, body = Pagina<Cijfers>)))]
async fn list(State(app): State<App>, asked: Asked, OriginalUri(uri): OriginalUri, mut keys: Keys) -> Result<Response, Problem> {
    let page = Page::among(&mut keys, uri.path().to_owned());
    keys.finish()?;
    let (rows, all) = figures::of_waves(&app.store, &asked, page.skip(), page.size).await?;
    let resultaten = rows.into_iter().map(told).collect();
    Ok((page.links(all), Json(Pagina::<Cijfers> { resultaten, totaal: all })).into_response())
}

/// De cijfers van een lichting
#[utoipa::path(get, path = "/lichtingen/{lichting}/cijfers", tag = "cijfers", operation_id = "cijfersVanLichting",
    params(("lichting" = String, Path)), responses((status = 200, body = Cijfers)))]
async fn read(State(app): State<App>, asked: Asked, Ids(id): Ids<String>, _: NoKeys) -> Result<Response, Problem> {
    Ok(Json(told(figures::of_wave(&app.store, &asked, &id).await?)).into_response())
}
