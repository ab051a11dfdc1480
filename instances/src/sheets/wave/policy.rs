//! The sheet of the wave itself and its policy: part, name and value, one setting in each row.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::book::{Cell, Row, Table, plain};
use super::super::problem::{Cellmark, Found, SheetProblem};
use super::columns::Kind;
use super::columns::{NONE, POLICY};
use super::days::day;
use super::values::{cell, number};
use crate::strict::json::Node;
use crate::strict::near::nearest;
use crate::strict::spot::show_id;

/// What stands above the columns.
pub const HEADERS: [&str; 4] = ["Onderdeel", "Naam", "Waarde", "Toelichting"];
/// The wave's own keys; days are of the service, not of the file.
const WAVE: [&str; 4] = ["id", "naam", "fase", "toelichting"];
/// Days of the period in which the wave's placements run.
const DAYS: [&str; 2] = ["van", "tot"];
/// Settings of the policy with one value.
const SINGLE: [&str; 8] = [
    "alleen_noodplan",
    "dagdelen_samen",
    "max_starters_procent",
    "max_extern_procent",
    "max_kosten_cent",
    "max_wijzigingen",
    "seed",
    "toelichting",
];
/// Tables of the policy: a name and a number in each row.
const TABLES: [&str; 4] = ["bouw_punten", "uren", "extra_begeleiding", "vasthouden"];

/// Prices of the policy: what has one and the price in each row; a seat group is its school's id, a colon and its own.
const PRICES: [(&str, &str); 2] = [("bewaren plek", "plekken"), ("bewaren coach", "coaches")];

/// What the sheet says.
#[derive(Debug, Default)]
pub struct Said {
    /// Keys of the wave itself.
    pub wave: Vec<(String, Node)>,
    /// The policy; nothing when nothing of it is said.
    pub policy: Option<Node>,
    /// First and last day, yyyy-mm-dd, where they are said.
    pub period: (Option<String>, Option<String>),
    /// Row in which what is at a JSON pointer stands.
    pub rows: HashMap<String, u32>,
    /// The sheet, as it is called.
    pub sheet: String,
    /// The column of values, from 0.
    pub column: u32,
}

/// Columns of the sheet: part, name, value.
struct Places([usize; 3]);

fn text_of(row: &Row, column: usize) -> String {
    row.cell(column).text().trim().to_owned()
}

/// A value as the strict reader wants it: a number where it is one, else a flag or a text.
fn node(cell: &Cell, key: &str) -> Node {
    if key == "alleen_noodplan" {
        return super::values::value(cell, Kind::Flag).ok().flatten().unwrap_or_else(|| Node::Text(cell.text().into_owned()));
    }
    if key == "fase" {
        return Node::Text(cell.text().to_lowercase());
    }
    if ["id", "naam", "toelichting"].contains(&key) {
        return Node::Text(cell.text().into_owned());
    }
    #[expect(clippy::cast_possible_truncation, reason = "the number is whole and within bounds")]
    match number(cell) {
        Some(number) if number.fract() == 0.0 && number.abs() < 9e15 => Node::Integer(number as i64),
        Some(number) => Node::Decimal(number),
        None => Node::Text(cell.text().into_owned()),
    }
}

#[derive(Default)]
struct Goal {
    name: String,
    keys: Vec<(String, Node)>,
    points: Vec<(String, Node)>,
}

