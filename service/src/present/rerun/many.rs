//! What many reruns at once came to: a line for each wave and a total.

use std::time::Duration;

use serde_json::{Value, json};

use super::told::Counts;
use crate::exit::Exit;
use crate::present::dutch::{counted, time};
use crate::present::sheet::{Cell, Column, Row, Sheet, Table};

/// What became of the waves of a folder.
#[derive(Clone, Debug, Default)]
pub struct Many {
    /// Those that were solved again.
    pub solved: Vec<Solved>,
    /// Those that cannot be solved again, or that the request does not touch.
    pub others: Vec<Other>,
    /// Time it took.
    pub took: Duration,
}

/// One wave that was solved again.
#[derive(Clone, Debug)]
pub struct Solved {
    /// Its name.
    pub name: String,
    /// How it ended.
    pub exit: Exit,
    /// Whom it touches.
    pub counts: Counts,
    /// How many are placed.
    pub placed: usize,
    /// Whether the plan is proven best.
    pub proven: bool,
}

/// One wave that was not solved again, by name.
#[derive(Clone, Debug)]
pub enum Other {
    /// The request does not touch it.
    Untouched(String),
    /// It cannot be solved again, with why.
    Refused(String, String),
}

/// For people.
pub fn sheet(many: &Many) -> Sheet {
    let mut rows: Vec<Row> = many.solved.iter().map(row).collect();
    rows.extend(many.others.iter().filter_map(|it| match it {
        Other::Refused(name, why) => Some(Row { name: name.clone(), cells: Vec::new(), says: format!("geweigerd: {}", why.trim_end()) }),
        Other::Untouched(_) => None,
    }));
    let figures = ["gedwongen", "gekozen", "zonder plek", "geplaatst"].map(Column::figures);
    let mut sheet = Sheet::default();
    sheet.table(Table {
        key: "lichtingen",
        heading: "Lichting".into(),
        columns: figures.into_iter().chain([Column::words("bewezen")]).collect(),
        rows,
        meaning: "",
    });
    let untouched = many.others.iter().filter(|it| matches!(it, Other::Untouched(_))).count();
    sheet.closing(format!(
        "{} opnieuw ingedeeld in {}; {} niet geraakt.",
        counted(many.solved.len(), "lichting", "lichtingen"),
        time(many.took),
        counted(untouched, "lichting is", "lichtingen zijn"),
    ));
    sheet
}

fn row(it: &Solved) -> Row {
    let state = match it.exit {
        Exit::Impossible => "onmogelijk",
        Exit::Stopped => "gestopt",
        _ if it.proven => "ja",
        _ => "nee",
    };
    let counts = [it.counts.forced, it.counts.changed, it.counts.dropped, it.placed].map(Cell::count);
    Row::new(it.name.as_str(), counts.into_iter().chain([Cell::Text(state.into())]).collect())
}

/// For machines.
pub fn json(many: &Many) -> Value {
    let solved = many.solved.iter().map(|it| {
        json!({
            "lichting": it.name, "einde": it.exit as u8, "gedwongen": it.counts.forced, "gewijzigd": it.counts.changed,
            "zonder_plek": it.counts.dropped, "geplaatst": it.placed, "bewezen": it.proven,
        })
    });
    let others = many.others.iter().map(|it| match it {
        Other::Refused(name, why) => json!({ "lichting": name, "einde": Exit::Refused as u8, "wat": why }),
        Other::Untouched(name) => json!({ "lichting": name, "geraakt": false }),
    });
    solved.chain(others).collect()
}
