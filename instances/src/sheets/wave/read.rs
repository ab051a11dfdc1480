//! Makes a wave file of a workbook's sheets, with every problem at its cell.

use std::collections::{HashMap, HashSet};

use super::super::book::{Book, Row, plain};
use super::super::open::centroids::Centroids;
use super::super::open::numbers::Place;
use super::super::problem::{Cellmark, Found, SheetProblem};
use super::super::rows::{Sheet, only, stands, unknown_sheets};
use super::columns::{Column, HELP, Kind, POLICY, SHEETS, WRONG};
use super::policy;
use crate::matching::wave_file::WaveFile;
use crate::strict::json::Node;
use crate::strict::near::nearest;
use crate::strict::problem::{Problem, Refusal};
use crate::strict::spot::show_id;

/// What a workbook is, apart from what is wrong with it.
#[derive(Debug)]
pub struct Imported {
    /// The wave.
    pub wave: WaveFile,
    /// First and last day of its placements, yyyy-mm-dd, where the workbook says them.
    pub period: (Option<String>, Option<String>),
}

/// Lists without which there is no wave.
const NEEDED: [&str; 4] = ["kandidaten", "scholen", "plekken", "coaches"];

/// Reads a wave. `places` are the middles of postcode areas, where there is a table of them.
///
/// # Errors
/// Everything that is wrong at once, with sheet, row and column. What is only worth knowing comes along both ways.
pub fn read(book: &Book, places: Option<&Centroids>) -> Result<(Imported, Found), Found> {
    made(book, places).map_err(|mut found| {
        stands(book, &mut found);
        found
    })
}

