//! Makes a plan's file of a workbook's sheets, with every problem at its cell.

use std::collections::HashSet;

use serde_json::Value;

use super::super::book::Book;
use super::super::problem::{Cellmark, Found, SheetProblem};
use super::super::rows::{Sheet, only, stands, unknown_sheets};
use super::super::wave::columns::{Column, NONE, POLICY};
use super::columns::{NEEDED, OTHERS, SHEETS, of};
use super::settings;
use super::tree::{Entries, Tree, add, escaped, inside, take, text};
use crate::planning::plan_file::{FORMAT, read_plan};
use crate::strict::json::Node;
use crate::strict::near::nearest;
use crate::strict::problem::Refusal;
use crate::strict::spot::show_id;

/// A list's sheet with what its rows say.
struct Listed<'a> {
    sheet: Sheet<'a>,
    items: Vec<Entries>,
}

impl Listed<'_> {
    /// The cell of a column in the row of an item.
    fn cell(&self, item: usize, key: &str) -> Cellmark {
        let column: Option<&Column> = self.sheet.kept.columns.iter().find(|it| it.key == key);
        self.sheet.rows.get(item).map_or_else(|| self.sheet.at(), |&row| self.sheet.cell(row, column))
    }
}

/// Reads a plan of a book, after what was found when the book itself was read.
///
/// # Errors
/// As [`read`], with all that was found before.
pub fn after(book: &Book, mut found: Found) -> Result<(Value, Found), Found> {
    let (plan, more) = match read(book) {
        Ok((plan, more)) => (Some(plan), more),
        Err(more) => (None, more),
    };
    found.take(more);
    match plan {
        Some(plan) => Ok((plan, found)),
        None => Err(found),
    }
}

/// Reads a plan: its file, which the reader of files takes.
///
/// # Errors
/// Everything that is wrong at once, with sheet, row and column. What is only worth knowing comes along both ways.
pub fn read(book: &Book) -> Result<(Value, Found), Found> {
    made(book).map_err(|mut found| {
        stands(book, &mut found);
        found
    })
}

fn made(book: &Book) -> Result<(Value, Found), Found> {
    let mut found = Found::default();
    let names: Vec<&str> = SHEETS.iter().map(|it| it.name).chain(OTHERS).collect();
    unknown_sheets(book, &names, |name| of(name).is_some(), &mut found);
    let mut tree = Tree::default();
    tree.entries.push(("formaat".into(), Node::Text(FORMAT.into())));
    if let Some(table) = only(book, &[POLICY], &mut found) {
        settings::read(table, &mut tree, &mut found);
    }
    for key in ["id", "start"] {
        if !tree.entries.iter().any(|it| it.0 == key) {
            let what = format!("er staat niet wat de {key} van het plan is");
            let remedy = format!("zet op het blad {POLICY} een rij met plan, {key} en de waarde");
            found.problem("ontbreekt", Cellmark::sheet(POLICY), what, remedy);
        }
    }
    let mut lists: Vec<Listed<'_>> = Vec::new();
    for kept in &SHEETS {
        match only(book, &[kept.name], &mut found) {
            Some(table) => {
                let mut sheet = Sheet::of(kept, table, &mut found);
                let items = sheet.items(&mut found, |_, _, _, _| {}).into_iter();
                let items = items.map(|node| if let Node::Object(entries) = node { entries } else { Vec::new() }).collect();
                lists.push(Listed { sheet, items });
            }
            None if NEEDED.contains(&kept.list) => {
                let remedy = format!("maak een blad {}, zoals in het sjabloon", kept.name);
                found.problem("ontbreekt", Cellmark::default(), format!("het blad {} ontbreekt", kept.name), remedy);
            }
            None => {}
        }
    }
    lists.into_iter().for_each(|list| place(list, &mut tree, &mut found));
    checked(tree, found)
}

