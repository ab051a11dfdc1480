//! CSV as people have it: `;`, `,` or TAB between values, UTF-8 or Windows-1252, with or without quotes.

use super::book::{Cell, Row, Table};
use super::limits;
use super::problem::{Cellmark, Found, SheetProblem};
use crate::strict::spot::show_id;

/// Reads a CSV file as one sheet of this name. Values stay text; a number with a comma is one for whoever needs a number there.
///
/// # Errors
/// What makes it no table: too large, too many rows or columns, bytes that are no text.
pub fn read(name: &str, bytes: &[u8], most_rows: u32) -> Result<Table, Found> {
    let whole = || Cellmark::sheet(name);
    if bytes.len() > limits::FILE {
        let what = format!("het bestand is groter dan {} MB", limits::FILE >> 20);
        return Err(Found::one("bestand", whole(), what, "splits het bestand, of laat weg wat niet nodig is"));
    }
    let text = decode(bytes);
    if text.contains('\0') {
        return Err(Found::one("bestand", whole(), "dit is geen tekst", "sla het blad op als CSV (UTF-8), of lever de werkmap zelf in"));
    }
    let separator = separator(&text);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let (mut rows, mut record, mut cells_left, mut number) = (Vec::new(), csv::StringRecord::new(), limits::CELLS, 0_u32);
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            // Text was made of the bytes and any number of values is taken, so that nothing is left to go wrong.
            Err(_) => {
                return Err(Found::one("bestand", whole(), "dit bestand kan niet gelezen worden", "sla het opnieuw op als CSV (UTF-8)"));
            }
        }
        // The reader passes over empty lines; a spreadsheet shows them, and shows a value of several lines in one row.
        let from = record.position().and_then(|it| usize::try_from(it.byte()).ok()).unwrap_or(0);
        // The second half of a CRLF belongs to the row before.
        let halved = from > 0 && text.as_bytes().get(from - 1..=from) == Some(b"\r\n");
        let from = from + usize::from(halved);
        let passed = text.as_bytes().get(from..).unwrap_or_default().iter().take_while(|it| matches!(it, b'\r' | b'\n'));
        number += 1 + u32::try_from(passed.filter(|it| **it == b'\n').count()).unwrap_or(0);
        let mut cells: Vec<Cell> = record.iter().map(Cell::typed).collect();
        while cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        if rows.len() > most_rows as usize {
            let what = format!("er zijn meer dan {most_rows} rijen");
            return Err(Found::one("te-veel", whole().row(number), what, "splits het bestand, of laat weg wat niet nodig is"));
        }
        if cells.len() > limits::COLUMNS as usize {
            let what = format!("er zijn meer dan {} kolommen", limits::COLUMNS);
            return Err(Found::one("te-veel", whole().row(number), what, "laat kolommen weg die niet nodig zijn"));
        }
        if let Some(at) = cells.iter().position(|it| it.text().len() > limits::TEXT) {
            let column = u32::try_from(at).unwrap_or(0);
            let what = format!("er staan meer dan {} tekens in één cel", limits::TEXT);
            let remedy = "kort de tekst in; misschien ontbreekt er een aanhalingsteken";
            let (at, found) = (whole().row(number).column(column, ""), cells.get(at).map(|it| show_id(&it.text())));
            return Err(SheetProblem { code: "grens", at, found, what, remedy: remedy.into() }.into());
        }
        cells_left = cells_left.saturating_sub(cells.len());
        if cells_left == 0 {
            let what = format!("er staan meer dan {} cellen in", limits::CELLS);
            return Err(Found::one("te-veel", whole(), what, "splits het bestand, of laat weg wat niet nodig is"));
        }
        rows.push(Row { number, cells });
    }
    Ok(Table { name: name.into(), rows })
}

/// The text of the bytes: UTF-8 when that is what they are, else Windows-1252, which every byte is.
pub fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// What stands between the values: the sign that there is most of in the first line, quoted text aside.
fn separator(text: &str) -> u8 {
    let (mut quoted, mut counts) = (false, [(b';', 0_usize), (b',', 0), (b'\t', 0)]);
    for byte in text.bytes().skip_while(|it| matches!(it, b'\r' | b'\n')) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            other => counts.iter_mut().filter(|it| it.0 == other).for_each(|it| it.1 += 1),
        }
    }
    // The first of equals: in Dutch files that is `;`.
    counts.iter().rev().max_by_key(|it| it.1).map_or(b';', |it| it.0)
}