fn made(book: &Book, places: Option<&Centroids>) -> Result<(Imported, Found), Found> {
    let mut found = Found::default();
    let mut told_of = Found::default();
    let ours: Vec<&str> = SHEETS.iter().map(|it| it.name).chain([POLICY, HELP, WRONG]).collect();
    unknown_sheets(book, &ours, |name| super::columns::of(name).is_some(), &mut found);
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    for kept in &SHEETS {
        let names: Vec<&str> = std::iter::once(kept.name).chain(kept.also.iter().copied()).collect();
        match only(book, &names, &mut found) {
            Some(table) => sheets.push(Sheet::of(kept, table, &mut told_of)),
            None if NEEDED.contains(&kept.list) => {
                let remedy = format!("maak een blad {}, zoals in het sjabloon", kept.name);
                found.problem("ontbreekt", Cellmark::default(), format!("het blad {} ontbreekt", kept.name), remedy);
            }
            None => {}
        }
    }
    let mut lists: Vec<(&'static str, Vec<Node>)> = Vec::new();
    for sheet in &mut sheets {
        let items = sheet.items(&mut told_of, |sheet, row, entries, found| place(places, sheet, row, entries, found));
        lists.push((sheet.kept.list, items));
    }
    let mut said = match only(book, &[POLICY], &mut found) {
        Some(table) => policy::read(table, &mut told_of),
        None => policy::Said::default(),
    };
    for key in ["id", "fase"] {
        if !said.wave.iter().any(|it| it.0 == key) {
            let what = format!("er staat niet wat de {key} van de lichting is");
            let remedy = format!("zet op het blad {POLICY} een rij met lichting, {key} en de waarde");
            found.problem("ontbreekt", Cellmark::sheet(POLICY), what, remedy);
        }
    }
    let seats = seats(&mut told_of, &sheets, &mut lists);
    boards(&mut told_of, &sheets, &mut lists);
    let period = (said.period.0.take(), said.period.1.take());
    let tree = tree(&mut said, lists);
    found.take(told_of);
    let places = Finder { sheets: &sheets, seats: &seats, said: &said };
    // What can only be seen when the wave is made, such as a place that is nowhere, is wrong with the workbook as well.
    let made = WaveFile::of(&tree).and_then(|wave| wave.build(&[]).map(|loaded| (wave, loaded.notices)));
    match made {
        Ok((wave, notices)) => {
            twice(&wave, &sheets, &mut found);
            notices.into_iter().for_each(|it| found.notice(places.mark(&it.pointer).0, it.text));
            if found.clean() { Ok((Imported { wave, period }, found)) } else { Err(found) }
        }
        Err(refusal) => {
            told(refusal, &places, &mut found);
            Err(found)
        }
    }
}

/// Adds what the file's own reader found, each at its cell.
fn told(refusal: Refusal, places: &Finder<'_>, found: &mut Found) {
    let cells: HashSet<(String, String)> = found.problems.iter().map(|it| (it.at.sheet.clone(), it.at.cell())).collect();
    let rows: HashSet<(String, u32)> = found.problems.iter().filter_map(|it| Some((it.at.sheet.clone(), it.at.row?))).collect();
    found.more += refusal.more;
    for problem in refusal.problems.into_iter().filter(|it| it.code != "meer") {
        let (at, column) = places.mark(&problem.pointer);
        // What was told of the cell itself was told better; what is missing in a row that has a problem may follow from it.
        let same = cells.contains(&(at.sheet.clone(), at.cell()));
        let missing =
            problem.code == "ontbreekt" && at.column.is_none() && at.row.is_some_and(|row| rows.contains(&(at.sheet.clone(), row)));
        if !same && !missing {
            let problem = in_words(problem, at, column);
            // A place is missing once, not once for each of its two numbers.
            if !found.problems.iter().rev().take(4).any(|it| it.at == problem.at && it.what == problem.what) {
                found.add(problem);
            }
        }
    }
    if found.clean() {
        found.problem("bestand", Cellmark::default(), "de werkmap klopt niet", "begin met een nieuw sjabloon");
    }
    found.problems.sort_by_cached_key(order);
}

/// Sheets in the order of the template, then rows, then columns.
fn order(problem: &SheetProblem) -> (usize, u32, u32) {
    let sheet = SHEETS.iter().position(|it| super::columns::of(&problem.at.sheet).is_some_and(|sheet| sheet.list == it.list));
    (sheet.map_or(0, |it| it + 1), problem.at.row.unwrap_or(0), problem.at.column.unwrap_or(0))
}

/// The place of a postcode, where there is no other.
fn place(places: Option<&Centroids>, sheet: &Sheet<'_>, row: &Row, entries: &mut Vec<(String, Node)>, told: &mut Found) {
    let Some(&(column, place)) = sheet.columns.iter().find(|(it, _)| matches!(it.kind, Kind::Postcode)) else { return };
    let cell = row.cell(place);
    if cell.is_empty() || entries.iter().any(|it| it.0 == "lat" || it.0 == "lon") {
        return;
    }
    let text = cell.text();
    let digits: String = text.chars().take(4).collect();
    let rest: String = text.chars().skip(4).filter(|it| !it.is_whitespace()).collect();
    let letters = rest.is_empty() || (rest.chars().count() == 2 && rest.chars().all(|it| it.is_ascii_alphabetic()));
    let number = digits.parse::<u16>().ok().filter(|it| (1_000..=9_999).contains(it) && letters);
    let found = match (number, places) {
        (None, _) => Err(format!("\"{}\" is geen postcode", show_id(&text))),
        (Some(_), None) => Err("er is geen tabel van postcodes, dus de plaats is niet bekend".into()),
        (Some(number), Some(places)) => {
            let place = places.place(&number.to_string()).map(Place::degrees);
            place.ok_or_else(|| format!("de postcode {number} staat niet in de tabel"))
        }
    };
    match found {
        Ok((lat, lon)) => {
            entries.push(("lat".into(), Node::Decimal(lat)));
            entries.push(("lon".into(), Node::Decimal(lon)));
        }
        Err(what) => {
            let remedy = match number {
                None => "vul vier cijfers in, of vier cijfers en twee letters",
                Some(_) if places.is_none() => "vul breedte- en lengtegraad in, of lees eerst een tabel van postcodes in",
                Some(_) => "verbeter de postcode, of vul breedte- en lengtegraad in",
            };
            sheet.wrong(row, column, place, ("postcode", what, remedy.into()), told);
            entries.push(("lat".into(), Node::Decimal(52.0)));
            entries.push(("lon".into(), Node::Decimal(5.0)));
        }
    }
}

fn text<'a>(item: &'a Node, key: &str) -> Option<&'a str> {
    let Node::Object(entries) = item else { return None };
    entries.iter().find_map(|(it, node)| match node {
        Node::Text(text) if it == key => Some(text.as_str()),
        _ => None,
    })
}

