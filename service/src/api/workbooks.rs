//! `/werkmappen`: a workbook that people fill in, read and told what is wrong with it. Nothing of it is kept: what comes back is made a
//! wave by whoever asked, when it is right.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::Response;
use loket_instances::sheets::wave::template;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Role;
use crate::serve::app::App;
use crate::serve::body::{Keys, NoKeys, Size, Taken, content, take};
use crate::serve::papers::file;
use crate::serve::problem::{Fout, Problem};
use crate::serve::roles::only;
use crate::serve::workbooks::{self, XLSX};

/// Who may call them.
const ROLES: &[Role] = &[Role::Intermediair];

/// Kinds of content that are read.
const KINDS: [&str; 4] = [XLSX, "text/csv", "application/vnd.ms-excel", "application/octet-stream"];

/// Iets in een werkmap dat niet klopt
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Werkmapfout {
    /// Wat voor fout het is
    pub code: String,
    /// Het blad; leeg is de hele werkmap
    pub blad: String,
    /// De rij, zoals het rekenblad die telt; null is het hele blad
    pub rij: Option<u32>,
    /// De cel, zoals C12
    pub cel: String,
    /// Wat er boven de kolom staat
    pub kop: Option<String>,
    /// Wat er staat
    pub er_staat: Option<String>,
    /// Wat er niet klopt
    pub wat: String,
    /// Wat u kunt doen
    pub oplossing: String,
}

/// Iets in een werkmap dat goed is om te weten
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Werkmapmelding {
    /// Het blad; leeg is de hele werkmap
    pub blad: String,
    /// De rij; null is het hele blad
    pub rij: Option<u32>,
    /// De cel
    pub cel: String,
    /// Wat er gedaan of gezien is
    pub tekst: String,
}

/// Een kolom die iets anders zegt dan de vorige keer
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Werkmapkolom {
    /// Wat er boven de kolom staat
    pub kop: String,
    /// Wat er stond
    pub was: String,
    /// Wat er nu staat
    pub wordt: String,
}

/// Een rij die anders is dan in de lichting waarmee vergeleken is
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Werkmapverandering {
    /// Het blad
    pub blad: String,
    /// Over wie of wat de rij gaat
    pub over: String,
    /// nieuw, weg of anders
    pub wat: String,
    /// Wat er anders is
    pub kolommen: Vec<Werkmapkolom>,
}

/// Wat er in een werkmap staat en wat er niet klopt; er is niets bewaard
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub struct Werkmaplezing {
    /// Alles wat er niet klopt, op volgorde van blad, rij en kolom
    pub problemen: Vec<Werkmapfout>,
    /// Hoeveel problemen hier niet bij staan
    pub meer: usize,
    /// Wat goed is om te weten
    pub meldingen: Vec<Werkmapmelding>,
    /// Wat er anders is dan in de lichting waarmee vergeleken is, namen daargelaten; null als er niet vergeleken is
    pub veranderingen: Option<Vec<Werkmapverandering>>,
    /// Het lichtingbestand, om een lichting van te maken; null als er iets niet klopt
    #[schema(value_type = Option<Object>)]
    pub lichting: Value,
    /// De eerste dag die de werkmap noemt
    pub van: Option<String>,
    /// De laatste dag die de werkmap noemt
    pub tot: Option<String>,
}

/// The routes of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(only(ROLES, routes!(empty))).routes(only(ROLES, routes!(read))).routes(only(ROLES, routes!(copy)))
}

/// Een lege werkmap om in te vullen, met uitleg en voorbeelden
#[utoipa::path(get, path = "/werkmappen/sjabloon", tag = "lichtingen", operation_id = "werkmapSjabloon",
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn empty(State(app): State<App>, _: NoKeys) -> Result<Response, Problem> {
    let made = app.gates.answers.work(1, template::template).await?;
    let bytes = made.map_err(|_| Problem::busy("Het sjabloon kan nu niet gemaakt worden."))?;
    Ok(file(XLSX, "sjabloon.xlsx", bytes))
}

/// Lees een werkmap (xlsx, of één blad als CSV): alles wat er niet klopt in één keer, of het lichtingbestand. Er wordt niets bewaard
#[utoipa::path(post, path = "/werkmappen/lezing", tag = "lichtingen", operation_id = "werkmapLezen",
    params(("naam" = Option<String>, Query, description = "De naam van het bestand; van een CSV-bestand de naam van het blad", max_length = 100),
        ("lichting" = Option<String>, Query, description = "De lichting waarmee vergeleken wordt", max_length = 64),
        ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", description = "De werkmap (xlsx), of een CSV-bestand met de soort inhoud text/csv"),
    responses((status = 200, body = Werkmaplezing)))]
async fn read(State(app): State<App>, keys: Keys, request: Request) -> Result<Json<Werkmaplezing>, Problem> {
    let answer = answered(&app, keys, request, false).await?;
    let answer = serde_json::from_slice(&answer).map_err(|_| Problem::busy("De werkmap kan nu niet gelezen worden."))?;
    Ok(Json(answer))
}

/// Een kopie van een werkmap waarin elke cel die niet klopt gemarkeerd is, met wat u kunt doen. Er wordt niets bewaard
#[utoipa::path(post, path = "/werkmappen/kopie", tag = "lichtingen", operation_id = "werkmapKopie",
    params(("naam" = Option<String>, Query, description = "De naam van het bestand; van een CSV-bestand de naam van het blad", max_length = 100),
        ("Idempotency-Key" = Option<String>, Header)),
    request_body(content = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", description = "De werkmap (xlsx), of een CSV-bestand met de soort inhoud text/csv"),
    responses((status = 200, body = String, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))]
async fn copy(State(app): State<App>, keys: Keys, request: Request) -> Result<Response, Problem> {
    let answer = answered(&app, keys, request, true).await?;
    Ok(file(XLSX, "werkmap-met-fouten.xlsx", answer))
}

/// What the child made of the body.
async fn answered(app: &App, mut keys: Keys, request: Request, copy: bool) -> Result<Vec<u8>, Problem> {
    if !KINDS.contains(&content(&request).as_str()) {
        return Err(Problem::media_type_of("een werkmap (xlsx) of een CSV-bestand (text/csv)"));
    }
    let name = keys.text("naam").unwrap_or_default();
    if name.chars().count() > 100 || name.chars().any(char::is_control) {
        keys.wrong(Fout::new("grens", "naam", "dit is geen naam van een bestand", "gebruik hoogstens 100 tekens"));
    }
    let mut before = None;
    if let Some(id) = if copy { None } else { keys.text("lichting") } {
        match app.store.read().wave(&id).await? {
            Some(wave) => before = app.store.read().input(&wave.input).await?,
            None => keys.wrong(Fout::new("onbekende-verwijzing", "lichting", "deze lichting bestaat niet", "kies een lichting die er is")),
        }
    }
    keys.finish()?;
    let Taken { bytes, room } = take(request, app, Size::Whole).await?;
    let done = workbooks::read(app, (name, bytes), before, copy).await;
    drop(room);
    done
}
