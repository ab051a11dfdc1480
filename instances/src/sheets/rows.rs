//! Rows of a sheet by the list of its columns: which column is where, and what each row says as an object of a file.

use super::book::{Book, Cell, Row, Table, plain};
use super::problem::{Cellmark, Found, SheetProblem};
use super::wave::columns::{Column, EXAMPLE, Kept, Kind};
use super::wave::values;
use crate::strict::json::Node;
use crate::strict::near::nearest;
use crate::strict::spot::show_id;

/// One sheet while it is read.
pub(super) struct Sheet<'a> {
    pub(super) kept: &'static Kept,
    pub(super) table: &'a Table,
    /// Columns of the list that are there, with where.
    pub(super) columns: Vec<(&'static Column, usize)>,
    /// Number of the row of each item.
    pub(super) rows: Vec<u32>,
}

impl<'a> Sheet<'a> {
    /// Finds the columns of a sheet.
    pub(super) fn of(kept: &'static Kept, table: &'a Table, found: &mut Found) -> Self {
        let mut sheet = Self { kept, table, columns: Vec::new(), rows: Vec::new() };
        let Some(headers) = table.headers() else { return sheet };
        for (place, cell) in headers.cells.iter().enumerate() {
            let name = plain(&cell.text());
            if name.is_empty() {
                continue;
            }
            let at = || Cellmark::sheet(&table.name).row(headers.number).column(narrow(place), &cell.text());
            // The name of the template wins from what another column is called as well.
            let called = |it: &&Column| plain(it.header) == name || plain(it.key) == name;
            let also = |it: &&Column| it.also.iter().any(|it| plain(it) == name);
            match kept.columns.iter().find(called).or_else(|| kept.columns.iter().find(also)) {
                Some(column) if sheet.columns.iter().any(|(it, _)| it.key == column.key) => {
                    let what = format!("er zijn twee kolommen voor {}", column.header);
                    found.problem("dubbele-sleutel", at(), what, "haal er een weg, of geef die een andere naam");
                }
                Some(column) => sheet.columns.push((column, place)),
                None => {
                    let near = nearest(&cell.text(), kept.columns.iter().map(|it| it.header));
                    let near = near.map(|it| format!("; bedoelde u {it}?")).unwrap_or_default();
                    found.notice(at(), format!("deze kolom wordt niet gelezen{near}"));
                }
            }
        }
        for column in kept.columns.iter().filter(|it| it.needed) {
            if sheet.place(column.key).is_none() && table.rows.len() > 1 {
                let what = format!("de kolom {} ontbreekt", column.header);
                let remedy = "zet de kolom erbij, zoals in het sjabloon";
                found.problem("kolom", Cellmark::sheet(&table.name).row(headers.number), what, remedy);
            }
        }
        sheet
    }

    pub(super) fn at(&self) -> Cellmark {
        Cellmark::sheet(&self.table.name)
    }

    /// The cell of a column in a row; the row alone when the column is not there.
    pub(super) fn cell(&self, row: u32, column: Option<&Column>) -> Cellmark {
        let found = column.and_then(|wanted| self.columns.iter().find(|(it, _)| it.key == wanted.key));
        match found {
            Some(&(_, place)) => {
                let header = self.table.headers().map(|it| it.cell(place).text().into_owned()).unwrap_or_default();
                self.at().row(row).column(narrow(place), &header)
            }
            None => self.at().row(row),
        }
    }

    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.columns.iter().find(|(it, _)| it.key == key).map(|it| it.1)
    }

    /// The rows as objects of a file; `more` adds what does not stand in one cell. Empty rows and examples are left out.
    pub(super) fn items(&mut self, found: &mut Found, more: impl Fn(&Self, &Row, &mut Vec<(String, Node)>, &mut Found)) -> Vec<Node> {
        let (mut items, mut rows) = (Vec::new(), Vec::new());
        for row in self.table.body() {
            let first = self.columns.first().map(|&(_, place)| row.cell(place));
            if first.is_some_and(|it| matches!(it, Cell::Text(text) if text == EXAMPLE)) {
                continue;
            }
            if self.columns.iter().all(|&(_, place)| row.cell(place).is_empty()) {
                continue;
            }
            let mut entries = self.entries(row, found);
            more(self, row, &mut entries, found);
            items.push(Node::Object(entries));
            rows.push(row.number);
        }
        self.rows = rows;
        items
    }

    /// What a cell of a row says that is no value of its column.
    pub(super) fn wrong(&self, row: &Row, column: &'static Column, place: usize, (code, what, remedy): values::Wrong, found: &mut Found) {
        let stands = Some(show_id(&row.cell(place).text()));
        found.add(SheetProblem { code, at: self.cell(row.number, Some(column)), found: stands, what, remedy });
    }

    fn entries(&self, row: &Row, found: &mut Found) -> Vec<(String, Node)> {
        let mut entries: Vec<(String, Node)> = Vec::new();
        for &(column, place) in &self.columns {
            if matches!(column.kind, Kind::Postcode) {
                continue;
            }
            match values::value(row.cell(place), column.kind) {
                Ok(None) => {}
                Ok(Some(node)) => put(&mut entries, column.key, node),
                Err(wrong) => {
                    self.wrong(row, column, place, wrong, found);
                    // What stands there keeps its place, so that it does not count as missing too.
                    put(&mut entries, column.key, standing_for(column.kind));
                }
            }
        }
        entries
    }
}

