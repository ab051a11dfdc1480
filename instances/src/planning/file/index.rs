//! Ids of the rows of a list, in the order of the file, before the rows themselves are read: what points at them can be looked up at once.

use std::collections::HashSet;

use loket_solver::common::tables::Id;

use crate::strict::fields::{At, Fields};
use crate::strict::json::Node;
use crate::strict::lookup::Rows;
use crate::strict::spot::{Spot, show_id};

/// Rows of a list with where each id is.
pub(crate) struct Listed<'a, I> {
    /// The rows, in the order of the file.
    pub(crate) rows: Vec<At<'a>>,
    /// Their ids.
    pub(crate) found: Rows<I>,
    /// What one row is called.
    kind: &'static str,
}

impl<'a, I: Id> Listed<'a, I> {
    /// The rows of a list whose ids stand under `key`; an id that comes twice is a problem, and so is an empty list that is needed.
    pub(crate) fn new(fields: &Fields<'a>, list: &'static str, key: &'static str, most: usize, kind: &'static str) -> Self {
        let rows = fields.get(list).filter(|at| at.no_more_than(most).is_some()).and_then(|at| at.rows(key));
        let known = rows.is_some();
        let rows = rows.unwrap_or_default();
        let ids: Vec<Option<&str>> = rows.iter().map(|row| text_of(row.node, key)).collect();
        let mut seen = HashSet::new();
        for (row, id) in rows.iter().zip(&ids).filter_map(|(row, id)| Some((row, (*id)?))) {
            if !seen.insert(id) {
                let what = format!("{kind} \"{}\" staat er twee keer", show_id(id));
                row.report.problem("dubbel-id", &row.spot.key(key), what, "geef elke regel een eigen id");
            }
        }
        let known = known && ids.iter().all(Option::is_some);
        let texts: Vec<&str> = ids.iter().map(|id| id.unwrap_or_default()).collect();
        // The order of the file is kept: all keys are equal.
        Self { rows, found: Rows::new(&texts, known, |_| Vec::new()), kind }
    }

    /// The row that this value names; a problem when there is none.
    pub(crate) fn named(&self, at: &At<'_>) -> Option<I> {
        let id = at.text()?;
        self.found.need(id, || at.spot.clone(), self.kind, at.report)
    }

    /// The row that a key of an object names.
    pub(crate) fn key(&self, id: &str, spot: &Spot, at: &At<'_>) -> Option<I> {
        self.found.need(id, || spot.clone(), self.kind, at.report)
    }
}

fn text_of<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    let Node::Object(entries) = node else { return None };
    entries.iter().find_map(|(name, value)| match value {
        Node::Text(text) if name == key => Some(text.as_str()),
        _ => None,
    })
}
