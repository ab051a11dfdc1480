//! Rows of a list in an order of their own, found by id; an id that is not there is a problem or a notice.

use std::collections::HashMap;

use loket_solver::common::tables::Id;

use super::report::Report;
use super::spot::{Spot, show_id};

/// Rows of one kind: their order and where each id is.
pub(crate) struct Rows<I> {
    /// Rows of the file in canonical order.
    pub(crate) order: Vec<usize>,
    found: HashMap<String, I>,
    /// Whether every id could be read; if not, no reference can be called wrong.
    known: bool,
}

impl<I: Id> Rows<I> {
    /// Rows with these ids, in the order of their keys. Of an id that comes twice the first row is found.
    pub(crate) fn new(ids: &[&str], known: bool, mut key: impl FnMut(&str) -> Vec<u8>) -> Self {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_by_cached_key(|&row| key(ids[row]));
        let mut found = HashMap::with_capacity(ids.len());
        for (position, &row) in order.iter().enumerate() {
            found.entry(ids[row].to_owned()).or_insert_with(|| I::new(position));
        }
        Self { order, found, known }
    }

    /// The row with this id.
    pub(crate) fn get(&self, id: &str) -> Option<I> {
        self.found.get(id).copied()
    }

    /// The row that must exist; reports when it does not.
    pub(crate) fn need(&self, id: &str, spot: impl Fn() -> Spot, kind: &str, report: &Report) -> Option<I> {
        let found = self.get(id);
        if found.is_none() && self.known {
            let what = format!("{kind} \"{}\" staat niet in dit bestand", show_id(id));
            let remedy = format!("verbeter de id, of voeg {kind} \"{}\" toe", show_id(id));
            report.problem("onbekende-verwijzing", &spot(), what, remedy);
        }
        found
    }

    /// The row that may exist; gives a notice when it does not.
    pub(crate) fn seek(&self, id: &str, spot: impl Fn() -> Spot, kind: &str, effect: &str, report: &Report) -> Option<I> {
        let found = self.get(id);
        if found.is_none() && self.known {
            let text = format!("{kind} \"{}\" staat niet in dit bestand; {effect}", show_id(id));
            report.notice("onbekende-verwijzing", &spot(), text);
        }
        found
    }

    /// Whether every id could be read.
    pub(crate) fn known(&self) -> bool {
        self.known
    }
}
