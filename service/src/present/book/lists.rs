//! Lists of placements for a school, a board or a coach: a sheet for each, or one table of all. Who is named was settled before.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::{Word, words};

use crate::present::sheet::workbook::{Book, Leaf};
use crate::present::sheet::{self, Cell, Column, Row, Sheet, Table, Unit};
use crate::records::listing::{Entry, Per};

words! {
    /// Which rows of a plan.
    pub enum Part {
        /// Every candidate, with the placement.
        Placements = "plaatsingen",
        /// Who is not placed, with the reasons.
        Unplaced = "ongeplaatst",
    }
}

/// A column of a list: what stands above it, and what of an entry stands in it.
struct Field {
    heading: &'static str,
    of: fn(&Entry) -> Cell,
}

const FIELDS: [Field; 14] = [
    Field { heading: "naam", of: |it| maybe(it.name.as_ref()) },
    Field { heading: "lichting", of: |it| maybe(it.wave.as_ref()) },
    Field { heading: "bestuur", of: |it| text(&it.board.0) },
    Field { heading: "bestuursnaam", of: |it| maybe(it.board.1.as_ref()) },
    Field { heading: "school", of: |it| text(&it.school.0) },
    Field { heading: "schoolnaam", of: |it| maybe(it.school.1.as_ref()) },
    Field { heading: "plek", of: |it| text(&it.seat) },
    Field { heading: "bouw", of: |it| text(&it.bouw) },
    Field { heading: "dagdelen", of: |it| maybe(it.half_days.as_ref()) },
    Field { heading: "coach", of: |it| maybe(it.coach.as_ref().map(|it| &it.0)) },
    Field { heading: "coachnaam", of: |it| maybe(it.coach.as_ref().and_then(|it| it.1.as_ref())) },
    Field { heading: "van", of: |it| maybe(it.period.as_ref().map(|it| &it.0)) },
    Field { heading: "tot en met", of: |it| maybe(it.period.as_ref().map(|it| &it.1)) },
    Field { heading: "stand", of: |it| text(it.stand.unwrap_or_default()) },
];

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn maybe(text: Option<&String>) -> Cell {
    Cell::Text(text.cloned().unwrap_or_default())
}

/// All entries as one table. A column that is empty everywhere is left out, but for the name: that it is not told is told too.
pub fn table(entries: &[Entry]) -> Table {
    let empty = |field: &&Field| entries.iter().all(|it| (field.of)(it) == Cell::Text(String::new()));
    let fields: Vec<&Field> = FIELDS.iter().filter(|it| it.heading == "naam" || !empty(it)).collect();
    let hours = entries.iter().any(|it| it.hours.is_some());
    let mut columns: Vec<Column> = fields.iter().map(|it| Column::words(it.heading)).collect();
    columns.extend(hours.then(|| Column::figures("uren")));
    let row = |entry: &Entry| {
        let mut cells: Vec<Cell> = fields.iter().map(|it| (it.of)(entry)).collect();
        if hours {
            cells.push(entry.hours.map_or_else(|| text(""), |it| Cell::Figure(it, Unit::Hours)));
        }
        Row::new(entry.candidate.as_str(), cells)
    };
    Table { key: "plaatsingen", heading: "kandidaat".into(), columns, rows: entries.iter().map(row).collect(), meaning: "" }
}

/// A workbook with a sheet for each list, by id; before them, when there are more, one that says which there are.
pub fn book(title: &str, made: i64, per: Per, entries: &[Entry]) -> Book {
    let mut lists: BTreeMap<&str, (Option<&String>, Vec<Entry>)> = BTreeMap::new();
    for entry in entries {
        let Some((id, name)) = entry.list(per) else { continue };
        let list = lists.entry(id).or_default();
        list.0 = list.0.or(name.as_ref());
        list.1.push(entry.clone());
    }
    let mut leaves = Vec::new();
    if lists.len() != 1 {
        let row = |(id, (name, own)): (&&str, &(Option<&String>, Vec<Entry>))| Row::new(*id, vec![maybe(*name), Cell::count(own.len())]);
        let columns = vec![Column::words("naam"), Column::figures("plaatsingen")];
        let rows = lists.iter().map(row).collect();
        leaves.push(leaf("Inhoud", Table { key: "inhoud", heading: per.code().into(), columns, rows, meaning: "" }));
    }
    leaves.extend(lists.iter().map(|(id, (name, own))| {
        let name = name.map_or_else(|| (*id).to_owned(), |name| format!("{id} {name}"));
        leaf(&name, table(own))
    }));
    let about = match per {
        Per::School => "Plaatsingen per school.",
        Per::Board => "Plaatsingen per bestuur.",
        Per::Coach => "Plaatsingen per coach.",
    };
    Book { title: title.into(), about: about.into(), made, leaves }
}

/// A workbook with one list, also when nobody stands on it.
pub fn only(title: &str, made: i64, name: &str, entries: &[Entry]) -> Book {
    Book { title: title.into(), about: "Een lijst van plaatsingen.".into(), made, leaves: vec![leaf(name, table(entries))] }
}

fn leaf(name: &str, table: Table) -> Leaf {
    Leaf { name: name.into(), sheet: Sheet { parts: vec![sheet::Part::Table(table)] } }
}