/// Puts what a sheet says where it belongs in the file.
fn place(list: Listed<'_>, tree: &mut Tree, found: &mut Found) {
    match list.sheet.kept.list {
        "jaren" => {
            let years = (0..).zip(&list.items).filter_map(|(at, item)| {
                tree.mark(format!("/jaren/{at}"), list.cell(at, "jaar"));
                Some(Node::Text(text(item, "jaar")?.to_owned()))
            });
            let years = years.collect();
            tree.mark("/jaren", list.sheet.at());
            tree.entries.push(("jaren".into(), Node::List(years)));
        }
        "trechter" => funnel(list, tree, found),
        "werkelijk" => actual(list, tree, found),
        "plekken" => per_year(list, tree, found, ("besturen", "bestuur", "plekken")),
        "aanname" => per_year(list, tree, found, ("coachsoorten", "coachsoort", "aanname_max")),
        "scenarios" => scenarios(list, tree),
        name => {
            tree.mark(format!("/{name}"), list.sheet.at());
            for (at, &row) in list.sheet.rows.iter().enumerate() {
                for (column, _) in &list.sheet.columns {
                    tree.mark(format!("/{name}/{at}/{}", column.key), list.sheet.cell(row, Some(*column)));
                }
                tree.mark(format!("/{name}/{at}"), list.sheet.cell(row, None));
            }
            let none = |item: &Entries| name == "fasen" && text(item, "fase") == Some(NONE);
            let empty = list.items.iter().any(none);
            let items: Vec<Node> = list.items.into_iter().filter(|item| !none(item)).map(Node::Object).collect();
            if empty || !items.is_empty() || NEEDED.contains(&name) {
                tree.entries.push((name.into(), Node::List(items)));
            }
        }
    }
}

fn funnel(list: Listed<'_>, tree: &mut Tree, found: &mut Found) {
    for (at, item) in list.items.iter().enumerate() {
        let Some(step) = text(item, "stap").map(str::to_owned) else {
            found.problem("ontbreekt", list.cell(at, "stap"), "de stap is niet ingevuld", "vul een stap van de trechter in");
            continue;
        };
        let percent = item.iter().find(|it| it.0 == "procent").map_or(Node::Null, |it| it.1.clone());
        tree.mark(format!("/trechter/{step}"), list.cell(at, "procent"));
        if percent == Node::Null {
            found.problem("ontbreekt", list.cell(at, "procent"), "het procent is niet ingevuld", "vul 1 tot en met 100 in");
        } else if let Some(funnel) = inside(&mut tree.entries, "trechter") {
            add(funnel, &step, percent, list.cell(at, "stap"), found);
        }
    }
}

/// The row of a list that an id names, or a problem at the cell that names it.
fn named<'t>(tree: &'t mut Tree, of: &str, key: &str, list: &Listed<'_>, at: usize, found: &mut Found) -> Option<(usize, &'t mut Entries)> {
    let Some(id) = text(&list.items[at], key) else {
        found.problem("ontbreekt", list.cell(at, key), format!("{key} is niet ingevuld"), "vul de code in");
        return None;
    };
    let rows = tree.entries.iter_mut().find(|it| it.0 == of).map(|it| &mut it.1);
    let Some(Node::List(rows)) = rows else { return None };
    let ids: Vec<String> = rows
        .iter()
        .map(|row| if let Node::Object(entries) = row { text(entries, "id").unwrap_or_default().to_owned() } else { String::new() })
        .collect();
    let Some(place) = ids.iter().position(|known| known == id) else {
        let sheet = SHEETS.iter().find(|it| it.list == of).map_or("", |it| it.name);
        let near = nearest(id, ids.iter().map(String::as_str));
        let remedy = near.map_or_else(|| format!("zet deze code op het blad {sheet}"), |it| format!("bedoelde u {it}?"));
        let what = format!("\"{}\" staat niet op het blad {sheet}", show_id(id));
        found.add(SheetProblem { code: "onbekende-verwijzing", at: list.cell(at, key), found: Some(show_id(id)), what, remedy });
        return None;
    };
    if let Some(Node::Object(entries)) = rows.get_mut(place) { Some((place, entries)) } else { None }
}

