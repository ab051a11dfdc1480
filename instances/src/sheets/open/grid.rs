//! A table as the readers of open data look at it: columns by name, cells with their line, and every problem at once.

use std::collections::BTreeMap;

use super::Read;
use super::columns::{Column, known, plain, with_year};
use crate::matching::row::has_address;
use crate::sheets::book::Table;
use crate::sheets::problem::{Cellmark, Found};
use crate::sheets::{csv, limits, xlsx};

/// Most characters of a name or another text of a cell, as files have it.
const LONGEST: usize = 200;

/// A table: its name in messages, its columns and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    file: String,
    header: Vec<String>,
    /// Number from 1 as an editor counts, and the cells.
    lines: Vec<(u32, Vec<String>)>,
}

impl Grid {
    /// Reads a CSV file, or the first sheet with rows of a workbook. `name` is what messages call the file.
    ///
    /// # Errors
    /// What makes it no table: too large, damaged, empty.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Found> {
        let table = match bytes.starts_with(b"PK\x03\x04") {
            true => {
                let (book, _) = xlsx::read(bytes, |_| limits::TRAVEL_ROWS)?;
                let filled = book.sheets.into_iter().find(|it| !it.rows.is_empty());
                Table { name: name.to_owned(), rows: filled.map(|it| it.rows).unwrap_or_default() }
            }
            false => csv::read(name, bytes, limits::TRAVEL_ROWS)?,
        };
        Self::of(&table)
    }

    /// The rows of a table below its headers.
    ///
    /// # Errors
    /// When there are no headers.
    pub fn of(table: &Table) -> Result<Self, Found> {
        let texts = |cells: &[crate::sheets::book::Cell]| cells.iter().map(|it| it.text().trim().to_owned()).collect::<Vec<_>>();
        let Some(header) = table.headers() else {
            let what = "het bestand is leeg; een regel met namen van kolommen ontbreekt";
            return Err(Found::one("leeg", Cellmark::sheet(&table.name), what, "kijk na of dit het goede bestand is"));
        };
        let lines = table.body().iter().map(|row| (row.number, texts(&row.cells))).collect();
        Ok(Self { file: table.name.clone(), header: texts(&header.cells), lines })
    }

    /// The same table with its first row as a line, when that row holds no names of columns but values.
    pub(super) fn without_names(&self, are_values: impl Fn(&[String]) -> bool) -> Option<Self> {
        are_values(&self.header).then(|| {
            let mut lines = vec![(1, self.header.clone())];
            lines.extend(self.lines.iter().cloned());
            Self { file: self.file.clone(), header: vec![String::new(); limits::COLUMNS as usize], lines }
        })
    }
}

/// A table at work: what is wrong with it is gathered.
#[derive(Debug)]
pub(super) struct Reading<'g> {
    grid: &'g Grid,
    found: Found,
}

impl<'g> Reading<'g> {
    /// Nothing is wrong yet; columns that no reader knows are told.
    pub fn of(grid: &'g Grid) -> Self {
        let mut reading = Self { grid, found: Found::default() };
        for (at, name) in grid.header.iter().enumerate().filter(|(_, it)| !it.is_empty() && !known(&plain(it))) {
            let mark = reading.mark(1, Some(at));
            reading.found.notice(mark, "deze kolom wordt niet gebruikt");
            // A file of something else has many.
            if reading.found.notices.len() >= 20 {
                reading.notice(format!("na kolom {} worden kolommen die we niet kennen niet meer genoemd", short(name)));
                break;
            }
        }
        reading
    }

    /// A line (0 for the whole file) and a column.
    fn mark(&self, line: u32, column: Option<usize>) -> Cellmark {
        let whole = Cellmark::sheet(&self.grid.file);
        match (line, column) {
            (0, _) => whole,
            (line, None) => whole.row(line),
            (line, Some(at)) => {
                let name: String = self.grid.header.get(at).map_or("", String::as_str).chars().take(60).collect();
                whole.row(line).column(u32::try_from(at).unwrap_or(u32::MAX), &name)
            }
        }
    }

    /// Something worth knowing about the table.
    pub fn notice(&mut self, text: String) {
        self.found.notice(Cellmark::sheet(&self.grid.file), text);
    }

    /// The number of a column that may be absent.
    pub fn column(&self, wanted: &Column) -> Option<usize> {
        self.column_with_year(wanted).map(|it| it.0)
    }

    /// The number of a column that may be absent, and the year behind its name. Of several years the last one counts; a column whose name
    /// stands first among its names comes before the others.
    pub fn column_with_year(&self, wanted: &Column) -> Option<(usize, Option<u16>)> {
        let named = |name: &str| -> Option<(usize, Option<u16>)> {
            let found = self.grid.header.iter().enumerate().filter_map(|(at, it)| {
                let it = plain(it);
                let (it, year) = with_year(&it);
                (it == name).then_some((at, year))
            });
            found.max_by_key(|(at, year)| (*year, std::cmp::Reverse(*at)))
        };
        named(&plain(wanted.name)).or_else(|| wanted.also.iter().find_map(|it| named(it)))
    }

