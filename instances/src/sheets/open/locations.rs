//! Where schools are: DUO's list of locations, in either generation of its columns, or a joined table with coordinates.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::SchoolKind;
use serde::{Deserialize, Serialize};

use super::Read;
use super::columns::{BOARD, BOARD_NAME, CODE, DENOMINATION, DISTRICT, INSTITUTION, KIND, LAT, LON, MUNICIPALITY, NAME, POSTCODE, TOWN};
use super::grid::{Cells, Grid, Reading, short};
use super::numbers::{Place, degrees, pc4};
use crate::sheets::problem::Found;

/// Most schools of a file.
const MOST: usize = 100_000;

/// A school as a list of locations has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Line of the file, from 1.
    pub line: u32,
    /// Six characters: the institution and the number of the building.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The number of its board.
    pub board: String,
    /// The name of its board.
    pub board_name: Option<String>,
    /// Its postcode as four digits and two letters, or four digits alone.
    pub postcode: Option<String>,
    /// Its town.
    pub town: Option<String>,
    /// Its municipality, as the file writes it.
    pub municipality: Option<String>,
    /// What it believes in, without capitals.
    pub denomination: Option<String>,
    /// Its kind, where the file says so.
    #[serde(with = "super::kind_word")]
    pub kind: Option<SchoolKind>,
    /// The part of the city, where the file says so.
    pub district: Option<String>,
    /// Where it is, where the file says so.
    pub place: Option<Place>,
}

impl Location {
    /// Whether it is in this municipality, whatever the capitals.
    pub fn is_in(&self, municipality: &str) -> bool {
        self.municipality.as_deref().is_some_and(|it| same_name(it, municipality))
    }

    /// The four digits of its postcode.
    pub fn pc4(&self) -> Option<&str> {
        self.postcode.as_deref().and_then(pc4)
    }
}

/// Whether two names of places are the same but for capitals and blanks at the ends.
pub fn same_name(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Which columns hold what the code of a school is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    code: usize,
    institution: Option<usize>,
}

impl Code {
    /// The columns of a table.
    pub fn find(reading: &mut Reading<'_>) -> Option<Self> {
        let institution = reading.column(&INSTITUTION);
        reading.need(&CODE).map(|code| Self { code, institution })
    }

    /// Something is wrong with the code of a line.
    pub fn wrong(self, cells: &mut Cells<'_, '_>, code: &'static str, what: String, remedy: &str) {
        cells.wrong::<()>(self.code, code, what, remedy);
    }

    /// The code of a line: six characters, or a number that goes behind the institution.
    pub fn read(self, cells: &mut Cells<'_, '_>) -> Option<String> {
        let said = cells.required(self.code)?;
        let mut code = said.to_uppercase();
        if code.len() <= 2
            && code.bytes().all(|it| it.is_ascii_digit())
            && let Some(institution) = cells.text(self.institution)
        {
            code = format!("{}{code:0>2}", institution.to_uppercase());
        }
        if is_code(&code) {
            return Some(code);
        }
        let what = format!("\"{}\" is geen code van een vestiging", short(said));
        cells.wrong(self.code, "brin", what, "schrijf hem als 21QZ00: de code van de instelling en twee cijfers")
    }
}

/// Whether a text is two digits, two letters and two digits.
pub fn is_code(text: &str) -> bool {
    let right = |(at, byte): (usize, u8)| if matches!(at, 2 | 3) { byte.is_ascii_uppercase() } else { byte.is_ascii_digit() };
    text.len() == 6 && text.bytes().enumerate().all(right)
}

/// The kind of a school in words of the publishers; nothing for schools that are no primary schools.
pub(super) fn kind_of(text: &str) -> Result<Option<SchoolKind>, ()> {
    match text.to_lowercase().as_str() {
        "bo" | "bao" | "basisonderwijs" => Ok(Some(SchoolKind::Bo)),
        "sbo" | "sbao" | "speciaal basisonderwijs" => Ok(Some(SchoolKind::Sbo)),
        "so" | "so/vso" | "sovso" | "speciaal onderwijs" => Ok(Some(SchoolKind::So)),
        "vso" => Ok(None),
        _ => Err(()),
    }
}