/// A place in a row, as marks count it.
pub(super) fn narrow(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}

/// The sheet that is called one of these names, the first of which is ours. Several with rows below their headers are a problem: what stands
/// on the others would be lost. A sheet without rows, or with examples only, gives way to one that has them.
pub(super) fn only<'a>(book: &'a Book, names: &[&str], found: &mut Found) -> Option<&'a Table> {
    let called: Vec<&Table> = book.sheets.iter().filter(|it| names.iter().any(|name| plain(name) == plain(&it.name))).collect();
    let example = |row: &Row| row.cells.iter().any(|it| matches!(it, Cell::Text(text) if text == EXAMPLE));
    let filled: Vec<&Table> = called.iter().copied().filter(|it| it.body().iter().any(|row| !example(row))).collect();
    if let [first, others @ ..] = filled.as_slice() {
        for other in others {
            let (one, two) = (show_id(&first.name), show_id(&other.name));
            let what = match one == two {
                true => format!("er zijn twee bladen of bestanden die {one} heten, en maar één wordt er gelezen"),
                false => format!("de bladen {one} en {two} zijn allebei het blad {}, en maar één wordt er gelezen", names[0]),
            };
            let remedy = format!("zet alle rijen op één blad {}, en haal het andere weg", names[0]);
            found.problem("dubbele-sleutel", Cellmark::sheet(&other.name), what, remedy);
        }
    }
    filled.first().or(called.first()).copied()
}

/// Tells of every problem at one cell what stands in that cell, where whoever found it did not.
pub(super) fn stands(book: &Book, found: &mut Found) {
    for problem in found.problems.iter_mut().filter(|it| it.found.is_none()) {
        let (Some(row), Some(column)) = (problem.at.row, problem.at.column) else { continue };
        let table = book.sheets.iter().find(|it| it.name == problem.at.sheet);
        let row = table.and_then(|it| it.rows.iter().find(|it| it.number == row));
        let cell = row.zip(usize::try_from(column).ok()).map(|(row, column)| row.cell(column));
        problem.found = cell.filter(|it| !it.is_empty()).map(|it| show_id(&it.text()));
    }
}

/// Tells which sheets nothing is read of; `known` are the names of those that are.
pub(super) fn unknown_sheets(book: &Book, known: &[&str], read: impl Fn(&str) -> bool, found: &mut Found) {
    for table in &book.sheets {
        if !read(&table.name) && !known.iter().any(|it| plain(it) == plain(&table.name)) && !table.rows.is_empty() {
            let near = nearest(&table.name, known.iter().copied()).map(|it| format!("; bedoelde u {it}?")).unwrap_or_default();
            found.notice(Cellmark::sheet(&table.name), format!("dit blad wordt niet gelezen{near}"));
        }
    }
}

/// A value that nothing is wrong with, for one that was told to be wrong.
fn standing_for(kind: Kind) -> Node {
    match kind {
        Kind::Text | Kind::Postcode => Node::Text("?".into()),
        Kind::Month => Node::Text("2000-01".into()),
        Kind::Whole | Kind::Any => Node::Integer(1),
        Kind::Decimal => Node::Decimal(5.0),
        Kind::Flag => Node::Flag(true),
        Kind::Word(words) => Node::Text(words().first().map_or_else(String::new, |it| (*it).to_owned())),
        Kind::Words(words) => Node::List(words().first().map(|it| Node::Text((*it).to_owned())).into_iter().collect()),
        Kind::Texts => Node::List(Vec::new()),
    }
}

/// Puts a value under a key, or under a key of an object that is made where it is not there.
fn put(entries: &mut Vec<(String, Node)>, key: &str, node: Node) {
    let Some((outer, inner)) = key.split_once('/') else {
        entries.push((key.to_owned(), node));
        return;
    };
    if !entries.iter().any(|it| it.0 == outer) {
        entries.push((outer.to_owned(), Node::Object(Vec::new())));
    }
    if let Some((_, Node::Object(inside))) = entries.iter_mut().find(|it| it.0 == outer) {
        inside.push((inner.to_owned(), node));
    }
}
