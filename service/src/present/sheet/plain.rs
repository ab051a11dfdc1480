//! The tables of a sheet as plain texts, for whatever draws tables of its own.

use super::cell::changed;
use super::{Cell, Sheet, Side};
use crate::present::dutch::number;

/// A table in texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Its key.
    pub key: &'static str,
    /// What stands above it.
    pub heading: String,
    /// What the figures mean.
    pub meaning: &'static str,
    /// Above the columns behind the names; whether they are figures.
    pub heads: Vec<(String, bool)>,
    /// Name and cells of each row, as many as there are columns; the last text tells what stands in place of them.
    pub rows: Vec<(String, Vec<String>, String)>,
}

/// Every table of a sheet, in order.
pub fn lines(sheet: &Sheet) -> Vec<Lines> {
    sheet
        .tables()
        .map(|table| Lines {
            key: table.key,
            heading: table.heading.clone(),
            meaning: table.meaning,
            heads: table.columns.iter().map(|it| (it.heading.clone(), it.side == Side::Right)).collect(),
            rows: table
                .rows
                .iter()
                .map(|row| {
                    let mut cells: Vec<String> = row.cells.iter().map(text).collect();
                    cells.resize(table.columns.len(), String::new());
                    (row.name.trim().to_owned(), cells, row.says.clone())
                })
                .collect(),
        })
        .collect()
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Figure(value, unit) => unit.of(*value),
        Cell::Change(value, unit) => changed(*value, *unit),
        Cell::Of(part, whole, unit) => format!("{} van {}", number(*part), unit.of(*whole)),
        Cell::Bar(part, whole) => format!("{part} van {whole}"),
        Cell::Hidden => "·".into(),
        Cell::Text(text) => text.clone(),
        Cell::Named(name, more) if more.is_empty() => name.clone(),
        Cell::Named(name, more) => format!("{name} {more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sheet::{Column, Row, Table, Unit};

    #[test]
    fn a_table_has_as_many_texts_in_each_row_as_columns() {
        let mut sheet = Sheet::default();
        let rows = vec![Row::new("  samen", vec![Cell::Of(3, 9, Unit::Hours), Cell::Hidden]), Row::new("niemand", Vec::new())];
        sheet.table(Table {
            heading: "Uren".into(),
            columns: vec![Column::figures("uren"), Column::figures("deel")],
            rows,
            ..Table::default()
        });
        let told = lines(&sheet);
        assert_eq!(told[0].rows[0], ("samen".into(), vec!["3 van 9 u".into(), "·".into()], String::new()));
        assert_eq!(told[0].rows[1].1.len(), 2);
    }
}
