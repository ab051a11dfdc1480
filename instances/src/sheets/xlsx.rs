//! Reads a workbook (xlsx) cell by cell, so that a small file cannot ask for much memory: what is packed is measured before it is opened.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};

use super::book::{Book, Cell, Row, Table, letters};
use super::limits;
use super::problem::{Cellmark, Found, SheetProblem};
use super::promised::Promised;
use crate::strict::spot::show_id;

/// Reads every sheet. `most_rows` gives the most rows of a sheet by its name. What is not taken over (macros, formulas, links to other
/// files, hidden members) comes as notices.
///
/// # Errors
/// What makes it no workbook that can be read, and what is too large, each with its place.
pub fn read(bytes: &[u8], most_rows: impl Fn(&str) -> u32) -> Result<(Book, Found), Found> {
    let mut found = Found::default();
    measure(bytes, &mut found)?;
    let unreadable = || no_workbook("de werkmap is beschadigd of op een bijzondere manier opgeslagen");
    let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let names = xlsx.sheet_names();
    if names.len() > limits::SHEETS {
        let what = format!("er zijn meer dan {} bladen", limits::SHEETS);
        return Err(Found::one("te-veel", Cellmark::default(), what, "laat bladen weg die niet nodig zijn"));
    }
    let (mut book, mut left) = (Book::default(), Left { cells: limits::CELLS, held: limits::HELD, text: limits::TEXTS });
    for name in names {
        let Ok(cells) = xlsx.worksheet_cells_reader(&name) else {
            // A chart that is a sheet of its own has no cells.
            found.notice(Cellmark::sheet(&name), "dit blad heeft geen cellen en wordt overgeslagen");
            continue;
        };
        let table = sheet(&name, cells, most_rows(&name), &mut left, &mut found).map_err(|it| *it)?;
        book.sheets.push(table);
    }
    Ok((book, found))
}

/// How much room there still is in a workbook.
struct Left {
    cells: usize,
    held: usize,
    text: usize,
}

impl Left {
    /// Takes room for a cell that makes its row so much longer; what there is too much of when there is none.
    fn take(&mut self, grown: usize, text: usize) -> Result<(), String> {
        for (room, taken) in [(&mut self.cells, 1), (&mut self.held, grown), (&mut self.text, text)] {
            *room = room.saturating_sub(taken);
        }
        match self {
            Self { cells: 0, .. } => Err(format!("er staan meer dan {} cellen in de werkmap", limits::CELLS)),
            Self { held: 0, .. } => Err(format!("de werkmap beslaat met lege cellen erbij meer dan {} cellen", limits::HELD)),
            Self { text: 0, .. } => Err(format!("er staat meer dan {} MB tekst in de cellen", limits::TEXTS >> 20)),
            _ => Ok(()),
        }
    }
}

fn no_workbook(what: &str) -> Found {
    Found::one("bestand", Cellmark::default(), what, "open het bestand in Excel of LibreOffice en sla het op als .xlsx")
}

/// Looks at what the file is and how much is packed in it, without keeping any of it.
fn measure(bytes: &[u8], found: &mut Found) -> Result<(), Found> {
    if bytes.len() > limits::FILE {
        let what = format!("het bestand is groter dan {} MB", limits::FILE >> 20);
        return Err(Found::one("bestand", Cellmark::default(), what, "laat weg wat niet nodig is, zoals plaatjes en oude bladen"));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(no_workbook("dit is een werkmap van vóór 2007, of een met een wachtwoord"));
    }
    let large = || Found::one("te-veel", Cellmark::default(), "uitgepakt is dit bestand veel te groot", "lever een gewone werkmap in");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook("dit is geen werkmap (.xlsx)"))?;
    if zip.len() > limits::MEMBERS {
        return Err(large());
    }
    let mut told = 0_u64;
    for at in 0..zip.len() {
        let member = zip.by_index_raw(at).map_err(|_| no_workbook("het bestand is beschadigd"))?;
        told = told.saturating_add(member.size());
        let name = member.name().map_err(|_| no_workbook("het bestand is beschadigd"))?.into_owned();
        if member.encrypted() {
            return Err(no_workbook("de werkmap heeft een wachtwoord"));
        }
        if name == "mimetype" || name == "content.xml" {
            return Err(no_workbook("dit is een .ods-bestand; dat wordt hier niet gelezen"));
        }
        if name.ends_with(".bin") && name.contains("workbook") {
            return Err(no_workbook("dit is een .xlsb-bestand; dat wordt hier niet gelezen"));
        }
        if name.ends_with("vbaProject.bin") {
            found.notice(Cellmark::default(), "er zitten macro's in deze werkmap; die worden niet gelezen en niet uitgevoerd");
        }
        if name.starts_with("xl/externalLinks/externalLink") {
            found.notice(Cellmark::default(), "deze werkmap verwijst naar andere bestanden; die worden niet gelezen");
        }
        let most = match name.to_ascii_lowercase() {
            it if it.ends_with("styles.xml") => limits::STYLES,
            _ if name.starts_with("xl/worksheets/") => limits::UNPACKED,
            _ => limits::SHARED,
        };
        if member.size() > most || told > limits::UNPACKED {
            return Err(large());
        }
    }
    // What a file says of itself may be a lie: it is unpacked once, piece by piece, and never kept.
    let (mut piece, mut real) = (vec![0; 1 << 16], 0_u64);
    for at in 0..zip.len() {
        let mut member = zip.by_index(at).map_err(|_| no_workbook("het bestand is beschadigd"))?;
        let (said, mut unpacked) = (member.size(), 0_u64);
        // Whoever opens the workbook makes room for as many shared texts as their list says it has.
        let shared = member.name().is_ok_and(|it| it.to_ascii_lowercase().ends_with("sharedstrings.xml"));
        let mut promised = shared.then(|| Promised::of("uniqueCount"));
        loop {
            let more = member.read(&mut piece).map_err(|_| no_workbook("het bestand is beschadigd"))?;
            if more == 0 {
                break;
            }
            unpacked += more as u64;
            real += more as u64;
            if let Some(promised) = &mut promised {
                promised.feed(&piece[..more]);
            }
            if unpacked > said || real > limits::UNPACKED {
                return Err(large());
            }
        }
        if promised.is_some_and(|it| it.most() > unpacked / LEAST_TEXT) {
            return Err(no_workbook("de lijst met teksten zegt meer teksten te hebben dan erin passen"));
        }
    }
    Ok(())
}

