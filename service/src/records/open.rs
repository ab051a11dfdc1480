//! Imports of open data about schools: what a file changes in the register, and what the last ones said of each school.

use loket_instances::sheets::open::OpenKind;
use loket_solver::matching::facts::words::{Word, words};
use serde::{Deserialize, Serialize};
use serde_json::Value;

words! {
    /// What became of an import.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum EditionState {
        /// Nothing was decided.
        Voorstel = "voorstel",
        /// The register follows it.
        Overgenomen = "overgenomen",
        /// It came to nothing.
        Ingetrokken = "ingetrokken",
    }

    /// What an import does to one thing.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum DifferenceKind {
        /// A board that the register does not have.
        BestuurNieuw = "bestuur-nieuw",
        /// A school that the register does not have.
        SchoolNieuw = "school-nieuw",
        /// A school of which something is otherwise.
        SchoolGewijzigd = "school-gewijzigd",
        /// A school that no longer is in the file.
        SchoolVerdwenen = "school-verdwenen",
        /// A school that no longer is in the file, and where seats or placements still are: it is told, and never ended by an import.
        SchoolVerdwenenBezet = "school-verdwenen-bezet",
        /// A postcode area that is new, or lies elsewhere.
        Pc4 = "pc4",
    }
}

/// One value that an import changes, or would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Which.
    #[serde(rename = "veld")]
    pub name: String,
    /// What the register has; null is nothing.
    pub was: Value,
    /// What the file has.
    #[serde(rename = "wordt")]
    pub now: Value,
    /// Whether the register keeps its own, since somebody changed it there after the last import.
    #[serde(rename = "blijft")]
    pub kept: bool,
}

/// What an import does to one board, school or postcode area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What.
    pub kind: DifferenceKind,
    /// Of which: an id of the register, or four digits.
    pub id: String,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Option<String>,
    /// What changes.
    #[serde(rename = "velden")]
    pub fields: Vec<Field>,
    /// What is worth knowing about it, in Dutch.
    #[serde(rename = "opmerkingen")]
    pub remarks: Vec<String>,
}

/// How many there are of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Schools of the file, in the area.
    pub scholen: i64,
    /// Boards that are new.
    pub besturen_nieuw: i64,
    /// Schools that are new.
    pub scholen_nieuw: i64,
    /// Schools of which something changes.
    pub scholen_gewijzigd: i64,
    /// Schools of which nothing changes.
    pub scholen_ongewijzigd: i64,
    /// Schools that are gone, and could be ended.
    pub scholen_verdwenen: i64,
    /// Schools that are gone, and that people have to end themselves.
    pub scholen_verdwenen_bezet: i64,
    /// Values that the register keeps, since somebody changed them there.
    pub velden_behouden: i64,
    /// Schools that ended in the register and are in the file: they stay ended.
    pub scholen_beeindigd: i64,
    /// Schools of the register that no import ever had and this one has not either: they stay as they are.
    pub scholen_buiten: i64,
    /// Schools of the other files that the register does not know: they are passed over.
    pub onbekend: i64,
    /// Schools that got the middle of their postcode area for a place.
    pub plaats_pc4: i64,
    /// Schools that have no place.
    pub zonder_plaats: i64,
    /// Schools whose score says little, since they have few pupils.
    pub score_onbetrouwbaar: i64,
    /// Postcode areas that are new or lie elsewhere.
    pub pc4: i64,
    /// Schools that were ended when it was taken over.
    pub beeindigd: i64,
}

/// A file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionFile {
    /// What it is about.
    pub kind: OpenKind,
    /// Hash of its bytes.
    pub sha256: String,
    /// The year of its scores.
    pub year: Option<i64>,
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its id.
    pub id: String,
    /// What became of it.
    pub state: EditionState,
    /// Its files.
    pub files: Vec<EditionFile>,
    /// The municipality; none for the whole country.
    pub municipality: Option<String>,
    /// How many there are of each.
    pub counts: Counts,
    /// What is worth knowing of the files, in Dutch.
    pub notices: Vec<String>,
    /// From 1.
    pub version: i64,
    /// When it was made, UTC milliseconds.
    pub at: i64,
    /// Who made it.
    pub who: String,
    /// When it was taken over or withdrawn, UTC milliseconds.
    pub decided: Option<i64>,
    /// Who did that.
    pub decided_by: Option<String>,
}

/// Where a place comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceFrom {
    /// The file gave it.
    Bestand,
    /// It is the middle of the postcode area.
    Pc4,
}

/// A place as a file gave it, in units of 0.00001 degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePlace {
    /// North.
    pub lat: i64,
    /// East.
    pub lon: i64,
    /// Where it comes from.
    pub van: PlaceFrom,
}

/// Pupils of a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePupils {
    /// The year.
    pub jaar: u16,
    /// How many; of `<5` at most four.
    pub aantal: u32,
    /// Whether the publisher hides how many.
    pub verborgen: bool,
}

/// The score of a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceScore {
    /// The year.
    pub jaar: i64,
    /// Target-group pupils by rank, 0–100.
    pub doelgroep: u32,
    /// Whether there are enough pupils for the score to say something.
    pub betrouwbaar: bool,
    /// Among the schools of which municipality it was ranked; none for the whole country.
    pub gemeente: Option<String>,
}

/// What the last files said of a school.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its code in the files.
    pub vestigingscode: String,
    /// Its name.
    pub naam: Option<String>,
    /// The number of its board.
    pub bevoegd_gezag: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Its municipality.
    pub gemeente: Option<String>,
    /// What it believes in.
    pub denominatie: Option<String>,
    /// Its kind: bo, sbo or so.
    pub soort: Option<String>,
    /// Where it is.
    pub plaats: Option<SourcePlace>,
    /// Its pupils.
    pub leerlingen: Option<SourcePupils>,
    /// Its score.
    pub score: Option<SourceScore>,
}

impl EditionFile {
    /// Who published such a file.
    pub fn publisher(kind: OpenKind) -> &'static str {
        match kind {
            OpenKind::Vestigingen | OpenKind::Leerlingen => "DUO",
            OpenKind::Scores => "CBS",
            OpenKind::Pc4 => "GeoNames",
        }
    }

    /// Its kind in the log and in messages.
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl EditionState {
    /// Whether it may still be taken over or withdrawn.
    pub fn is_open(self) -> bool {
        self == Self::Voorstel
    }
}

/// What the log says of a file.
#[derive(Clone, Debug, Serialize)]
pub struct LoggedFile {
    soort: &'static str,
    sha256: String,
    jaar: Option<i64>,
}

impl Edition {
    /// What the log says of its files.
    pub fn logged(&self) -> Vec<LoggedFile> {
        self.files.iter().map(|it| LoggedFile { soort: it.code(), sha256: it.sha256.clone(), jaar: it.year }).collect()
    }
}

impl DifferenceKind {
    /// Whether it is about a school that is gone: taking an import over changes nothing there by itself.
    pub fn is_gone(self) -> bool {
        matches!(self, Self::SchoolVerdwenen | Self::SchoolVerdwenenBezet)
    }
}