    /// The number of a column that must be there.
    pub fn need(&mut self, wanted: &Column) -> Option<usize> {
        let found = self.column(wanted);
        if found.is_none() {
            self.missing(wanted);
        }
        found
    }

    /// A column that must be there is not.
    pub fn missing(&mut self, wanted: &Column) {
        let what = format!("de kolom {} ontbreekt", wanted.name);
        let names: Vec<&str> = std::iter::once(wanted.name).chain(wanted.also.iter().copied()).collect();
        let remedy = format!("noem de kolom in de eerste regel {}", names.join(", of "));
        self.wrong("kolom", 1, what, &remedy);
    }

    /// Every column with this name and a year behind it, by year.
    pub fn years(&self, name: &str) -> Vec<(u16, usize)> {
        let mut years = BTreeMap::new();
        for (at, it) in self.grid.header.iter().enumerate() {
            let it = plain(it);
            if let (before, Some(year)) = with_year(&it)
                && before == name
            {
                years.entry(year).or_insert(at);
            }
        }
        years.into_iter().collect()
    }

    /// Something is wrong with a line, or with the whole file (0).
    pub fn wrong(&mut self, code: &'static str, line: u32, what: String, remedy: &str) {
        self.found.problem(code, self.mark(line, None), what, remedy);
    }

    /// Whether nothing is wrong so far.
    pub fn clean(&self) -> bool {
        self.found.clean()
    }

    /// What was read, or everything that is wrong.
    pub fn close<T>(self, rows: T) -> Result<Read<T>, Found> {
        if self.found.clean() { Ok(Read { rows, notices: self.found.notices }) } else { Err(self.found) }
    }

    /// Every line, in order, at most so many; lines with more cells than the header has names are problems.
    pub fn lines(&mut self, most: usize) -> Vec<&'g (u32, Vec<String>)> {
        let grid = self.grid;
        if grid.lines.len() > most {
            let what = format!("het bestand heeft {} regels; {most} is het meeste", grid.lines.len());
            self.wrong("te-veel", 0, what, "deel het bestand op");
            return Vec::new();
        }
        let mut all = Vec::new();
        for line in &grid.lines {
            let (has, wants) = (line.1.len(), grid.header.len());
            if has <= wants {
                all.push(line);
                continue;
            }
            let remedy = "zet op elke regel evenveel velden; een scheidingsteken binnen een veld staat tussen aanhalingstekens";
            self.wrong("kolom", line.0, format!("deze regel heeft {has} velden, de kop heeft er {wants}"), remedy);
        }
        all
    }

    /// The cells of a line.
    pub fn cells(&mut self, line: &'g (u32, Vec<String>)) -> Cells<'_, 'g> {
        Cells { reading: self, line: line.0, cells: &line.1 }
    }
}

/// The cells of one line, and where its problems go.
#[derive(Debug)]
pub(super) struct Cells<'r, 'g> {
    reading: &'r mut Reading<'g>,
    line: u32,
    cells: &'g [String],
}

impl<'g> Cells<'_, 'g> {
    /// The number of the line.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What stands in a column; nothing when that is blank or the column is absent.
    pub fn text(&self, column: Option<usize>) -> Option<&'g str> {
        let cells: &'g [String] = self.cells;
        cells.get(column?).map(String::as_str).filter(|it| !it.is_empty())
    }

    /// Something is wrong in a column.
    pub fn wrong<T>(&mut self, column: usize, code: &'static str, what: String, remedy: &str) -> Option<T> {
        let mark = self.reading.mark(self.line, Some(column));
        self.reading.found.problem(code, mark, what, remedy);
        None
    }

    /// A text that must be there, of at most 200 characters.
    pub fn required(&mut self, column: usize) -> Option<&'g str> {
        match self.text(Some(column)) {
            Some(text) => self.short(column, text),
            None => self.wrong(column, "leeg", "dit veld is leeg".into(), "vul het in, of haal de regel weg"),
        }
    }

    /// A text that may be absent, of at most 200 characters without control characters; `None` when it is wrong.
    pub fn optional(&mut self, column: Option<usize>) -> Option<Option<&'g str>> {
        match (column, self.text(column)) {
            (Some(column), Some(text)) => self.short(column, text).map(Some),
            _ => Some(None),
        }
    }

    fn short(&mut self, column: usize, text: &'g str) -> Option<&'g str> {
        if text.chars().count() > LONGEST {
            return self.wrong(column, "grens", format!("dit veld heeft meer dan {LONGEST} tekens"), "kort het in");
        }
        if text.chars().any(char::is_control) {
            return self.wrong(column, "type", "in dit veld staat een stuurteken".into(), "haal het weg");
        }
        Some(text)
    }

    /// An id as files have them.
    pub fn id(&mut self, column: usize) -> Option<&'g str> {
        let text = self.required(column)?;
        let right = text.chars().count() <= 64 && !text.contains(':') && has_address(text);
        match right {
            true => Some(text),
            false => {
                let remedy = "gebruik hoogstens 64 tekens, zonder dubbele punt";
                self.wrong(column, "id", format!("\"{}\" kan geen id zijn", short(text)), remedy)
            }
        }
    }
}

/// A text as messages quote it.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
