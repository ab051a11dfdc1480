//! Imports of open data as answers: the import, what it changes, and what the last files said of a school.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use loket_instances::sheets::open::OpenKind;
use loket_solver::matching::facts::words::Word;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::listed::{Opensoort, Opentoestand, Openverschil};
use crate::records::open::{Counts, Difference, DifferenceKind, Edition, EditionFile, EditionState, Field, PlaceFrom, Source};
use crate::serve::etag::tag;
use crate::store::clock::written;

/// Een bestand met open gegevens
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Openbestand {
    /// Waar het over gaat
    #[schema(value_type = Opensoort)]
    pub soort: &'static str,
    /// Wie het uitgeeft
    pub bron: String,
    /// SHA-256 van het bestand
    pub sha256: String,
    /// Het jaar van de scores; null bij een ander bestand
    pub jaar: Option<i64>,
}

impl From<EditionFile> for Openbestand {
    fn from(it: EditionFile) -> Self {
        Self { soort: it.kind.code(), bron: EditionFile::publisher(it.kind).into(), sha256: it.sha256, jaar: it.year }
    }
}

/// Hoeveel er van elk is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Opentellingen {
    /// Scholen in het bestand, binnen de gemeente
    pub scholen: i64,
    /// Nieuwe besturen
    pub besturen_nieuw: i64,
    /// Nieuwe scholen
    pub scholen_nieuw: i64,
    /// Scholen waarvan iets verandert
    pub scholen_gewijzigd: i64,
    /// Scholen waarvan niets verandert
    pub scholen_ongewijzigd: i64,
    /// Scholen die niet meer in het bestand staan en beëindigd kunnen worden
    pub scholen_verdwenen: i64,
    /// Scholen die niet meer in het bestand staan en waar nog plekken of plaatsingen zijn
    pub scholen_verdwenen_bezet: i64,
    /// Waarden die blijven omdat ze in het register zelf veranderd zijn
    pub velden_behouden: i64,
    /// Scholen uit het bestand die in het register beëindigd zijn; dat blijft zo
    pub scholen_beeindigd: i64,
    /// Scholen van het register die in geen enkel bestand stonden; daar verandert niets aan
    pub scholen_buiten: i64,
    /// Scholen uit de andere bestanden die het register niet kent
    pub onbekend: i64,
    /// Scholen die het midden van hun postcode als plaats hebben
    pub plaats_pc4: i64,
    /// Scholen zonder plaats
    pub zonder_plaats: i64,
    /// Scholen met 40 leerlingen of minder: hun score zegt weinig
    pub score_onbetrouwbaar: i64,
    /// Postcodes die nieuw zijn of ergens anders liggen
    pub pc4: i64,
    /// Scholen die bij het overnemen beëindigd zijn
    pub beeindigd: i64,
}

impl From<Counts> for Opentellingen {
    fn from(it: Counts) -> Self {
        Self {
            scholen: it.scholen,
            besturen_nieuw: it.besturen_nieuw,
            scholen_nieuw: it.scholen_nieuw,
            scholen_gewijzigd: it.scholen_gewijzigd,
            scholen_ongewijzigd: it.scholen_ongewijzigd,
            scholen_verdwenen: it.scholen_verdwenen,
            scholen_verdwenen_bezet: it.scholen_verdwenen_bezet,
            velden_behouden: it.velden_behouden,
            scholen_beeindigd: it.scholen_beeindigd,
            scholen_buiten: it.scholen_buiten,
            onbekend: it.onbekend,
            plaats_pc4: it.plaats_pc4,
            zonder_plaats: it.zonder_plaats,
            score_onbetrouwbaar: it.score_onbetrouwbaar,
            pc4: it.pc4,
            beeindigd: it.beeindigd,
        }
    }
}

/// Een voorstel om open gegevens over te nemen in het register, en wat ervan geworden is
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Openvoorstel {
    /// Het id
    pub id: String,
    /// Wat ervan geworden is
    #[schema(value_type = Opentoestand)]
    pub toestand: EditionState,
    /// De bestanden
    pub bestanden: Vec<Openbestand>,
    /// Alleen scholen van deze gemeente; null is het hele land
    pub gemeente: Option<String>,
    /// Hoeveel er van elk is
    pub tellingen: Opentellingen,
    /// Wat opvalt aan het bestand
    pub meldingen: Vec<String>,
    /// De versie, ook in de ETag
    pub versie: i64,
    /// Wanneer het voorgesteld is (UTC)
    #[schema(format = DateTime)]
    pub op: String,
    /// Wie het voorstelde: een account
    pub door: String,
    /// Wanneer het overgenomen of ingetrokken is (UTC); null als dat niet zo is
    #[schema(format = DateTime)]
    pub besloten_op: Option<String>,
    /// Wie dat deed: een account
    pub besloten_door: Option<String>,
}

