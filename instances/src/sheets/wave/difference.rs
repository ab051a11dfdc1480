//! What changed between two waves, by the sheets and columns in which people keep them.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::columns::{Kept, Kind, POLICY, SHEETS};
use super::write::{of, rows};
use super::{policy, values};
use crate::matching::wave_file::WaveFile;

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was not there before.
    New,
    /// It is no longer there.
    Gone,
    /// It says something else: header, what it said and what it says now.
    Changed(Vec<(&'static str, String, String)>),
}

/// A row that is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Name of its sheet.
    pub sheet: &'static str,
    /// What it is about: an id, or what its row begins with.
    pub about: String,
    /// What became of it.
    pub change: Change,
}

/// Rows that differ, in the order of the sheets; within a sheet those that are there now in their order, then those that are gone.
pub fn between(before: &WaveFile, after: &WaveFile) -> Vec<Changed> {
    let (before, after) = (before.to_json(), after.to_json());
    let mut changes = Vec::new();
    for kept in &SHEETS {
        sheet(kept, &rows(kept, &before), &rows(kept, &after), &mut changes);
    }
    settings(&before, &after, &mut changes);
    changes
}

/// What two rows about the same thing have in common.
fn name(kept: &Kept, row: &Value) -> String {
    let keys: &[&str] = match kept.list {
        "plekken" => &["school", "id", "bouw"],
        "reistijden" => &["van", "naar"],
        "vast" | "vorig_plan" => &["kandidaat"],
        "verboden" => &["kandidaat", "school", "plek", "bouw", "bestuur", "coach"],
        _ => &["id"],
    };
    if kept.list == "paren" {
        let mut people: Vec<&str> = row["kandidaten"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        people.sort_unstable();
        people.extend(row["soort"].as_str());
        return people.join(" ");
    }
    let mut parts: Vec<&str> = keys.iter().filter_map(|key| row[*key].as_str()).collect();
    // A seat group without an id of its own is known by its bouw.
    if kept.list == "plekken" {
        parts.truncate(2);
    }
    parts.join(" ")
}

fn sheet(kept: &Kept, before: &[Value], after: &[Value], changes: &mut Vec<Changed>) {
    let mut left: HashMap<String, &Value> = before.iter().map(|row| (name(kept, row), row)).collect();
    for row in after {
        let about = name(kept, row);
        let change = match left.remove(&about) {
            None => Change::New,
            Some(old) if old == row => continue,
            Some(old) => {
                let said = |row: &Value, column| values::cell(of(row, column), Kind::Texts).text().into_owned();
                let columns = kept.columns.iter().filter(|it| of(old, it) != of(row, it));
                let differ = columns.map(|it| (it.header, said(old, it), said(row, it))).filter(|it| it.1 != it.2).collect::<Vec<_>>();
                if differ.is_empty() {
                    continue;
                }
                Change::Changed(differ)
            }
        };
        changes.push(Changed { sheet: kept.name, about, change });
    }
    for row in before {
        let about = name(kept, row);
        if left.remove(&about).is_some() {
            changes.push(Changed { sheet: kept.name, about, change: Change::Gone });
        }
    }
}

fn settings(before: &Value, after: &Value, changes: &mut Vec<Changed>) {
    let said = |wave: &Value| -> BTreeMap<String, String> {
        let table = policy::write(wave);
        let body = table.body().iter();
        body.map(|row| (format!("{} {}", row.cell(0).text(), row.cell(1).text()), row.cell(2).text().into_owned())).collect()
    };
    let (before, after) = (said(before), said(after));
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for name in names {
        let change = match (before.get(name), after.get(name)) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => Change::Changed(vec![(policy::HEADERS[2], old.clone(), new.clone())]),
            (None, _) => Change::New,
            (_, None) => Change::Gone,
        };
        changes.push(Changed { sheet: POLICY, about: name.clone(), change });
    }
}
