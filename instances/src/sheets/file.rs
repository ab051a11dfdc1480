//! A workbook, or CSV files that are its sheets: which of the two is seen from the bytes, never from the name alone.

use super::book::Book;
use super::problem::{Cellmark, Found};
use super::{csv, limits, xlsx};

/// A file by name.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Its name, with or without folders. Of a CSV file it names the sheet.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// Whether these are the bytes of a workbook, old, new or of another program: anything but text.
fn packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// The name of the sheet that a CSV file is: its own name without folder and ending.
fn sheet(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |it| it.0)
}

/// Reads one workbook, or one or more CSV files. `most_rows` gives the most rows of a sheet by its name.
///
/// # Errors
/// Everything that makes one of them unreadable.
pub fn read(files: &[Named<'_>], most_rows: impl Fn(&str) -> u32) -> Result<(Book, Found), Found> {
    if let [only] = files
        && packed(only.bytes)
    {
        return xlsx::read(only.bytes, most_rows);
    }
    let (mut book, mut found) = (Book::default(), Found::default());
    for file in files {
        let name = sheet(file.name);
        if packed(file.bytes) {
            let remedy = "lever één werkmap in, of alleen CSV-bestanden";
            found.problem("bestand", Cellmark::sheet(name), "een werkmap gaat niet samen met andere bestanden", remedy);
            continue;
        }
        match csv::read(name, file.bytes, most_rows(name).min(limits::TRAVEL_ROWS)) {
            Ok(table) => book.sheets.push(table),
            Err(wrong) => found.take(wrong),
        }
    }
    if found.clean() { Ok((book, found)) } else { Err(found) }
}