/// One sheet as CSV for a Dutch spreadsheet: `;`, decimal comma, CRLF, UTF-8 with its mark, every text guarded.
pub fn write(table: &Table) -> Vec<u8> {
    let mut out = Vec::from(*b"\xef\xbb\xbf");
    let width = table.rows.iter().map(|it| it.cells.len()).max().unwrap_or(0);
    for row in &table.rows {
        for column in 0..width {
            if column > 0 {
                out.push(b';');
            }
            let text = match row.cell(column) {
                Cell::Number(number) => number.to_string().replace('.', ","),
                other => super::safe::guarded(&other.text()).into_owned(),
            };
            if text.contains([';', '"', '\n', '\r', '\t', ',']) || text.starts_with('\'') {
                out.push(b'"');
                out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
                out.push(b'"');
            } else {
                out.extend_from_slice(text.as_bytes());
            }
        }
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &Table) -> Vec<Vec<String>> {
        table.rows.iter().map(|row| row.cells.iter().map(|it| it.text().into_owned()).collect()).collect()
    }

    #[test]
    fn files_of_every_habit_are_the_same_table() {
        let wanted = vec![vec!["id", "naam"], vec!["Z1", "Zoë; de tweede"]];
        for text in [
            "id;naam\r\nZ1;\"Zoë; de tweede\"\r\n",
            "\u{feff}id,naam\nZ1,Zoë; de tweede",
            "id\tnaam\nZ1\tZoë; de tweede\n\n\t\t\n",
            "\n\nid ; naam \n Z1;\"Zoë; de tweede\"",
        ] {
            assert_eq!(texts(&read("x", text.as_bytes(), 10).expect(text)), wanted, "{text}");
        }
        let old = b"id;naam\r\nZ1;Zo\xeb\r\n";
        assert_eq!(texts(&read("x", old, 10).expect("cp1252"))[1][1], "Zoë");
    }

    #[test]
    fn rows_keep_the_number_that_a_spreadsheet_shows() {
        let table = read("x", b"id;naam\n\nZ1;a\n\"Z\n2\";b\nZ3;c", 10).expect("a table");
        assert_eq!(table.rows.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 3, 4, 5]);
        let table = read("x", b"id;naam\r\n\r\nZ1;a\r\n\"Z\r\n2\";b\r\nZ3;c\r\n", 10).expect("a table");
        assert_eq!(table.rows.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 3, 4, 5], "a line end of two bytes is one");
    }

    #[test]
    fn too_much_is_refused_with_its_place() {
        let found = read("x", b"a\n1\n2\n3\n", 2).expect_err("three rows");
        assert_eq!((found.problems[0].code, found.problems[0].at.cell()), ("te-veel", "4".to_owned()));
        let wide = vec![b';'; 70].into_iter().chain(*b"x\n").collect::<Vec<u8>>();
        assert_eq!(read("x", &wide, 2).expect_err("wide").problems[0].code, "te-veel");
        assert_eq!(read("x", b"PK\x03\x04\0\0", 2).expect_err("no text").problems[0].code, "bestand");
        let unended = format!("a;b\n\"{}", "x;y\n".repeat(20_000));
        assert_eq!(read("x", unended.as_bytes(), 9).expect_err("no end").problems[0].code, "grens");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let cells = |texts: &[&str]| texts.iter().map(|it| Cell::typed(it)).collect();
        let mut rows = vec![Row { number: 1, cells: cells(&["id", "zin", "getal"]) }];
        rows.push(Row { number: 2, cells: vec![Cell::typed("'=1+1"), Cell::typed("a\"b;c\nd"), Cell::Number(52.5)] });
        let bytes = write(&Table { name: "x".into(), rows });
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(text.contains("\"'=1+1\";\"a\"\"b;c\nd\";\"52,5\""), "{text}");
        let table = read("x", &bytes, 9).expect("a table");
        assert_eq!(texts(&table)[1], ["=1+1", "a\"b;c\nd", "52,5"]);
    }
}
