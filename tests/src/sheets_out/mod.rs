//! What goes out as workbooks and CSV: read back it is the plan, nothing in it computes, and its charts are of its cells.

mod drawn;
mod odd;
mod plan;
mod round;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use loket_instances::matching::outcome::{OutcomeFile, compose};
use loket_instances::matching::read::Loaded;
use loket_instances::sheets::book::{Book as Read_, Table};
use loket_instances::sheets::{limits, xlsx};
use loket_service::present::book::{Known, Whole};
use loket_service::present::sheet::workbook::{Book, workbook};
use loket_solver::matching::facts::plan::Plan;
use serde_json::Value;

use crate::honest::{plain_outcome, technique};
use crate::support::load;

/// A wave with an outcome and its plan.
pub struct Solved {
    pub loaded: Loaded,
    pub outcome: OutcomeFile,
    pub plan: Plan,
}

impl Solved {
    /// Solves a wave without the engine; nothing when it has no plan.
    pub fn of(wave: &Value) -> Option<Self> {
        let loaded = load(wave);
        let outcome = plain_outcome(&loaded.wave);
        let file = compose(&loaded, &outcome, &technique(&loaded.wave));
        Some(Self { plan: outcome.plan?, outcome: file, loaded })
    }

    pub fn whole<'a>(&'a self, known: Option<&'a Known>) -> Whole<'a> {
        Whole { loaded: &self.loaded, outcome: &self.outcome, plan: &self.plan, known, made: 1_782_900_000 }
    }
}

/// A workbook as bytes; it is the same every time.
pub fn written(book: &Book) -> Vec<u8> {
    let bytes = workbook(book).expect("a workbook");
    assert_eq!(bytes, workbook(book).expect("a workbook"), "the same book is the same file");
    bytes
}

/// The cells of a workbook; no cell of it computes.
pub fn read(bytes: &[u8]) -> Read_ {
    let (book, found) = xlsx::read(bytes, |_| limits::TRAVEL_ROWS).unwrap_or_else(|found| panic!("{found}"));
    assert!(found.notices.is_empty(), "no formulas, macros or links: {:?}", found.notices);
    book
}

/// The texts below a heading of a sheet, by the first column.
pub fn column(table: &Table, heading: &str) -> BTreeMap<String, String> {
    let at = table.column(&[heading]).unwrap_or_else(|| panic!("a column {heading} on {}", table.name));
    table.body().iter().map(|row| (row.cell(0).text().into_owned(), row.cell(at).text().into_owned())).collect()
}

/// The members of a workbook as text, by name.
pub fn members(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut all = BTreeMap::new();
    for at in 0..zip.len() {
        let mut member = zip.by_index(at).expect("a member");
        let name = member.name().expect("a name").into_owned();
        let mut text = String::new();
        member.read_to_string(&mut text).expect("text");
        all.insert(name, text);
    }
    all
}
