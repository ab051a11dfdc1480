//! Writes sheets as a workbook (xlsx) that people like to work in: headers that stay in view, lists to choose from, comments at cells.

use std::collections::HashMap;

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};

use super::book::{Book, Cell, Table, plain};
use super::limits;
use super::safe::guarded;
use super::wave::columns::{Kept, Kind, POLICY, of};
use super::wave::policy::HEADERS;
use super::wave::settings::chosen;

/// Something to say at a cell.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Name of its sheet.
    pub sheet: String,
    /// Row, from 1.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// What is said.
    pub text: String,
}

/// How a workbook is dressed.
#[derive(Debug, Default)]
pub struct Dress<'a> {
    /// Its title, for its properties.
    pub title: &'a str,
    /// Cells that are wrong, with why.
    pub marks: &'a [Mark],
    /// Whether columns get their comments and lists to choose from.
    pub helps: bool,
    /// Finds the columns of a sheet by its name; those of a wave unless another is given.
    pub columns: Option<fn(&str) -> Option<&'static Kept>>,
}

/// Columns that fit on the width of a page.
const NARROW: usize = 10;

/// Rows below the headers that get lists to choose from.
const CHOICES: u32 = 2_000;

/// The workbook's bytes.
///
/// # Errors
/// When the writer does not take a name or text; none that sheets of ours have.
pub fn write(book: &Book, dress: &Dress<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_title(dress.title).set_company("Loket"));
    let mut marks: HashMap<&str, Vec<&Mark>> = HashMap::new();
    dress.marks.iter().for_each(|it| marks.entry(it.sheet.as_str()).or_default().push(it));
    for (table, name) in book.sheets.iter().zip(names(book)) {
        let none = Vec::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        fill(sheet, table, marks.get(table.name.as_str()).unwrap_or(&none), dress)?;
    }
    workbook.save_to_buffer()
}

/// Names that a workbook may have: at most 31 characters, none of some signs, no two alike.
pub fn names(book: &Book) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for table in &book.sheets {
        let clean: String = table
            .name
            .chars()
            .map(|it| if matches!(it, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || it.is_control() { ' ' } else { it })
            .collect();
        let clean = clean.trim().trim_matches('\'');
        let clean = if clean.is_empty() { "Blad" } else { clean };
        let mut name: String = clean.chars().take(31).collect();
        let mut number = 2;
        while taken.iter().any(|it| it.to_lowercase() == name.to_lowercase()) {
            let end = format!(" ({number})");
            name = clean.chars().take(31 - end.len()).chain(end.chars()).collect();
            number += 1;
        }
        taken.push(name);
    }
    taken
}