/// Puts seats under their schools: for each school the rows of its seats.
fn seats(found: &mut Found, sheets: &[Sheet<'_>], lists: &mut Vec<(&'static str, Vec<Node>)>) -> Vec<Vec<u32>> {
    let at = lists.iter().position(|it| it.0 == "plekken");
    let items = at.map(|at| lists.remove(at).1).unwrap_or_default();
    let sheet = sheets.iter().find(|it| it.kept.list == "plekken");
    let Some((_, schools)) = lists.iter_mut().find(|it| it.0 == "scholen") else { return Vec::new() };
    let mut by_id: HashMap<String, usize> = HashMap::new();
    for (at, school) in schools.iter().enumerate() {
        by_id.entry(text(school, "id").unwrap_or_default().to_owned()).or_insert(at);
    }
    let mut rows = vec![Vec::new(); schools.len()];
    let mut under: Vec<Vec<Node>> = vec![Vec::new(); schools.len()];
    for (item, &row) in items.into_iter().zip(sheet.map(|it| it.rows.as_slice()).unwrap_or_default()) {
        let (Some(sheet), Node::Object(mut entries)) = (sheet, item) else { continue };
        let place = entries.iter().position(|it| it.0 == "school");
        let school = place.map(|at| entries.remove(at).1);
        let column = sheet.kept.columns.iter().find(|it| it.key == "school");
        match school {
            Some(Node::Text(id)) => match by_id.get(&id) {
                Some(&at) => {
                    under[at].push(Node::Object(entries));
                    rows[at].push(row);
                }
                None => {
                    let near = nearest(&id, by_id.keys().map(String::as_str));
                    let remedy = near.map_or_else(|| "zet de school op het blad Scholen".into(), |it| format!("bedoelde u {it}?"));
                    let what = format!("de school \"{}\" staat niet op het blad Scholen", show_id(&id));
                    let at = sheet.cell(row, column);
                    found.add(SheetProblem { code: "onbekende-verwijzing", at, found: Some(show_id(&id)), what, remedy });
                }
            },
            _ => found.problem("ontbreekt", sheet.cell(row, column), "de school is niet ingevuld", "vul de code van de school in"),
        }
    }
    for (school, seats) in schools.iter_mut().zip(under) {
        if let Node::Object(entries) = school {
            entries.push(("plekken".into(), Node::List(seats)));
        }
    }
    rows
}

/// Without a sheet of boards, those that schools name are the boards.
fn boards(found: &mut Found, sheets: &[Sheet<'_>], lists: &mut Vec<(&'static str, Vec<Node>)>) {
    if sheets.iter().any(|it| it.kept.list == "besturen") {
        return;
    }
    let mut seen = HashSet::new();
    let schools = lists.iter().find(|it| it.0 == "scholen").map(|it| it.1.as_slice()).unwrap_or_default();
    let named: Vec<&str> = schools.iter().filter_map(|it| text(it, "bestuur")).filter(|it| seen.insert(*it)).collect();
    let boards: Vec<Node> = named.iter().map(|it| Node::Object(vec![("id".into(), Node::Text((*it).to_owned()))])).collect();
    if !boards.is_empty() {
        let text = format!("er is geen blad Besturen; gelezen zijn de {} besturen die bij de scholen staan", boards.len());
        found.notice(Cellmark::default(), text);
    }
    lists.push(("besturen", boards));
}

fn tree(said: &mut policy::Said, lists: Vec<(&'static str, Vec<Node>)>) -> Node {
    let mut entries = vec![("formaat".to_owned(), Node::Text(crate::matching::file::read::FORMAT.into()))];
    entries.append(&mut said.wave);
    // What was told to be missing is not missed again.
    for (key, standing) in [("id", "?"), ("fase", "opleiding")] {
        if !entries.iter().any(|it| it.0 == key) {
            entries.push((key.into(), Node::Text(standing.into())));
        }
    }
    entries.extend(said.policy.take().map(|it| ("beleid".to_owned(), it)));
    for (list, items) in lists {
        let optional = ["reistijden", "vast", "verboden", "vorig_plan", "paren"].contains(&list);
        if !items.is_empty() || !optional {
            entries.push((list.into(), Node::List(items)));
        }
    }
    for list in ["besturen", "scholen", "coaches", "kandidaten"] {
        if !entries.iter().any(|it| it.0 == list) {
            entries.push((list.into(), Node::List(Vec::new())));
        }
    }
    Node::Object(entries)
}

/// Where what is at a JSON pointer stands in the workbook.
struct Finder<'a> {
    sheets: &'a [Sheet<'a>],
    seats: &'a [Vec<u32>],
    said: &'a policy::Said,
}

