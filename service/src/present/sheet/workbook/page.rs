//! One sheet of a workbook: a list when it is one table, else a page of parts one below the other.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatType, Table as Framed, TableColumn, TableStyle, Worksheet, XlsxError};

use super::cells::{self, Formats};
use super::charts::On;
use crate::present::dutch::{count, wrapped};
use crate::present::sheet::cell::percent;
use crate::present::sheet::{Cell, Fact, Part, Row, Sheet, Side, Table, Unit};

/// Narrowest and widest column, in characters; what is longer is broken into lines.
const WIDTHS: (usize, usize) = (8, 46);
/// Room for a sentence, in characters.
const SENTENCE: usize = 110;
/// What the mark of a filter takes beside a heading.
const MARK: usize = 3;
/// What a line takes, in points, and the tallest row there is.
const LINE: f64 = 15.0;
const TALLEST: f64 = 409.0;
/// What can be read on the width of a page, in characters.
const ACROSS: usize = 230;

/// Writes what stands on a sheet, but for its charts.
pub(super) fn write(sheet: &mut Worksheet, what: &Sheet, formats: &Formats, on: &mut On<'_>) -> Result<(), XlsxError> {
    let mut page = Page { sheet, formats, on, row: 0, label: String::new(), widths: BTreeMap::new(), broken: Vec::new() };
    if let [Part::Table(table)] = what.parts.as_slice() {
        page.table(table)?;
    } else {
        for part in &what.parts {
            page.part(part)?;
        }
    }
    page.fit()
}

/// The column from which on nothing stands beside the tables of a sheet.
pub(super) fn beside(what: &Sheet) -> u16 {
    let widest = what.tables().map(|table| table.columns.len() + 1).max().unwrap_or(1);
    u16::try_from(widest + 1).unwrap_or(u16::MAX)
}

struct Page<'a, 'p> {
    sheet: &'a mut Worksheet,
    formats: &'a Formats,
    on: &'a mut On<'p>,
    row: u32,
    /// The last label of a fact: what a table is about that says nothing itself.
    label: String,
    widths: BTreeMap<u16, usize>,
    /// Texts that may take more than one line: their row and column, and how long each of their own lines is.
    broken: Vec<(u32, u16, Vec<usize>)>,
}

impl Page<'_, '_> {
    fn part(&mut self, part: &Part) -> Result<(), XlsxError> {
        let formats = self.formats;
        match part {
            Part::Title(text) => {
                cells::text(self.sheet, (self.row, 0), text, &formats.title)?;
                self.row += 1;
            }
            Part::Heading(text) => {
                self.row += 1;
                cells::text(self.sheet, (self.row, 0), text, &formats.heading)?;
                self.row += 1;
            }
            Part::Lead(text) | Part::Remark(text) => self.sentence(text, true)?,
            Part::Sentence(text) | Part::Detail(text) | Part::Closing(text) => self.sentence(text, false)?,
            Part::Point(text) => self.sentence(&format!("· {text}"), false)?,
            Part::Deeper(text) => self.sentence(&format!("– {text}"), false)?,
            Part::Fact(fact) => self.fact(fact)?,
            Part::Count(amount, what) => self.pair(&count(*amount), what)?,
            Part::Step(number, text) => self.sentence(&format!("{number}. {text}"), false)?,
            Part::Item { name, note } => self.pair(name, note)?,
            Part::Notice { text, code, at } => self.sentence(&format!("{text} [{code}] {at}"), false)?,
            Part::Table(table) => {
                self.row += 1;
                self.table(table)?;
                self.row += 1;
            }
            // Beside the tables, when each has its place.
            Part::Chart(_) => {}
        }
        Ok(())
    }

    fn sentence(&mut self, text: &str, first: bool) -> Result<(), XlsxError> {
        let plain = rust_xlsxwriter::Format::new();
        let format = if first { self.formats.lead.clone() } else { plain };
        for line in wrapped(text, SENTENCE) {
            cells::text(self.sheet, (self.row, 0), &line, &format)?;
            self.row += 1;
        }
        Ok(())
    }

    /// A word with what is said of it in the next column, which may go on over those that are empty.
    fn pair(&mut self, name: &str, says: &str) -> Result<(), XlsxError> {
        let plain = rust_xlsxwriter::Format::new();
        self.needs(0, name);
        cells::text(self.sheet, (self.row, 0), name, &self.formats.label)?;
        for line in wrapped(says, SENTENCE) {
            cells::text(self.sheet, (self.row, 1), &line, &plain)?;
            self.row += 1;
        }
        self.row += u32::from(says.trim().is_empty());
        Ok(())
    }

