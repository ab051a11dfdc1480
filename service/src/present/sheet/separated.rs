//! One table as CSV that a Dutch Excel opens as it is: semicolons, decimal commas, UTF-8 that says so, and no text that computes.

use super::workbook::fitting;
use super::{Cell, Table, Unit};

/// Says to Excel that the text is UTF-8.
const MARK: &str = "\u{feff}";

/// The table with its headings in the first line; a figure has no unit and no dots, and what is not there is empty.
pub fn separated(table: &Table) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    let mut write = |line: Vec<String>| {
        // Nothing is written but to memory, and every line has as many fields.
        let _ = writer.write_record(&line);
    };
    let headings = std::iter::once(&table.heading).chain(table.columns.iter().map(|it| &it.heading));
    write(headings.map(|it| fitting(it).into_owned()).collect());
    for row in &table.rows {
        let mut line = vec![fitting(&row.name).into_owned()];
        line.extend(row.cells.iter().map(field));
        if !row.says.is_empty() && line.len() <= table.columns.len() {
            line.push(fitting(&row.says).into_owned());
        }
        line.resize(table.columns.len() + 1, String::new());
        write(line);
    }
    writer.into_inner().unwrap_or_default()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Figure(value, unit) | Cell::Change(value, unit) => figure(*value, *unit),
        Cell::Of(part, whole, _) => format!("{part} van {whole}"),
        Cell::Bar(part, whole) => format!("{part} van {whole}"),
        Cell::Hidden => String::new(),
        Cell::Text(text) => fitting(text).into_owned(),
        Cell::Named(name, more) if more.is_empty() => fitting(name).into_owned(),
        Cell::Named(name, more) => fitting(&format!("{name} {more}")).into_owned(),
    }
}

fn figure(value: i64, unit: Unit) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    match unit {
        Unit::One | Unit::Percent | Unit::Minutes | Unit::Hours => format!("{sign}{size}"),
        Unit::Tenths => format!("{sign}{},{}", size / 10, size % 10),
        Unit::Cents => format!("{sign}{},{:02}", size / 100, size % 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sheet::{Column, Row};

    #[test]
    fn a_dutch_excel_opens_it_as_it_is_and_nothing_computes() {
        let columns = vec![Column::words("naam"), Column::figures("kosten"), Column::figures("aandeel"), Column::words("reden")];
        let row = |name: &str, cells| Row::new(name, cells);
        let table = Table {
            key: "proef",
            heading: "kandidaat".into(),
            columns,
            rows: vec![
                row(
                    "=1+1",
                    vec![
                        Cell::Text("+31; \"x\"".into()),
                        Cell::Figure(-120_005, Unit::Cents),
                        Cell::Figure(125, Unit::Tenths),
                        Cell::Text("een\ntwee".into()),
                    ],
                ),
                row("Zoë", vec![Cell::Text("@x".into()), Cell::Hidden]),
            ],
            meaning: "",
        };
        let right =
            "\u{feff}kandidaat;naam;kosten;aandeel;reden\r\n'=1+1;\"'+31; \"\"x\"\"\";-1200,05;12,5;\"een\ntwee\"\r\nZoë;'@x;;;\r\n";
        assert_eq!(String::from_utf8(separated(&table)).unwrap(), right);
    }
}