/// Reads a list of locations.
///
/// # Errors
/// Every problem, with its line and column.
pub fn read_locations(grid: &Grid) -> Result<Read<Vec<Location>>, Found> {
    let mut reading = Reading::of(grid);
    let (code, name, board) = (Code::find(&mut reading), reading.need(&NAME), reading.need(&BOARD));
    let (Some(code), Some(name), Some(board)) = (code, name, board) else { return reading.close(Vec::new()) };
    let columns = Columns {
        code,
        name,
        board,
        board_name: reading.column(&BOARD_NAME),
        postcode: reading.column(&POSTCODE),
        town: reading.column(&TOWN),
        municipality: reading.column(&MUNICIPALITY),
        denomination: reading.column(&DENOMINATION),
        kind: reading.column(&KIND),
        district: reading.column(&DISTRICT),
        lat: reading.column(&LAT),
        lon: reading.column(&LON),
    };
    let (mut rows, mut met, mut other) = (Vec::new(), BTreeMap::new(), 0);
    for line in reading.lines(MOST) {
        let mut cells = reading.cells(line);
        match columns.kind.map(|at| (at, cells.text(Some(at)).map(kind_of))) {
            Some((_, Some(Ok(None)))) => {
                other += 1;
                continue;
            }
            Some((at, Some(Err(())))) => {
                let _: Option<()> = cells.wrong(at, "woord", "deze soort school kennen we niet".into(), "kies uit: BO, SBO, SO, VSO");
            }
            _ => {}
        }
        let Some(row) = columns.read(&mut cells) else { continue };
        if let Some(first) = met.insert(row.code.clone(), row.line) {
            let what = format!("vestiging {} staat ook op regel {first}", row.code);
            columns.code.wrong(&mut cells, "dubbel-id", what, "laat een van de twee regels weg");
        }
        rows.push(row);
    }
    if other > 0 {
        reading.notice(format!("{other} scholen voor voortgezet speciaal onderwijs zijn overgeslagen"));
    }
    if rows.is_empty() && reading.clean() {
        reading.wrong("leeg", 0, "er staat geen enkele school in het bestand".into(), "kijk na of dit het goede bestand is");
    }
    reading.close(rows)
}

/// Where each part of a location stands.
struct Columns {
    code: Code,
    name: usize,
    board: usize,
    board_name: Option<usize>,
    postcode: Option<usize>,
    town: Option<usize>,
    municipality: Option<usize>,
    denomination: Option<usize>,
    kind: Option<usize>,
    district: Option<usize>,
    lat: Option<usize>,
    lon: Option<usize>,
}

impl Columns {
    /// The school of a line; none, and at least one problem, when a cell is wrong.
    fn read(&self, cells: &mut Cells<'_, '_>) -> Option<Location> {
        let (code, name, board) = (self.code.read(cells), cells.required(self.name), cells.id(self.board));
        let (board_name, town) = (cells.optional(self.board_name), cells.optional(self.town));
        let (municipality, denomination) = (cells.optional(self.municipality), cells.optional(self.denomination));
        let postcode = match (self.postcode, cells.text(self.postcode)) {
            (Some(_), Some(text)) if pc4(text).is_some() => {
                Some(Some(text.chars().filter(|it| !it.is_whitespace()).collect::<String>().to_uppercase()))
            }
            (Some(column), Some(text)) => {
                let what = format!("\"{}\" is geen postcode", short(text));
                cells.wrong(column, "postcode", what, "schrijf hem als 1012 AB, of laat het veld leeg")
            }
            _ => Some(None),
        };
        let (place, district) = (place(cells, self.lat, self.lon), cells.optional(self.district));
        let kind = cells.text(self.kind).and_then(|it| kind_of(it).ok()).flatten();
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Some(Location {
            line: cells.line(),
            code: code?,
            name: name?.to_owned(),
            board: board?.to_owned(),
            board_name: owned(board_name?),
            postcode: postcode?,
            town: owned(town?),
            municipality: owned(municipality?),
            denomination: denomination?.map(str::to_lowercase),
            kind,
            district: owned(district?),
            place: place?,
        })
    }
}

/// A place of two columns that come together or not at all; `None` when it is wrong.
pub(super) fn place(cells: &mut Cells<'_, '_>, lat: Option<usize>, lon: Option<usize>) -> Option<Option<Place>> {
    let (north, east) = (cells.text(lat), cells.text(lon));
    let mut read = |column: Option<usize>, text: Option<&str>, most: i64| -> Option<i64> {
        let (column, text) = (column?, text?);
        degrees(text, most).or_else(|| {
            let what = format!("\"{}\" is geen aantal graden van -{most} tot {most}", short(text));
            cells.wrong(column, "grens", what, "schrijf graden als 52.37403 of 52,37403")
        })
    };
    let (read_lat, read_lon) = (read(lat, north, 90), read(lon, east, 180));
    match (north, east) {
        (None, None) => Some(None),
        (Some(_), Some(_)) => Some(Some(Place { lat: read_lat?, lon: read_lon? })),
        _ => {
            let column = lat.or(lon).unwrap_or_default();
            cells.wrong(column, "samen", "lat en lon staan er niet allebei".into(), "vul ze allebei in, of geen van beide")
        }
    }
}
