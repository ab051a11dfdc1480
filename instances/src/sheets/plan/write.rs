//! A plan's file as the sheets of a workbook: reading them gives the same plan.

use serde_json::{Map, Value, json};

use super::super::book::{Book, Cell, Row, Table};
use super::super::wave::columns::{Kept, NONE};
use super::super::wave::values;
use super::columns::SHEETS;
use super::settings;

/// The sheets of a plan's file that was read without a problem.
pub fn write(plan: &Value) -> Book {
    let mut sheets: Vec<Table> = SHEETS.iter().map(|kept| table(kept, &rows(kept.list, plan))).collect();
    sheets.push(settings::write(plan));
    Book { sheets }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The rows of a sheet, by the keys of its columns.
pub(super) fn rows(name: &str, plan: &Value) -> Vec<Value> {
    match name {
        "jaren" => list(plan, "jaren").iter().map(|year| json!({ "jaar": year })).collect(),
        "trechter" => {
            let steps =
                plan["trechter"].as_object().into_iter().flatten().filter(|(step, value)| *step != "toelichting" && !value.is_null());
            steps.map(|(step, percent)| json!({ "stap": step, "procent": percent })).collect()
        }
        "werkelijk" => list(plan, "lichtingen").iter().flat_map(actual).collect(),
        "plekken" => per_year(plan, "besturen", "bestuur", "plekken"),
        "aanname" => per_year(plan, "coachsoorten", "coachsoort", "aanname_max"),
        "fasen" if plan["fasen"].as_array().is_some_and(Vec::is_empty) => vec![json!({ "fase": NONE })],
        "scenarios" => list(plan, "scenarios").iter().flat_map(scenario).collect(),
        name => list(plan, name).to_vec(),
    }
}

fn actual(wave: &Value) -> Vec<Value> {
    let mut rows = Vec::new();
    for (kind, counts) in wave["werkelijk"].as_object().into_iter().flatten().filter_map(|(kind, it)| Some((kind, it.as_object()?))) {
        let named = |key: &str| key != "toelichting";
        let mut own: Vec<Value> = counts
            .iter()
            .filter(|(count, number)| named(count) && !number.is_null())
            .map(|(count, number)| json!({ "lichting": wave["id"], "coachsoort": kind, "telling": count, "aantal": number }))
            .collect();
        if own.is_empty() {
            own.push(json!({ "lichting": wave["id"], "coachsoort": kind }));
        }
        own[0]["toelichting"] = counts.get("toelichting").cloned().unwrap_or_default();
        rows.extend(own);
    }
    rows
}

/// A row for each year where a list has a number for each.
fn per_year(plan: &Value, of: &str, key: &str, number: &str) -> Vec<Value> {
    let rows = list(plan, of).iter().filter_map(|row| Some((row, row[number].as_array()?)));
    let each = |(row, numbers): (&Value, &Vec<Value>)| {
        let years = list(plan, "jaren").iter().zip(numbers);
        years.map(|(year, value)| json!({ key: row["id"], "jaar": year, number: value })).collect::<Vec<Value>>()
    };
    rows.flat_map(each).collect()
}

fn scenario(scenario: &Value) -> Vec<Value> {
    let own = |key: &str| scenario[key].clone();
    let first = json!({ "id": own("id"), "naam": own("naam"), "toelichting": own("toelichting") });
    let mut rows: Vec<Value> = Vec::new();
    for change in list(scenario, "wijzig") {
        let mut row = if rows.is_empty() { first.clone() } else { json!({ "id": own("id") }) };
        row["pad"] = change["pad"].clone();
        row["waarde"] = change["waarde"].clone();
        row["bij_wijziging"] = change["toelichting"].clone();
        rows.push(row);
    }
    if rows.is_empty() { vec![first] } else { rows }
}

fn table(kept: &Kept, rows: &[Value]) -> Table {
    let headers = kept.columns.iter().map(|it| Cell::Text(it.header.into())).collect();
    let none = Map::new();
    let cell = |row: &Value, key: &str, kind| match row.as_object().unwrap_or(&none).get(key) {
        // Numbers for each year have a sheet of their own.
        Some(Value::Array(_)) if ["plekken", "aanname_max"].contains(&key) => Cell::Empty,
        Some(value) => values::cell(value, kind),
        None => Cell::Empty,
    };
    let body = rows.iter().map(|row| kept.columns.iter().map(|column| cell(row, column.key, column.kind)).collect());
    let rows = std::iter::once(headers).chain(body).zip(1..).map(|(cells, number)| Row { number, cells }).collect();
    Table { name: kept.name.into(), rows }
}