/// Reads the sheet.
pub fn read(table: &Table, found: &mut Found) -> Said {
    let mut said = Said::default();
    let at = || Cellmark::sheet(&table.name);
    let columns = [0, 1, 2].map(|it| table.column(&[HEADERS[it]]));
    let [Some(part), Some(name), Some(value)] = columns else {
        let what = "boven dit blad horen Onderdeel, Naam en Waarde te staan";
        found.problem("kolom", at().row(1), what, "neem het blad Beleid uit het sjabloon over");
        return said;
    };
    let places = Places([part, name, value]);
    (said.sheet, said.column) = (table.name.clone(), narrow(value));
    let (mut single, mut tables, mut goals) = (Vec::new(), HashMap::<&str, Vec<(String, Node)>>::new(), Vec::<Goal>::new());
    let mut prices = HashMap::<&str, Vec<Node>>::new();
    for row in table.body() {
        let (part, name) = (text_of(row, places.0[0]), text_of(row, places.0[1]));
        let value = row.cell(places.0[2]);
        if value.is_empty() {
            continue;
        }
        if let Cell::Wrong(shown) = value {
            let what = format!("er staat {shown}: een formule ging mis");
            found.problem("type", at().row(row.number).column(narrow(places.0[2]), HEADERS[2]), what, "zet er de waarde zelf neer");
            continue;
        }
        let (key, kind) = (plain(&name), plain(&part));
        let is = |wanted: &&str| plain(wanted) == key;
        if kind == "lichting"
            && let Some(key) = WAVE.iter().find(|it| is(it))
        {
            said.rows.insert(format!("/{key}"), row.number);
            said.wave.push(((*key).to_owned(), node(value, key)));
        } else if kind == "lichting"
            && let Some(key) = DAYS.iter().find(|it| is(it))
        {
            match day(value) {
                Ok(day) if *key == "van" => said.period.0 = Some(day),
                Ok(day) => said.period.1 = Some(day),
                Err((code, what, remedy)) => {
                    let at = at().row(row.number).column(narrow(places.0[2]), HEADERS[2]);
                    found.add(SheetProblem { code, at, found: Some(show_id(&value.text())), what, remedy });
                }
            }
        } else if kind == "beleid"
            && let Some(key) = SINGLE.iter().find(|it| is(it))
        {
            said.rows.insert(format!("/beleid/{key}"), row.number);
            single.push(((*key).to_owned(), node(value, key)));
        } else if kind == "beleid" && key == plain(NONE) {
            said.policy = Some(Node::Object(Vec::new()));
        } else if let Some(list) = TABLES.iter().find(|it| plain(it) == kind) {
            let rows = tables.entry(list).or_default();
            said.rows.insert(format!("/beleid/{list}"), row.number);
            if plain(&name) == plain(NONE) {
                continue;
            }
            if *list == "bouw_punten" && name.parse::<usize>().is_ok_and(|it| it != rows.len() + 1) {
                // A row in between that was left empty would make of the third choice the second.
                let what = format!("bouw_punten {} staat niet voor bouw_punten {}", rows.len() + 1, show_id(&name));
                let at = at().row(row.number).column(narrow(places.0[1]), HEADERS[1]);
                found.problem(
                    "volgorde",
                    at,
                    what,
                    "vul de punten van de eerste, tweede en latere keus op volgorde in, zonder er een over te slaan",
                );
            }
            let key = if *list == "bouw_punten" { rows.len().to_string() } else { name.to_lowercase() };
            said.rows.insert(format!("/beleid/{list}/{key}"), row.number);
            let node = node(value, &key);
            rows.push((key, node));
        } else if let Some((_, list)) = PRICES.iter().find(|it| plain(it.0) == kind) {
            let rows = prices.entry(list).or_default();
            said.rows.insert(format!("/beleid/bewaren/{list}"), row.number);
            if plain(&name) != plain(NONE) {
                said.rows.insert(format!("/beleid/bewaren/{list}/{}", rows.len()), row.number);
                rows.push(price(list, &name, node(value, "prijs")));
            }
        } else if let Some(goal) =
            part.split_once(char::is_whitespace).filter(|(word, _)| plain(word) == "doel").map(|(_, goal)| goal.trim())
        {
            let at = goals.iter().position(|it| it.name == goal).unwrap_or_else(|| {
                said.rows.insert(format!("/beleid/doelen/{}", goals.len()), row.number);
                goals.push(Goal { name: goal.to_owned(), ..Goal::default() });
                goals.len() - 1
            });
            match key.as_str() {
                "toelichting" | "tolerantieprocent" => {
                    let key = if key == "toelichting" { "toelichting" } else { "tolerantie_procent" };
                    said.rows.insert(format!("/beleid/doelen/{at}/{key}"), row.number);
                    goals[at].keys.push((key.into(), node(value, key)));
                }
                _ if plain(NONE) == key => {}
                _ => {
                    let term = name.to_lowercase();
                    said.rows.insert(format!("/beleid/doelen/{at}/punten/{term}"), row.number);
                    let node = node(value, &term);
                    goals[at].points.push((term, node));
                }
            }
        } else {
            let known = WAVE.iter().chain(&DAYS).chain(&SINGLE).copied();
            let remedy = match nearest(&name, known) {
                Some(near) => format!("bedoelde u {near}?"),
                None => "kijk in het sjabloon welke instellingen er zijn".into(),
            };
            let what = format!("de instelling \"{} {}\" bestaat niet", show_id(&part), show_id(&name));
            found.problem("onbekende-sleutel", at().row(row.number).column(narrow(places.0[1]), HEADERS[1]), what, remedy);
        }
    }
    let mut policy = single;
    for list in TABLES {
        if let Some(rows) = tables.remove(list) {
            let node = match list {
                "bouw_punten" => Node::List(rows.into_iter().map(|it| it.1).collect()),
                _ => Node::Object(rows),
            };
            policy.push((list.into(), node));
        }
    }
    if !prices.is_empty() {
        let lists = PRICES.iter().filter_map(|(_, list)| Some(((*list).to_owned(), Node::List(prices.remove(list)?))));
        policy.push(("bewaren".into(), Node::Object(lists.collect())));
    }
    if !goals.is_empty() {
        let goal = |it: Goal| {
            let mut keys = vec![("naam".to_owned(), Node::Text(it.name)), ("punten".to_owned(), Node::Object(it.points))];
            keys.extend(it.keys);
            Node::Object(keys)
        };
        policy.push(("doelen".into(), Node::List(goals.into_iter().map(goal).collect())));
    }
    if !policy.is_empty() {
        said.policy = Some(Node::Object(policy));
    }
    said
}

