//! A plan's file in the making: values under their keys, each with the cell that it stands in.

use std::collections::HashMap;

use super::super::problem::{Cellmark, Found};
use crate::strict::json::Node;

/// An object, in the order of its keys.
pub(super) type Entries = Vec<(String, Node)>;

/// The file, and where what is at a JSON pointer stands.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) entries: Entries,
    marks: HashMap<String, Cellmark>,
}

/// A key as a pointer has it.
pub(super) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The value under a key, taken out.
pub(super) fn take(entries: &mut Entries, key: &str) -> Option<Node> {
    let at = entries.iter().position(|it| it.0 == key)?;
    Some(entries.remove(at).1)
}

/// The text under a key.
pub(super) fn text<'a>(entries: &'a [(String, Node)], key: &str) -> Option<&'a str> {
    entries.iter().find_map(|(it, node)| match node {
        Node::Text(text) if it == key => Some(text.as_str()),
        _ => None,
    })
}

/// The entries of an object under a key, made where it is not there.
pub(super) fn inside<'a>(entries: &'a mut Entries, key: &str) -> Option<&'a mut Entries> {
    if !entries.iter().any(|it| it.0 == key) {
        entries.push((key.to_owned(), Node::Object(Vec::new())));
    }
    entries.iter_mut().find(|it| it.0 == key).and_then(|(_, node)| match node {
        Node::Object(inside) => Some(inside),
        _ => None,
    })
}

/// Puts a value under a key; a problem when there is one already.
pub(super) fn add(entries: &mut Entries, key: &str, node: Node, at: Cellmark, found: &mut Found) {
    if entries.iter().any(|it| it.0 == key) {
        found.problem("dubbel", at, format!("{key} staat er twee keer"), "laat één van beide rijen staan");
    } else {
        entries.push((key.to_owned(), node));
    }
}

impl Tree {
    /// Notes where something stands; the first place stays.
    pub(super) fn mark(&mut self, pointer: impl Into<String>, at: Cellmark) {
        self.marks.entry(pointer.into()).or_insert(at);
    }

    /// Where what is at a pointer stands, or what it is part of.
    pub(super) fn find(&self, pointer: &str) -> Cellmark {
        let mut before = pointer;
        while !before.is_empty() {
            if let Some(at) = self.marks.get(before) {
                return at.clone();
            }
            before = before.rsplit_once('/').map_or("", |it| it.0);
        }
        Cellmark::default()
    }
}