/// Bytes of the shortest shared text: `<si/>`.
const LEAST_TEXT: u64 = 5;

/// The rows of a sheet.
fn sheet(
    name: &str,
    mut cells: calamine::XlsxCellReader<'_, Cursor<&[u8]>>,
    most_rows: u32,
    left: &mut Left,
    found: &mut Found,
) -> Result<Table, Box<Found>> {
    let at = || Cellmark::sheet(name);
    let (mut rows, mut formulas): (Vec<Row>, usize) = (Vec::new(), 0);
    let broken = |_| Box::new(Found::one("bestand", at(), "dit blad is beschadigd", "sla de werkmap opnieuw op als .xlsx"));
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        formulas += usize::from(cell.formula.is_some());
        let (row, column) = cell.pos;
        let value = taken(&cell.value);
        if value.is_empty() {
            continue;
        }
        if row > most_rows || column >= limits::COLUMNS {
            let what = format!("cel {}{} ligt buiten wat gelezen wordt", letters(column), u64::from(row) + 1);
            let remedy = format!("gebruik hoogstens {most_rows} rijen en {} kolommen, of maak deze cel leeg", limits::COLUMNS);
            let (at, found) = (at().row(row.saturating_add(1)).column(column, ""), Some(show_id(&value.text())));
            return Err(Box::new(SheetProblem { code: "te-veel", at, found, what, remedy }.into()));
        }
        if value.text().len() > limits::TEXT * 4 {
            let what = format!("er staan meer dan {} tekens in één cel", limits::TEXT);
            let (at, found) = (at().row(row + 1).column(column, ""), Some(show_id(&value.text())));
            return Err(Box::new(SheetProblem { code: "grens", at, found, what, remedy: "kort de tekst in".into() }.into()));
        }
        let number = row + 1;
        let before = rows.last().filter(|it| it.number == number).map_or(0, |it| it.cells.len());
        let grown = (column as usize + 1).saturating_sub(before);
        if let Err(what) = left.take(grown, value.text().len()) {
            return Err(Box::new(Found::one("te-veel", Cellmark::default(), what, "splits de werkmap, of laat weg wat niet nodig is")));
        }
        match rows.last() {
            Some(last) if last.number == number => {}
            Some(last) if last.number > number => {
                // Rows out of order: no spreadsheet writes them so.
                return Err(Box::new(Found::one(
                    "bestand",
                    at().row(number),
                    "de rijen staan door elkaar",
                    "sla de werkmap opnieuw op als .xlsx",
                )));
            }
            _ => rows.push(Row { number, cells: Vec::new() }),
        }
        if let Some(row) = rows.last_mut() {
            let column = column as usize;
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            row.cells[column] = value;
        }
    }
    if formulas > 0 {
        let many = if formulas == 1 { "staat 1 formule".to_owned() } else { format!("staan {formulas} formules") };
        found.notice(at(), format!("er {many} in; gelezen is wat er het laatst was uitgerekend"));
    }
    Ok(Table { name: name.into(), rows })
}

fn taken(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::typed(text),
        DataRef::SharedString(text) => Cell::typed(text),
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(moment) if moment.is_duration() => Cell::Number(moment.as_f64()),
        DataRef::DateTime(moment) => {
            // Before 1900 and after 9999 there is no day.
            if (1.0..2_958_466.0).contains(&moment.as_f64()) {
                let (year, month, day, ..) = moment.to_ymd_hms_milli();
                Cell::Day(format!("{year:04}-{month:02}-{day:02}"))
            } else {
                Cell::Number(moment.as_f64())
            }
        }
        DataRef::DateTimeIso(text) => Cell::Day(text.chars().take(10).collect()),
        DataRef::DurationIso(text) => Cell::typed(text),
        DataRef::Error(error) => Cell::Wrong(error.to_string()),
    }
}
