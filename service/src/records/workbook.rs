//! What the child tells of a workbook that it read.

use serde::Deserialize;
use serde_json::Value;

/// Something that must be changed before the workbook can be taken over.
#[derive(Clone, Debug, Deserialize)]
pub struct Wrong {
    /// The sheet; empty for the whole file.
    #[serde(rename = "blad")]
    pub sheet: String,
    /// The row as the spreadsheet numbers it.
    #[serde(rename = "rij")]
    pub row: Option<u32>,
    /// The cell, as C12.
    #[serde(rename = "cel")]
    pub cell: String,
    /// What stands above the column.
    #[serde(rename = "kop")]
    pub header: Option<String>,
    /// What stands there.
    #[serde(rename = "er_staat")]
    pub found: Option<String>,
    /// What is wrong with it.
    #[serde(rename = "wat")]
    pub what: String,
    /// What can be done.
    #[serde(rename = "oplossing")]
    pub remedy: String,
}

impl Wrong {
    /// Whether it is about one cell, and not about a row, a sheet or the whole file.
    pub fn is_one_cell(&self) -> bool {
        self.row.is_some() && self.cell.starts_with(|it: char| it.is_ascii_uppercase())
    }
}

/// Something that is good to know.
#[derive(Clone, Debug, Deserialize)]
pub struct Noticed {
    /// The sheet; empty for the whole file.
    #[serde(rename = "blad")]
    pub sheet: String,
    /// The cell, or as much of it as there is.
    #[serde(rename = "cel")]
    pub cell: String,
    /// What was done or seen.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// What was read.
#[derive(Clone, Debug, Deserialize)]
pub struct Told {
    /// Everything that is wrong, by sheet, row and column.
    #[serde(rename = "problemen")]
    pub wrong: Vec<Wrong>,
    /// How many problems are not listed.
    #[serde(rename = "meer")]
    pub more: usize,
    /// What is good to know.
    #[serde(rename = "meldingen")]
    pub noticed: Vec<Noticed>,
    /// How many rows there are below the headers of the sheets that are read.
    #[serde(rename = "rijen", default)]
    pub rows: usize,
    /// How many sheets are read.
    #[serde(rename = "bladen", default)]
    pub sheets: usize,
    /// The wave file; null when something is wrong.
    #[serde(rename = "lichting")]
    file: Value,
    /// The first day that the workbook says.
    #[serde(rename = "van")]
    pub from: Option<String>,
    /// The last day that it says.
    #[serde(rename = "tot")]
    pub until: Option<String>,
}

impl Told {
    /// What the child wrote; nothing when that is not it.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The bytes of the wave file; nothing when something is wrong.
    pub fn file(&self) -> Option<Vec<u8>> {
        (!self.file.is_null()).then(|| self.file.to_string().into_bytes())
    }

    /// How many problems there are, listed or not.
    pub fn count(&self) -> usize {
        self.wrong.len() + self.more
    }
}
