//! What can be wrong with a workbook or CSV file, with the cell.

use super::book::letters;
use crate::strict::problem::MOST_PROBLEMS;
use crate::strict::spot::show_id;

/// Codes of problems that only sheets have, beside [`crate::strict::problem::CODES`].
pub const CODES: &[&str] = &["bestand", "kolom", "postcode", "brin"];

/// A place in a workbook or CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cellmark {
    /// Name of the sheet; of a CSV file its name. Empty for the whole file.
    pub sheet: String,
    /// Row as the spreadsheet numbers it, from 1.
    pub row: Option<u32>,
    /// Column, from 0.
    pub column: Option<u32>,
    /// What stands above the column.
    pub header: Option<String>,
}

impl Cellmark {
    /// A whole sheet.
    pub fn sheet(name: &str) -> Self {
        Self { sheet: name.into(), ..Self::default() }
    }

    /// A row of this sheet.
    pub fn row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// A cell of this row, below this header.
    pub fn column(mut self, column: u32, header: &str) -> Self {
        (self.column, self.header) = (Some(column), Some(header.into()));
        self
    }

    /// The cell as people write it ("C12"), or as much of it as there is.
    pub fn cell(&self) -> String {
        match (self.column, self.row) {
            (Some(column), Some(row)) => format!("{}{row}", letters(column)),
            (Some(column), None) => letters(column),
            (None, Some(row)) => row.to_string(),
            (None, None) => String::new(),
        }
    }

    /// In Dutch words: "blad Kandidaten, rij 12, kolom C (Bouwen)".
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if !self.sheet.is_empty() {
            words.push(format!("blad {}", show_id(&self.sheet)));
        }
        if let Some(row) = self.row {
            words.push(format!("rij {row}"));
        }
        if let Some(column) = self.column {
            let header = self.header.as_deref().map(|it| format!(" ({})", show_id(it))).unwrap_or_default();
            words.push(format!("kolom {}{header}", letters(column)));
        }
        if words.is_empty() { "het hele bestand".into() } else { words.join(", ") }
    }
}

/// One thing that must be changed before the file can be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetProblem {
    /// Kind of problem: a code of [`crate::strict::problem::CODES`], or one of [`CODES`].
    pub code: &'static str,
    /// Where.
    pub at: Cellmark,
    /// What stands there, short; nothing when that says nothing.
    pub found: Option<String>,
    /// What is wrong, Dutch.
    pub what: String,
    /// What to do about it, Dutch.
    pub remedy: String,
}

/// Something that was read otherwise than somebody may expect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetNotice {
    /// Where.
    pub at: Cellmark,
    /// What was done, Dutch.
    pub text: String,
}

/// Everything found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Problems by place; at most [`MOST_PROBLEMS`] are listed.
    pub problems: Vec<SheetProblem>,
    /// How many problems there are that are not listed.
    pub more: usize,
    /// Notices by place; at most [`MOST_PROBLEMS`] are listed.
    pub notices: Vec<SheetNotice>,
}

impl Found {
    /// One problem.
    pub fn one(code: &'static str, at: Cellmark, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        let mut found = Self::default();
        found.problem(code, at, what, remedy);
        found
    }

    /// Adds a problem.
    pub fn problem(&mut self, code: &'static str, at: Cellmark, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(SheetProblem { code, at, found: None, what: what.into(), remedy: remedy.into() });
    }

    /// Adds a problem with what stands there.
    pub fn add(&mut self, problem: SheetProblem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Adds a notice.
    pub fn notice(&mut self, at: Cellmark, text: impl Into<String>) {
        if self.notices.len() < MOST_PROBLEMS {
            self.notices.push(SheetNotice { at, text: text.into() });
        }
    }

    /// Takes over what another reader found.
    pub fn take(&mut self, other: Self) {
        self.more += other.more;
        other.problems.into_iter().for_each(|it| self.add(it));
        other.notices.into_iter().for_each(|it| self.notice(it.at, it.text));
    }

    /// Whether nothing is wrong.
    pub fn clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// How many problems there are, listed or not.
    pub fn count(&self) -> usize {
        self.problems.len() + self.more
    }
}

impl From<SheetProblem> for Found {
    fn from(problem: SheetProblem) -> Self {
        Self { problems: vec![problem], ..Self::default() }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for it in &self.problems {
            writeln!(out, "{}: {} ({})", it.at.words(), it.what, it.remedy)?;
        }
        if self.more > 0 {
            writeln!(out, "er zijn nog {} problemen die hier niet staan", self.more)?;
        }
        Ok(())
    }
}