/// What really happened, under its wave and kind.
fn actual(list: Listed<'_>, tree: &mut Tree, found: &mut Found) {
    for at in 0..list.items.len() {
        let Some(kind) = text(&list.items[at], "coachsoort").map(str::to_owned) else {
            found.problem("ontbreekt", list.cell(at, "coachsoort"), "coachsoort is niet ingevuld", "vul de code van de coachsoort in");
            continue;
        };
        let value = |key: &str| list.items[at].iter().find(|it| it.0 == key).map(|it| it.1.clone());
        let Some((wave, entries)) = named(tree, "lichtingen", "lichting", &list, at, found) else { continue };
        let Some(counts) = inside(entries, "werkelijk").and_then(|kinds| inside(kinds, &kind)) else { continue };
        let pointer = format!("/lichtingen/{wave}/werkelijk/{}", escaped(&kind));
        let count = text(&list.items[at], "telling").map(str::to_owned);
        match (&count, value("aantal")) {
            (Some(count), Some(number)) => add(counts, count, number, list.cell(at, "telling"), found),
            (None, None) => {}
            (Some(_), None) => {
                found.problem("ontbreekt", list.cell(at, "aantal"), "het aantal is niet ingevuld", "vul in hoeveel het er waren");
            }
            (None, Some(_)) => {
                found.problem("ontbreekt", list.cell(at, "telling"), "de telling is niet ingevuld", "vul een telling van de trechter in");
            }
        }
        if let Some(note) = value("toelichting") {
            add(counts, "toelichting", note, list.cell(at, "toelichting"), found);
        }
        tree.mark(format!("{pointer}/{}", count.unwrap_or_default()), list.cell(at, "aantal"));
        tree.mark(pointer, list.cell(at, "coachsoort"));
    }
}

/// A number for each year, under its row of a list.
fn per_year(list: Listed<'_>, tree: &mut Tree, found: &mut Found, (of, key, number): (&str, &str, &str)) {
    let years: Vec<String> = match tree.entries.iter().find(|it| it.0 == "jaren") {
        Some((_, Node::List(years))) => {
            years.iter().filter_map(|it| if let Node::Text(text) = it { Some(text.clone()) } else { None }).collect()
        }
        _ => Vec::new(),
    };
    let mut said: Vec<(usize, Vec<Option<Node>>)> = Vec::new();
    for at in 0..list.items.len() {
        let Some((row, entries)) = named(tree, of, key, &list, at, found) else { continue };
        if entries.iter().any(|it| it.0 == number) {
            let what = "hiervoor staat al één getal voor alle jaren";
            found.problem("samen", list.cell(at, number), what, "haal dat getal weg, of deze rij");
            continue;
        }
        let Some(year) = text(&list.items[at], "jaar").and_then(|year| years.iter().position(|known| known == year)) else {
            found.problem("onbekende-verwijzing", list.cell(at, "jaar"), "dit jaar staat niet op het blad Jaren", "neem een jaar over");
            continue;
        };
        tree.mark(format!("/{of}/{row}/{number}/{year}"), list.cell(at, number));
        tree.mark(format!("/{of}/{row}/{number}"), list.cell(at, number));
        let place = said.iter().position(|it| it.0 == row).unwrap_or_else(|| {
            said.push((row, vec![None; years.len()]));
            said.len() - 1
        });
        if said[place].1[year].is_some() {
            found.problem("dubbel", list.cell(at, "jaar"), "dit jaar staat er twee keer", "laat één van beide rijen staan");
        }
        said[place].1[year] = Some(list.items[at].iter().find(|it| it.0 == number).map_or(Node::Null, |it| it.1.clone()));
    }
    let Some((_, Node::List(rows))) = tree.entries.iter_mut().find(|it| it.0 == of) else { return };
    for (row, numbers) in said {
        let Some(Node::Object(entries)) = rows.get_mut(row) else { continue };
        for (year, _) in years.iter().zip(&numbers).filter(|(_, it)| it.as_ref().is_none_or(|it| *it == Node::Null)) {
            let id = show_id(text(entries, "id").unwrap_or_default());
            let what = format!("voor {id} ontbreekt het getal van {year}");
            found.problem("ontbreekt", list.sheet.at(), what, "zet er voor elk jaar een rij bij");
        }
        entries.push((number.into(), Node::List(numbers.into_iter().map(|it| it.unwrap_or(Node::Null)).collect())));
    }
}

