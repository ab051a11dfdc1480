//! The sheet of the plan itself, its policy and its goals: part, name and value, one setting in each row.

use serde_json::{Map, Value};

use super::super::book::{Cell, Row, Table, plain};
use super::super::problem::{Cellmark, Found};
use super::super::rows::narrow;
use super::super::wave::columns::{Kind, NONE, POLICY};
use super::super::wave::policy::HEADERS;
use super::super::wave::values::{cell, value};
use super::tree::{Entries, Tree, add, inside};
use crate::strict::json::Node;
use crate::strict::near::nearest;
use crate::strict::spot::show_id;

/// Keys of the plan itself with one value.
const PLAN: [(&str, Kind); 4] = [("id", Kind::Text), ("naam", Kind::Text), ("start", Kind::Month), ("toelichting", Kind::Text)];
/// Keys of the policy with one value.
const SINGLE: [(&str, Kind); 7] = [
    ("per_coach", Kind::Whole),
    ("max_extern_procent", Kind::Whole),
    ("plek_maanden", Kind::Whole),
    ("budget", Kind::Text),
    ("voorschot_cent", Kind::Whole),
    ("seed", Kind::Whole),
    ("toelichting", Kind::Text),
];
/// Keys of a goal beside its points.
const GOAL: [(&str, Kind); 2] = [("tolerantie_procent", Kind::Whole), ("toelichting", Kind::Text)];

fn known<'a>(keys: &'a [(&'static str, Kind)], name: &str) -> Option<&'a (&'static str, Kind)> {
    keys.iter().find(|(key, _)| plain(key) == plain(name))
}

/// Reads the sheet into the plan.
pub(super) fn read(table: &Table, tree: &mut Tree, found: &mut Found) {
    let at = || Cellmark::sheet(&table.name);
    let columns = [0, 1, 2].map(|it| table.column(&[HEADERS[it]]));
    let [Some(part), Some(name), Some(place)] = columns else {
        let what = "boven dit blad horen Onderdeel, Naam en Waarde te staan";
        return found.problem("kolom", at().row(1), what, "neem het blad Beleid uit het sjabloon over");
    };
    let mut goals: Vec<(String, Entries)> = Vec::new();
    for row in table.body() {
        let (part, name) = (row.cell(part).text().trim().to_owned(), row.cell(name).text().trim().to_owned());
        let here = at().row(row.number).column(narrow(place), HEADERS[2]);
        let mut typed = |kind| match value(row.cell(place), kind) {
            Ok(node) => node,
            Err((code, what, remedy)) => {
                found.problem(code, here.clone(), what, remedy);
                None
            }
        };
        let goal = part.split_once(char::is_whitespace).filter(|(word, _)| plain(word) == "doel").map(|(_, goal)| goal.trim());
        match (plain(&part).as_str(), goal) {
            ("plan", _) if known(&PLAN, &name).is_some() => {
                if let Some(&(key, kind)) = known(&PLAN, &name)
                    && let Some(node) = typed(kind)
                {
                    tree.mark(format!("/{key}"), here.clone());
                    add(&mut tree.entries, key, node, here, found);
                }
            }
            ("trechter", _) if plain(&name) == "toelichting" => {
                if let (Some(node), Some(funnel)) = (typed(Kind::Text), inside(&mut tree.entries, "trechter")) {
                    add(funnel, "toelichting", node, here, found);
                }
            }
            ("beleid", _) if plain(&name) == plain(NONE) => {
                inside(&mut tree.entries, "beleid");
            }
            ("beleid", _) if known(&SINGLE, &name).is_some() => {
                if let Some(&(key, kind)) = known(&SINGLE, &name)
                    && let Some(node) = typed(kind)
                {
                    tree.mark(format!("/beleid/{key}"), here.clone());
                    if let Some(policy) = inside(&mut tree.entries, "beleid") {
                        add(policy, key, node, here, found);
                    }
                }
            }
            (_, Some(goal)) => {
                let at = goals.iter().position(|it| it.0 == goal).unwrap_or_else(|| {
                    goals.push((
                        goal.to_owned(),
                        vec![("naam".into(), Node::Text(goal.into())), ("punten".into(), Node::Object(Vec::new()))],
                    ));
                    goals.len() - 1
                });
                tree.mark(format!("/beleid/doelen/{at}"), here.clone());
                if let Some(&(key, kind)) = known(&GOAL, &name) {
                    tree.mark(format!("/beleid/doelen/{at}/{key}"), here.clone());
                    if let Some(node) = typed(kind) {
                        add(&mut goals[at].1, key, node, here, found);
                    }
                } else if plain(&name) != plain(NONE) {
                    let term = name.to_lowercase();
                    tree.mark(format!("/beleid/doelen/{at}/punten/{term}"), here.clone());
                    if let (Some(node), Some(points)) = (typed(Kind::Whole), inside(&mut goals[at].1, "punten")) {
                        add(points, &term, node, here, found);
                    }
                }
            }
            _ if row.cell(place).is_empty() => {}
            _ => {
                let keys = PLAN.iter().chain(&SINGLE).map(|(key, _)| *key);
                let remedy = match nearest(&name, keys) {
                    Some(near) => format!("bedoelde u {near}?"),
                    None => "kijk in het sjabloon welke instellingen er zijn".into(),
                };
                let what = format!("de instelling \"{} {}\" bestaat niet", show_id(&part), show_id(&name));
                found.problem("onbekende-sleutel", at().row(row.number), what, remedy);
            }
        }
    }
    if !goals.is_empty()
        && let Some(policy) = inside(&mut tree.entries, "beleid")
    {
        let goals = goals.into_iter().map(|(_, entries)| Node::Object(entries)).collect();
        policy.push(("doelen".into(), Node::List(goals)));
    }
}

/// The sheet of a plan.
pub(super) fn write(plan: &Value) -> Table {
    let mut rows = vec![HEADERS.map(|it| Cell::Text(it.into())).to_vec()];
    let mut put = |part: &str, name: &str, value: Cell| rows.push(vec![Cell::Text(part.into()), Cell::Text(name.into()), value]);
    for (key, kind) in PLAN {
        if !plan[key].is_null() {
            put("plan", key, cell(&plan[key], kind));
        }
    }
    if let Some(note) = plan["trechter"]["toelichting"].as_str() {
        put("trechter", "toelichting", Cell::Text(note.into()));
    }
    let policy = &plan["beleid"];
    if policy.as_object().is_some_and(Map::is_empty) {
        put("beleid", NONE, Cell::Text("leeg".into()));
    }
    for (key, kind) in SINGLE {
        if !policy[key].is_null() {
            put("beleid", key, cell(&policy[key], kind));
        }
    }
    for goal in policy["doelen"].as_array().into_iter().flatten() {
        let part = format!("doel {}", goal["naam"].as_str().unwrap_or_default());
        let points = goal["punten"].as_object();
        if points.is_none_or(Map::is_empty) {
            put(&part, NONE, Cell::Text("geen punten".into()));
        }
        points.into_iter().flatten().for_each(|(term, weight)| put(&part, term, cell(weight, Kind::Whole)));
        for (key, kind) in GOAL {
            if !goal[key].is_null() {
                put(&part, key, cell(&goal[key], kind));
            }
        }
    }
    let rows = rows.into_iter().zip(1..).map(|(cells, number)| Row { number, cells }).collect();
    Table { name: POLICY.into(), rows }
}
