//! How many pupils each school has by year: DUO's history, whose columns end with a year; `<5` hides one to four, 0 is closed.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::SchoolKind;
use serde::{Deserialize, Serialize};

use super::Read;
use super::columns::{Column, KIND};
use super::grid::{Grid, Reading, short};
use super::locations::{Code, kind_of};
use super::numbers::count;
use crate::sheets::problem::Found;

const MOST: usize = 100_000;
const PER_YEAR: Column = Column { name: "LEERLINGEN_2025", also: &[] };

/// How many pupils there are in one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Count {
    /// None: closed, or not open yet.
    Closed,
    /// One to four: the publisher hides how many.
    Hidden,
    /// So many.
    Known(u32),
}

impl Count {
    /// How many there are at most.
    pub fn most(self) -> u32 {
        match self {
            Self::Closed => 0,
            Self::Hidden => 4,
            Self::Known(count) => count,
        }
    }
}

/// The pupils of one school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pupils {
    /// The code of the school.
    pub code: String,
    /// Its kind; none for a school that is no primary school, or where the file does not say.
    #[serde(with = "super::kind_word")]
    pub kind: Option<SchoolKind>,
    /// By year, the earliest first; years whose cell is empty are left out.
    pub years: Vec<(u16, Count)>,
}

impl Pupils {
    /// The last year that is told.
    pub fn latest(&self) -> Option<(u16, Count)> {
        self.years.last().copied()
    }
}

/// Reads how many pupils schools have.
///
/// # Errors
/// Every problem, with its line and column.
pub fn read_pupils(grid: &Grid) -> Result<Read<Vec<Pupils>>, Found> {
    let mut reading = Reading::of(grid);
    let (code, kind) = (Code::find(&mut reading), reading.column(&KIND));
    let years = reading.years("leerlingen");
    if years.is_empty() {
        reading.missing(&PER_YEAR);
    }
    let Some(code) = code.filter(|_| !years.is_empty()) else { return reading.close(Vec::new()) };
    let (mut rows, mut met) = (Vec::new(), BTreeMap::new());
    for line in reading.lines(MOST) {
        let mut cells = reading.cells(line);
        let read = code.read(&mut cells);
        let mut counts = Vec::new();
        for &(year, column) in &years {
            let Some(text) = cells.text(Some(column)) else { continue };
            match (text, count(text)) {
                ("<5" | "< 5", _) => counts.push((year, Count::Hidden)),
                (_, Some(0)) => counts.push((year, Count::Closed)),
                (_, Some(count)) => counts.push((year, Count::Known(count))),
                (_, None) => {
                    let what = format!("\"{}\" is geen aantal leerlingen", short(text));
                    cells.wrong::<()>(column, "type", what, "schrijf een heel getal, of <5");
                }
            }
        }
        let kind = cells.text(kind).and_then(|it| kind_of(it).ok()).flatten();
        let Some(read) = read else { continue };
        if let Some(first) = met.insert(read.clone(), cells.line()) {
            let what = format!("vestiging {read} staat ook op regel {first}");
            code.wrong(&mut cells, "dubbel-id", what, "laat een van de twee regels weg");
        }
        rows.push(Pupils { code: read, kind, years: counts });
    }
    if rows.is_empty() && reading.clean() {
        reading.wrong("leeg", 0, "er staat geen enkele school in het bestand".into(), "kijk na of dit het goede bestand is");
    }
    reading.close(rows)
}
