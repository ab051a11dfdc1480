//! A sheet for machines: its title, what is read first, and every table by its key.

use serde_json::{Map, Value, json};

use super::{Cell, Part, Row, Sheet, Table, Unit};

/// The sheet as JSON. Sentences are for people: what they say stands in the tables.
pub(super) fn json(sheet: &Sheet) -> Value {
    let mut value = Map::new();
    for part in &sheet.parts {
        match part {
            Part::Title(text) => value.insert("titel".into(), json!(text)),
            Part::Lead(text) => value.insert("over".into(), json!(text)),
            Part::Table(table) => value.insert(table.key.into(), of(table)),
            Part::Remark(_)
            | Part::Heading(_)
            | Part::Fact(_)
            | Part::Count(..)
            | Part::Sentence(_)
            | Part::Step(..)
            | Part::Item { .. }
            | Part::Detail(_)
            | Part::Point(_)
            | Part::Deeper(_)
            | Part::Notice { .. }
            | Part::Chart(_)
            | Part::Closing(_) => None,
        };
    }
    Value::Object(value)
}

/// What the sheet says, one sentence or item at a time, without tables.
pub(super) fn sentences(sheet: &Sheet) -> Vec<String> {
    let said = |part: &Part| -> Vec<String> {
        match part {
            Part::Title(text)
            | Part::Lead(text)
            | Part::Remark(text)
            | Part::Heading(text)
            | Part::Sentence(text)
            | Part::Detail(text)
            | Part::Point(text)
            | Part::Deeper(text)
            | Part::Notice { text, .. }
            | Part::Closing(text) => vec![text.clone()],
            Part::Fact(fact) => {
                let line = if fact.label.is_empty() { fact.text.clone() } else { format!("{}: {}", fact.label, fact.text) };
                std::iter::once(line).chain(fact.points.iter().cloned()).collect()
            }
            Part::Count(number, text) => vec![format!("{number} {text}")],
            Part::Step(number, text) => vec![format!("{number}. {text}")],
            Part::Item { name, note } => vec![if note.is_empty() { name.clone() } else { format!("{name}: {note}") }],
            Part::Table(_) | Part::Chart(_) => Vec::new(),
        }
    };
    sheet.parts.iter().flat_map(said).collect()
}

fn of(table: &Table) -> Value {
    let rows: Vec<Value> = table.rows.iter().map(|it| row(table, it)).collect();
    json!({ "regels": rows, "betekenis": table.meaning })
}

fn row(table: &Table, row: &Row) -> Value {
    let mut line = Map::new();
    line.insert("naam".into(), json!(row.name));
    for (column, it) in table.columns.iter().zip(&row.cells) {
        line.insert(column.heading.replace(' ', "_"), cell(it));
    }
    Value::Object(line)
}

fn cell(cell: &Cell) -> Value {
    match cell {
        // One decimal, written from whole tenths.
        Cell::Figure(value, Unit::Tenths) => json!(format!("{}.{}", value / 10, value % 10)),
        Cell::Figure(value, _) | Cell::Change(value, _) => json!(value),
        Cell::Of(part, whole, _) => json!([part, whole]),
        Cell::Bar(part, whole) => json!([part, whole]),
        Cell::Hidden => Value::Null,
        Cell::Text(text) | Cell::Named(text, _) => json!(text),
    }
}