fn fill(sheet: &mut Worksheet, table: &Table, marks: &[&Mark], dress: &Dress<'_>) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EEF4)).set_border_bottom(FormatBorder::Thin).set_text_wrap();
    let head = head.set_align(FormatAlign::Top);
    let wrong = Format::new().set_background_color(Color::RGB(0x00FF_D9D4)).set_border(FormatBorder::Thin);
    let (day, bare) = (Format::new().set_num_format("yyyy-mm-dd"), Format::new());
    let marked: HashMap<(u32, u32), &str> = marks.iter().map(|it| ((it.row, it.column), it.text.as_str())).collect();
    let first = table.headers().map_or(1, |it| it.number);
    let mut widths: Vec<usize> = Vec::new();
    for row in &table.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let (at, Ok(column)) = (row.number - 1, u16::try_from(column)) else { continue };
            let format = match (marked.contains_key(&(row.number, u32::from(column))), row.number == first, cell) {
                (true, ..) => &wrong,
                (_, true, _) => &head,
                (_, _, Cell::Day(_)) => &day,
                _ => &bare,
            };
            put(sheet, at, column, cell, format)?;
            if widths.len() <= usize::from(column) {
                widths.resize(usize::from(column) + 1, 0);
            }
            let width = cell.text().chars().count().min(40);
            widths[usize::from(column)] = widths[usize::from(column)].max(if row.number == first { width.min(18) } else { width });
        }
    }
    for (column, width) in (0..).zip(&widths) {
        sheet.set_column_width(column, (*width).max(8) as f64 + 2.0)?;
    }
    for (&(row, column), text) in &marked {
        let Ok(column) = u16::try_from(column) else { continue };
        let there = table.rows.iter().find(|it| it.number == row).is_some_and(|it| !it.cell(usize::from(column)).is_empty());
        if !there {
            sheet.write_blank(row - 1, column, &wrong)?;
        }
        let text: String = text.chars().take(1_000).collect();
        sheet.insert_note(row - 1, column, &Note::new(text).set_author("Loket").add_author_prefix(false).set_width(320).set_height(110))?;
    }
    if table.rows.is_empty() {
        return Ok(());
    }
    sheet.set_freeze_panes(first, 0)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(first - 1, first - 1)?;
    if widths.len() <= NARROW {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        // On one page nobody could read it: it goes over more pages, each with who or what a row is about.
        sheet.set_repeat_columns(0, 1)?;
    }
    let kept = if dress.helps { dress.columns.unwrap_or(of)(&table.name) } else { None };
    for (column, it) in kept.map(|it| it.columns).unwrap_or_default().iter().enumerate() {
        let Some(place) = table.column(&[it.header]).and_then(|it| u16::try_from(it).ok()) else { continue };
        if !marked.contains_key(&(first, u32::from(place))) && column < table.rows[0].cells.len() {
            let needed = if it.needed { "\nMoet ingevuld zijn." } else { "" };
            let note = Note::new(format!("{}{needed}", it.help)).set_author("Loket").add_author_prefix(false).set_width(280).set_height(90);
            sheet.insert_note(first - 1, place, &note)?;
        }
        choices(sheet, it.kind, (first, first + CHOICES), place)?;
    }
    if dress.helps && dress.columns.is_none() && plain(&table.name) == plain(POLICY) {
        let columns = [0, 1, 2].map(|it| table.column(&[HEADERS[it]]));
        let [Some(part), Some(name), Some(value)] = columns else { return Ok(()) };
        let Ok(place) = u16::try_from(value) else { return Ok(()) };
        for (row, kind) in chosen(table, (part, name)) {
            choices(sheet, kind, (row.number - 1, row.number - 1), place)?;
        }
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    let text = |text: &str| {
        let safe = guarded(text);
        // A cell holds so much and no more.
        if safe.len() > limits::TEXT { safe.chars().take(limits::TEXT - 1).chain(['…']).collect() } else { safe.into_owned() }
    };
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Number(number) if number.is_finite() => sheet.write_number_with_format(row, column, *number, format)?,
        Cell::Flag(flag) => sheet.write_boolean_with_format(row, column, *flag, format)?,
        Cell::Day(day) => match ExcelDateTime::parse_from_str(day) {
            Ok(moment) => sheet.write_datetime_with_format(row, column, &moment, format)?,
            Err(_) => sheet.write_string_with_format(row, column, text(day), format)?,
        },
        other => sheet.write_string_with_format(row, column, text(&other.text()), format)?,
    };
    Ok(())
}

/// A list to choose from, and bounds of numbers; what is typed otherwise is asked about, not refused.
fn choices(sheet: &mut Worksheet, kind: Kind, (first, last): (u32, u32), place: u16) -> Result<(), XlsxError> {
    let validation = match kind {
        Kind::Word(words) => DataValidation::new().allow_list_strings(&words())?,
        Kind::Flag => DataValidation::new().allow_list_strings(&["ja", "nee"])?,
        _ => return Ok(()),
    };
    let validation = validation.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning).ignore_blank(true);
    sheet.add_data_validation(first, place, last, place, &validation)?;
    Ok(())
}