/// A row of a list of prices.
fn price(list: &str, name: &str, price: Node) -> Node {
    let text = |key: &str, text: &str| (key.to_owned(), Node::Text(text.to_owned()));
    let mut row = match name.split_once(':').filter(|_| list == "plekken") {
        Some((school, seat)) => vec![text("school", school.trim()), text("plek", seat.trim())],
        None => vec![text(if list == "plekken" { "school" } else { "coach" }, name)],
    };
    row.push(("prijs".into(), price));
    Node::Object(row)
}

fn narrow(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX)
}

/// The sheet of a wave.
pub fn write(wave: &Value) -> Table {
    let mut rows = vec![HEADERS.map(|it| Cell::Text(it.into())).to_vec()];
    let mut put = |part: &str, name: &str, value: Cell| rows.push(vec![Cell::Text(part.into()), Cell::Text(name.into()), value]);
    for key in WAVE {
        if !wave[key].is_null() {
            put("lichting", key, cell(&wave[key], Kind::Text));
        }
    }
    let nothing = Map::new();
    let policy = wave["beleid"].as_object();
    for (key, value) in policy.unwrap_or(&nothing) {
        match (key.as_str(), value) {
            ("bouw_punten", Value::Array(points)) => {
                for (at, points) in points.iter().enumerate() {
                    put("bouw_punten", &(at + 1).to_string(), cell(points, Kind::Whole));
                }
            }
            ("doelen", Value::Array(goals)) => {
                for goal in goals {
                    let part = format!("doel {}", goal["naam"].as_str().unwrap_or_default());
                    let points = goal["punten"].as_object().unwrap_or(&nothing);
                    points.iter().for_each(|(term, weight)| put(&part, term, cell(weight, Kind::Whole)));
                    if points.is_empty() {
                        put(&part, NONE, Cell::Text(NONE.into()));
                    }
                    for key in ["tolerantie_procent", "toelichting"] {
                        if !goal[key].is_null() {
                            put(&part, key, cell(&goal[key], Kind::Text));
                        }
                    }
                }
            }
            ("bewaren", Value::Object(lists)) => {
                for (part, list) in PRICES.iter().filter_map(|(part, list)| Some((part, lists.get(*list)?.as_array()?))) {
                    for row in list {
                        let names = ["school", "plek", "coach"].iter().filter_map(|key| row[*key].as_str());
                        put(part, &names.collect::<Vec<_>>().join(":"), cell(&row["prijs"], Kind::Whole));
                    }
                    if list.is_empty() {
                        put(part, NONE, Cell::Text(NONE.into()));
                    }
                }
            }
            (_, Value::Object(rows)) => {
                rows.iter().for_each(|(name, value)| put(key, name, cell(value, Kind::Whole)));
                if rows.is_empty() {
                    put(key, NONE, Cell::Text(NONE.into()));
                }
            }
            _ => put("beleid", key, cell(value, Kind::Text)),
        }
    }
    if policy.is_some_and(Map::is_empty) {
        put("beleid", NONE, Cell::Text(NONE.into()));
    }
    let rows = rows.into_iter().zip(1..).map(|(cells, number)| Row { number, cells }).collect();
    Table { name: POLICY.into(), rows }
}