impl From<Edition> for Openvoorstel {
    fn from(it: Edition) -> Self {
        Self {
            id: it.id,
            toestand: it.state,
            bestanden: it.files.into_iter().map(Openbestand::from).collect(),
            gemeente: it.municipality,
            tellingen: it.counts.into(),
            meldingen: it.notices,
            versie: it.version,
            op: written(it.at),
            door: it.who,
            besloten_op: it.decided.map(written),
            besloten_door: it.decided_by,
        }
    }
}

/// An import as the body of a refusal.
pub fn shown(it: Edition) -> Value {
    json!(Openvoorstel::from(it))
}

/// An import with its version.
pub fn answer(status: StatusCode, it: Edition) -> Response {
    let version = it.version;
    (status, [(header::ETAG, tag(version))], Json(Openvoorstel::from(it))).into_response()
}

/// Eén waarde die verandert
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Openveld {
    /// Welke
    pub veld: String,
    /// Wat het register heeft; null is niets
    pub was: Value,
    /// Wat het bestand heeft
    pub wordt: Value,
    /// Of het register zijn eigen waarde houdt, omdat die daar na de vorige import veranderd is
    pub blijft: bool,
}

impl From<Field> for Openveld {
    fn from(it: Field) -> Self {
        Self { veld: it.name, was: it.was, wordt: it.now, blijft: it.kept }
    }
}

/// Wat er met één bestuur, school of postcode gebeurt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Openverschilregel {
    /// Wat
    #[schema(value_type = Openverschil)]
    pub wat: DifferenceKind,
    /// De id in het register, of de vier cijfers van een postcode
    pub id: String,
    /// De naam van de school of het bestuur; null als die er niet is
    pub naam: Option<String>,
    /// Wat er verandert
    pub velden: Vec<Openveld>,
    /// Wat erbij te weten is
    pub opmerkingen: Vec<String>,
}

impl From<Difference> for Openverschilregel {
    fn from(it: Difference) -> Self {
        let velden = it.fields.into_iter().map(Openveld::from).collect();
        Self { wat: it.kind, id: it.id, naam: it.name, velden, opmerkingen: it.remarks }
    }
}

/// Leerlingen van een school volgens DUO
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Openleerlingen {
    /// Het jaar
    pub jaar: i64,
    /// Hoeveel; als DUO dat verbergt hoogstens vier
    pub aantal: i64,
    /// Of DUO verbergt hoeveel het er zijn
    pub verborgen: bool,
    /// Wie het uitgeeft
    pub bron: String,
}

/// De score van een school volgens CBS, en wat daaruit volgt
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Openscore {
    /// Het jaar
    pub jaar: i64,
    /// Doelgroepleerlingen naar rang: 0 is de laagste score per leerling, 100 de hoogste
    pub doelgroep: i64,
    /// Of de school genoeg leerlingen heeft om iets aan de score te hebben
    pub betrouwbaar: bool,
    /// De gemeente waarbinnen de rang geldt; null is het hele land
    pub gemeente: Option<String>,
    /// Wie het uitgeeft
    pub bron: String,
}

/// Wat de laatste open gegevens over een school zeiden
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Schoolbron {
    /// De code van de vestiging
    pub vestigingscode: String,
    /// De naam
    pub naam: Option<String>,
    /// Het nummer van het bevoegd gezag
    pub bevoegd_gezag: Option<String>,
    /// De postcode
    pub postcode: Option<String>,
    /// De gemeente
    pub gemeente: Option<String>,
    /// De denominatie
    pub denominatie: Option<String>,
    /// bo, sbo of so; null als geen bestand dat zei
    pub soort: Option<String>,
    /// Waar de plaats vandaan komt: bestand, of pc4 voor het midden van de postcode; null als er geen plaats is
    pub plaats_van: Option<String>,
    /// Leerlingen
    pub leerlingen: Option<Openleerlingen>,
    /// Score
    pub score: Option<Openscore>,
    /// Wanneer dit overgenomen is (UTC)
    #[schema(format = DateTime)]
    pub op: String,
}

impl Schoolbron {
    /// What was kept, and when.
    pub fn of(it: Source, at: i64) -> Self {
        let pupils = it.leerlingen.map(|it| Openleerlingen {
            jaar: it.jaar.into(),
            aantal: it.aantal.into(),
            verborgen: it.verborgen,
            bron: EditionFile::publisher(OpenKind::Leerlingen).into(),
        });
        let score = it.score.map(|it| Openscore {
            jaar: it.jaar,
            doelgroep: it.doelgroep.into(),
            betrouwbaar: it.betrouwbaar,
            gemeente: it.gemeente,
            bron: EditionFile::publisher(OpenKind::Scores).into(),
        });
        let from = it.plaats.map(|it| match it.van {
            PlaceFrom::Bestand => "bestand".to_owned(),
            PlaceFrom::Pc4 => "pc4".to_owned(),
        });
        Self {
            vestigingscode: it.vestigingscode,
            naam: it.naam,
            bevoegd_gezag: it.bevoegd_gezag,
            postcode: it.postcode,
            gemeente: it.gemeente,
            denominatie: it.denominatie,
            soort: it.soort,
            plaats_van: from,
            leerlingen: pupils,
            score,
            op: written(at),
        }
    }
}