    fn fact(&mut self, fact: &Fact) -> Result<(), XlsxError> {
        self.label.clone_from(&fact.label);
        match fact.share {
            Some((part, whole)) => {
                let share = Unit::Percent.of(percent(part, whole));
                self.pair(&fact.label, &format!("{} ({share})", fact.text))?;
            }
            None => self.pair(&fact.label, &fact.text)?,
        }
        fact.points.iter().try_for_each(|point| self.pair("", &format!("· {point}")))
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let head = self.row;
        let headings = headings(table, &self.label);
        for (column, heading) in (0_u16..).zip(&headings) {
            let longest = heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
            let whole = heading.chars().count() + MARK;
            self.wide(column, (longest + MARK).max(whole.min(if column == 0 { 30 } else { 16 })));
            self.broken.push((head, column, vec![whole]));
        }
        for row in &table.rows {
            self.row += 1;
            self.cells(row)?;
        }
        let heads = |column: u16| match column.checked_sub(1).and_then(|it| table.columns.get(usize::from(it))) {
            Some(it) if it.side == Side::Right => &self.formats.heads[1],
            _ => &self.formats.heads[0],
        };
        let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
        if table.rows.is_empty() {
            for (column, heading) in (0_u16..).zip(&headings) {
                cells::text(self.sheet, (head, column), heading, heads(column))?;
            }
        } else {
            let column =
                |(column, heading): (u16, &String)| TableColumn::new().set_header(heading.as_str()).set_header_format(heads(column));
            let columns: Vec<TableColumn> = (0_u16..).zip(&headings).map(column).collect();
            let says = if table.meaning.is_empty() { table.heading.as_str() } else { table.meaning };
            let framed = Framed::new()
                .set_name(format!("{}_{}_{head}", table.key, self.on.number))
                .set_columns(&columns)
                .set_style(TableStyle::Light1)
                .set_alt_text_title(table.heading.as_str())
                .set_alt_text(says);
            self.sheet.add_table(head, 0, self.row, last, &framed)?;
        }
        self.bars(table, head)?;
        self.on.note(table.key, head, self.row - head);
        self.row += 1;
        if !table.meaning.is_empty() {
            self.sentence(table.meaning, true)?;
        }
        Ok(())
    }

    /// What is drawn on a terminal is drawn here too.
    fn bars(&mut self, table: &Table, head: u32) -> Result<(), XlsxError> {
        let drawn = |at: usize| !table.rows.is_empty() && table.rows.iter().all(|row| matches!(row.cells.get(at), Some(Cell::Bar(..))));
        for at in (0..table.columns.len()).filter(|at| drawn(*at)) {
            let column = u16::try_from(at + 1).unwrap_or(u16::MAX);
            let bar = ConditionalFormatDataBar::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_maximum(ConditionalFormatType::Number, 1)
                .set_bar_only(true)
                .set_solid_fill(true);
            self.sheet.add_conditional_format(head + 1, column, self.row, column, &bar)?;
            self.wide(column, 20);
        }
        Ok(())
    }

    fn cells(&mut self, row: &Row) -> Result<(), XlsxError> {
        self.needs(0, &row.name);
        cells::text(self.sheet, (self.row, 0), &row.name, &self.formats.text)?;
        let mut next = 1;
        for cell in &row.cells {
            match cells::words(cell) {
                Some(words) => self.needs(next, &words),
                None => self.wide(next, WIDTHS.0 + 2),
            }
            cells::cell(self.sheet, (self.row, next), cell, self.formats)?;
            next += 1;
        }
        cells::text(self.sheet, (self.row, next), &row.says, &self.formats.text)
    }

    fn needs(&mut self, column: u16, text: &str) {
        let lines: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
        let longest = lines.iter().copied().max().unwrap_or(0);
        self.wide(column, longest + 1);
        if lines.len() > 1 || longest >= WIDTHS.1 {
            self.broken.push((self.row, column, lines));
        }
    }

    fn wide(&mut self, column: u16, characters: usize) {
        let width = self.widths.entry(column).or_insert(WIDTHS.0);
        *width = (*width).max(characters).min(WIDTHS.1);
    }

    /// Makes columns as wide and rows as tall as what stands in them; what is too wide for one page goes on on the next, with the names.
    fn fit(self) -> Result<(), XlsxError> {
        let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
        for (row, column, lines) in self.broken {
            let width = self.widths.get(&column).copied().unwrap_or(WIDTHS.0).saturating_sub(1).max(1);
            let taken: usize = lines.iter().map(|line| line.div_ceil(width).max(1)).sum();
            let most = rows.entry(row).or_insert(1);
            *most = taken.max(*most);
        }
        for (row, lines) in rows.into_iter().filter(|(_, lines)| *lines > 1) {
            self.sheet.set_row_height(row, (LINE * lines as f64).min(TALLEST))?;
        }
        let all: usize = self.widths.values().sum();
        for (column, width) in self.widths {
            self.sheet.set_column_width(column, width as f64)?;
        }
        let pages = u16::try_from(all.div_ceil(ACROSS)).unwrap_or(u16::MAX);
        if pages > 1 {
            self.sheet.set_print_fit_to_pages(pages, 0).set_repeat_columns(0, 1)?;
        }
        Ok(())
    }
}

/// Headings of a table, none of them empty and no two the same, since that is what makes it one.
fn headings(table: &Table, label: &str) -> Vec<String> {
    let wanted = std::iter::once(table.heading.as_str()).chain(table.columns.iter().map(|it| it.heading.as_str()));
    let mut taken = BTreeSet::new();
    let mut heading = |wanted: &str| {
        let wanted = match (wanted, label) {
            ("", "") => "wat",
            ("", label) => label,
            (wanted, _) => wanted,
        };
        let mut found = wanted.to_owned();
        for number in 2.. {
            if taken.insert(found.to_lowercase()) {
                break;
            }
            found = format!("{wanted} ({number})");
        }
        found
    };
    wanted.map(&mut heading).collect()
}