impl Finder<'_> {
    fn mark(&self, pointer: &str) -> (Cellmark, Option<&'static Column>) {
        let steps: Vec<&str> = pointer.split('/').skip(1).collect();
        let index = |at: usize| steps.get(at).and_then(|it| it.parse::<usize>().ok());
        let sheet = |list: &str| self.sheets.iter().find(|it| it.kept.list == list);
        match (steps.first().copied(), index(1)) {
            (Some("scholen"), Some(school)) if steps.get(2) == Some(&"plekken") && index(3).is_some() => {
                let row = index(3).and_then(|seat| self.seats.get(school)?.get(seat));
                self.cell(sheet("plekken"), row.copied(), &steps[4..])
            }
            (Some(list), Some(at)) if sheet(list).is_some() => {
                let row = sheet(list).and_then(|it| it.rows.get(at));
                self.cell(sheet(list), row.copied(), &steps[2..])
            }
            (Some(list), _) if sheet(list).is_some() => (sheet(list).map(Sheet::at).unwrap_or_default(), None),
            (Some(_), _) => {
                let mut before = pointer;
                while !before.is_empty() {
                    if let Some(&row) = self.said.rows.get(before) {
                        let at = Cellmark::sheet(&self.said.sheet).row(row).column(self.said.column, policy::HEADERS[2]);
                        return (at, None);
                    }
                    before = before.rsplit_once('/').map_or("", |it| it.0);
                }
                (Cellmark::sheet(POLICY), None)
            }
            (None, _) => (Cellmark::default(), None),
        }
    }

    fn cell(&self, sheet: Option<&Sheet<'_>>, row: Option<u32>, rest: &[&str]) -> (Cellmark, Option<&'static Column>) {
        let (Some(sheet), Some(row)) = (sheet, row) else { return (Cellmark::default(), None) };
        let path = rest.join("/");
        let column = sheet.kept.columns.iter().find(|it| path == it.key || path.strip_prefix(it.key).is_some_and(|it| it.starts_with('/')));
        // A place that is missing is told where it is easiest to give: at the postcode, where there is one.
        let postcode = sheet.kept.columns.iter().find(|it| matches!(it.kind, Kind::Postcode) && sheet.place(it.key).is_some());
        let empty = |key| {
            sheet
                .place(key)
                .is_none_or(|place| sheet.table.body().iter().find(|it| it.number == row).is_none_or(|it| it.cell(place).is_empty()))
        };
        let column = match column {
            Some(it) if it.key == "lat" && empty("lat") && empty("lon") => postcode.or(column),
            Some(it) if it.key == "lon" && empty("lat") && empty("lon") => postcode.or(column),
            other => other,
        };
        (sheet.cell(row, column), column)
    }
}

/// A problem of the file in the words of its sheet.
fn in_words(problem: Problem, at: Cellmark, column: Option<&'static Column>) -> SheetProblem {
    let (what, remedy) = match (problem.code, column) {
        ("ontbreekt", Some(column)) if ["lat", "lon", "postcode"].contains(&column.key) => (
            "er is geen plaats: postcode noch breedte- en lengtegraad".to_owned(),
            "vul een postcode in, of breedte- en lengtegraad".to_owned(),
        ),
        ("ontbreekt", Some(column)) => {
            (format!("{} is niet ingevuld", column.header), format!("vul {} in. {}", column.header, column.help))
        }
        _ => (problem.what, problem.remedy),
    };
    SheetProblem { code: problem.code, at, found: None, what, remedy }
}

/// Tells of people who may be there twice: the same name with another code.
fn twice(wave: &WaveFile, sheets: &[Sheet<'_>], found: &mut Found) {
    let mut people: HashMap<String, usize> = HashMap::new();
    let Some(sheet) = sheets.iter().find(|it| it.kept.list == "kandidaten") else { return };
    let column = sheet.kept.columns.iter().find(|it| it.key == "naam");
    for (at, row) in wave.candidates.iter().enumerate() {
        let Some(name) = row.name.as_deref().map(plain).filter(|it| !it.is_empty()) else { continue };
        if let Some(&first) = people.get(&name) {
            let (Some(&here), Some(&there)) = (sheet.rows.get(at), sheet.rows.get(first)) else { continue };
            let text = format!("deze naam staat ook in rij {there}, met een andere code; er is niets samengevoegd");
            found.notice(sheet.cell(here, column), text);
        } else {
            people.insert(name, at);
        }
    }
}