/// Changes under their scenario, in the order of the rows.
fn scenarios(list: Listed<'_>, tree: &mut Tree) {
    let mut made: Vec<(Entries, Vec<Node>)> = Vec::new();
    for (at, item) in list.items.iter().enumerate() {
        let mut item = item.clone();
        let change: Entries = [("pad", "pad"), ("waarde", "waarde"), ("bij_wijziging", "toelichting")]
            .into_iter()
            .filter_map(|(column, key)| Some((key.to_owned(), take(&mut item, column)?)))
            .collect();
        let known = made.iter().position(|(scenario, _)| text(scenario, "id") == text(&item, "id"));
        let place = known.unwrap_or(made.len());
        match made.get_mut(place) {
            Some((scenario, _)) => scenario.extend(item.into_iter().filter(|(key, _)| key != "id")),
            None => made.push((item, Vec::new())),
        }
        let changes = &mut made[place].1;
        if !change.is_empty() {
            for key in ["pad", "waarde"] {
                tree.mark(format!("/scenarios/{place}/wijzig/{}/{key}", changes.len()), list.cell(at, key));
            }
            changes.push(Node::Object(change));
        }
        for key in ["id", "naam", "wijzig"] {
            tree.mark(format!("/scenarios/{place}/{key}"), list.cell(at, if key == "wijzig" { "pad" } else { key }));
        }
        tree.mark(format!("/scenarios/{place}"), list.cell(at, "id"));
    }
    if !made.is_empty() {
        let whole = |(mut scenario, changes): (Entries, Vec<Node>)| {
            scenario.push(("wijzig".into(), Node::List(changes)));
            Node::Object(scenario)
        };
        tree.entries.push(("scenarios".into(), Node::List(made.into_iter().map(whole).collect())));
    }
}

/// The file, when nothing is wrong with it.
fn checked(mut tree: Tree, mut found: Found) -> Result<(Value, Found), Found> {
    // What was told to be missing is not missed again.
    for (key, standing) in [("id", "?"), ("start", "2000-01")] {
        if !tree.entries.iter().any(|it| it.0 == key) {
            tree.entries.push((key.into(), Node::Text(standing.into())));
        }
    }
    let file = Node::Object(std::mem::take(&mut tree.entries)).to_value();
    match read_plan(file.to_string().as_bytes()) {
        Ok(loaded) => {
            loaded.notices.into_iter().for_each(|it| found.notice(tree.find(&it.pointer), it.text));
            if found.clean() { Ok((file, found)) } else { Err(found) }
        }
        Err(refusal) => {
            told(refusal, &tree, &mut found);
            Err(found)
        }
    }
}

/// Adds what the file's own reader found, each at its cell; what was told of a cell already was told better.
fn told(refusal: Refusal, tree: &Tree, found: &mut Found) {
    let cells: HashSet<(String, String)> = found.problems.iter().map(|it| (it.at.sheet.clone(), it.at.cell())).collect();
    let missing = !found.clean();
    found.more += refusal.more;
    for problem in refusal.problems.into_iter().filter(|it| it.code != "meer") {
        let at = tree.find(&problem.pointer);
        let same = cells.contains(&(at.sheet.clone(), at.cell()));
        // A list of which no sheet is there was told to be missing.
        let whole = missing && at == Cellmark::default();
        if !same && !whole {
            found.add(SheetProblem { code: problem.code, at, found: None, what: problem.what, remedy: problem.remedy });
        }
    }
    if found.clean() {
        found.problem("bestand", Cellmark::default(), "de werkmap klopt niet", "begin met een nieuw sjabloon");
    }
}
