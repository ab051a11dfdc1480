//! A wave file as the sheets of a workbook, one row for each of its rows: reading them gives the same wave.

use serde_json::Value;

use super::super::book::{Book, Cell, Row, Table};
use super::columns::{Column, Kept, Kind, POLICY, SHEETS};
use super::{policy, values};
use crate::matching::wave_file::WaveFile;

/// The sheets of a wave.
pub fn write(wave: &WaveFile) -> Book {
    let value = wave.to_json();
    let mut sheets: Vec<Table> = SHEETS.iter().map(|kept| table(kept, &rows(kept, &value))).collect();
    sheets.push(policy::write(&value));
    Book { sheets }
}

/// Adds the first and last day of the wave's placements, which no wave file holds, to the sheet of settings.
pub fn with_days(book: &mut Book, from: &str, until: &str) {
    let Some(sheet) = book.sheets.iter_mut().find(|it| it.name == POLICY) else { return };
    for (name, day) in [("van", from), ("tot", until)] {
        let number = sheet.rows.last().map_or(1, |it| it.number + 1);
        let cells = vec![Cell::Text("lichting".into()), Cell::Text(name.into()), Cell::Day(day.into())];
        sheet.rows.push(Row { number, cells });
    }
}

/// The rows of a sheet: objects of the wave file, those of seats with their school.
pub(super) fn rows(kept: &Kept, wave: &Value) -> Vec<Value> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    if kept.list != "plekken" {
        return list(&wave[kept.list]);
    }
    let mut rows = Vec::new();
    for school in list(&wave["scholen"]) {
        for mut seat in list(&school["plekken"]) {
            seat["school"] = school["id"].clone();
            rows.push(seat);
        }
    }
    rows
}

/// The value of a column in a row.
pub(super) fn of<'a>(row: &'a Value, column: &Column) -> &'a Value {
    column.key.split('/').fold(row, |value, key| &value[key])
}

fn table(kept: &Kept, rows: &[Value]) -> Table {
    let headers = kept.columns.iter().map(|it| Cell::Text(it.header.into())).collect();
    let body = rows.iter().map(|row| kept.columns.iter().map(|column| cell(row, column)).collect());
    let rows = std::iter::once(headers).chain(body).zip(1..).map(|(cells, number)| Row { number, cells }).collect();
    Table { name: kept.name.into(), rows }
}

fn cell(row: &Value, column: &Column) -> Cell {
    match column.kind {
        Kind::Postcode => Cell::Empty,
        kind => values::cell(of(row, column), kind),
    }
}
