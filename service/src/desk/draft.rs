//! A policy as a form shows it: every number and switch of it as it is used, the order of its goals, and the policy that comes of what was
//! typed.

use loket_instances::matching::row::{policy_with_defaults, read_policy};
use loket_instances::matching::rows::PolicyRow;
use loket_instances::strict::problem::Problem;
use loket_solver::matching::facts::words::Phase;
use serde_json::Value;

use super::policy::read_for;
use super::saving::Priced;

/// Limits that a policy may leave out.
const OPTIONAL: [&str; 2] = ["max_extern_procent", "max_kosten_cent"];

/// One number or switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Where it stands: the name of its field.
    pub pointer: String,
    /// What it is part of: a goal, or a part of the settings.
    pub group: String,
    /// What it is.
    pub label: String,
    /// What it is now; empty where it is left out.
    pub value: String,
    /// On or off, and no number.
    pub switch: bool,
    /// What the price is of, where it is one of `bewaren`.
    pub priced: Option<Priced>,
}

/// Where the order of a goal stands in a form.
pub fn order(at: usize) -> String {
    format!("/volgorde/{at}")
}

fn words(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

fn used(policy: &PolicyRow, phase: Option<Phase>) -> Value {
    let mut all = policy_with_defaults(policy, read_for(phase));
    if let Some(keys) = all.as_object_mut() {
        keys.shift_remove("seed");
        for key in OPTIONAL {
            keys.entry(key).or_insert(Value::Null);
        }
    }
    all
}

/// Everything that a form asks, part by part; the order of each goal first.
pub fn leaves(policy: &PolicyRow, phase: Option<Phase>) -> Vec<Leaf> {
    let all = used(policy, phase);
    let mut found = Vec::new();
    for (key, value) in all.as_object().into_iter().flatten() {
        match value {
            Value::Array(goals) if key == "doelen" => {
                for (at, goal) in goals.iter().enumerate() {
                    let name = words(goal["naam"].as_str().unwrap_or_default());
                    let value = (at + 1).to_string();
                    found.push(Leaf {
                        pointer: order(at),
                        group: name.clone(),
                        label: "volgorde".into(),
                        value,
                        switch: false,
                        priced: None,
                    });
                    walk(&mut found, goal, &format!("/doelen/{at}"), (&name, ""));
                }
            }
            value => walk(&mut found, value, &format!("/{key}"), (&words(key), "")),
        }
    }
    // What is no part of anything has its own name.
    for leaf in found.iter_mut().filter(|it| it.label.is_empty()) {
        leaf.label.clone_from(&leaf.group);
    }
    found
}

fn walk(found: &mut Vec<Leaf>, value: &Value, pointer: &str, (group, label): (&str, &str)) {
    let leaf = |value: String, switch| Leaf {
        pointer: pointer.to_owned(),
        group: group.to_owned(),
        label: label.to_owned(),
        value,
        switch,
        priced: None,
    };
    if let Some(priced) = Priced::of(value) {
        let price = value["prijs"].to_string();
        found.push(Leaf { pointer: format!("{pointer}/prijs"), priced: Some(priced), ..leaf(price, false) });
        return;
    }
    match value {
        Value::Number(number) => found.push(leaf(number.to_string(), false)),
        Value::Bool(on) => found.push(leaf(if *on { "ja" } else { "nee" }.into(), true)),
        Value::Null => found.push(leaf(String::new(), false)),
        Value::Object(keys) => {
            for (key, value) in keys {
                let below = if label.is_empty() || label == "punten" { words(key) } else { format!("{label}, {}", words(key)) };
                walk(found, value, &format!("{pointer}/{key}"), (group, &below));
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                walk(found, value, &format!("{pointer}/{at}"), (group, &format!("{} {}", label, at + 1)));
            }
        }
        Value::String(_) => {}
    }
}

fn wrong(pointer: &str, what: &str, remedy: &str) -> Problem {
    Problem {
        code: "veld",
        pointer: pointer.into(),
        place: words(pointer.trim_start_matches('/')),
        what: what.into(),
        remedy: remedy.into(),
    }
}

/// The policy that comes of what was typed on top of another.
///
/// # Errors
/// Everything that is wrong, each with the name of its field.
pub fn drafted(policy: &PolicyRow, phase: Option<Phase>, typed: &dyn Fn(&str) -> Option<String>) -> Result<PolicyRow, Vec<Problem>> {
    let mut all = used(policy, phase);
    let mut problems = Vec::new();
    for leaf in leaves(policy, phase) {
        let text = typed(&leaf.pointer);
        let Some(place) = all.pointer_mut(&leaf.pointer) else { continue };
        if leaf.switch {
            *place = Value::Bool(text.is_some());
            continue;
        }
        let text = text.unwrap_or_default();
        match (text.trim(), text.trim().parse::<i64>()) {
            ("", _) if OPTIONAL.contains(&leaf.pointer.trim_start_matches('/')) => *place = Value::Null,
            (_, Ok(number)) => *place = Value::from(number),
            _ => problems.push(wrong(&leaf.pointer, "dit is geen getal", "schrijf een geheel getal")),
        }
    }
    if let Some(goals) = all.get_mut("doelen").and_then(Value::as_array_mut) {
        let mut ordered: Vec<(i64, Value)> = Vec::new();
        for (at, goal) in std::mem::take(goals).into_iter().enumerate() {
            let place = typed(&order(at)).unwrap_or_default().trim().parse::<i64>();
            if place.is_err() {
                problems.push(wrong(&order(at), "dit is geen getal", "schrijf 1 voor het doel dat het eerst telt"));
            }
            ordered.push((place.unwrap_or(i64::MAX), goal));
        }
        ordered.sort_by_key(|it| it.0);
        goals.extend(ordered.into_iter().map(|it| it.1));
    }
    if let Some(keys) = all.as_object_mut() {
        keys.retain(|_, value| !value.is_null());
    }
    match read_policy(all.to_string().as_bytes()) {
        Ok(row) if problems.is_empty() => Ok(row),
        Ok(_) => Err(problems),
        Err(refusal) => {
            problems.extend(refusal.problems);
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard() -> PolicyRow {
        read_policy(b"{}").expect("a policy")
    }

    fn same(pointer: &str) -> Option<String> {
        let leaf = leaves(&standard(), None).into_iter().find(|it| it.pointer == pointer)?;
        if leaf.switch && leaf.value == "nee" { None } else { Some(leaf.value) }
    }

    #[test]
    fn what_is_sent_back_as_it_stood_says_the_same() {
        let row = drafted(&standard(), None, &same).expect("a policy");
        assert_eq!(used(&row, None), used(&standard(), None));
    }

    #[test]
    fn a_number_and_the_order_of_goals_are_changed_and_what_is_no_number_is_told() {
        let typed = |pointer: &str| match pointer {
            "/dagdelen_samen" => Some("3".into()),
            "/volgorde/1" => Some("0".into()),
            other => same(other),
        };
        let row = drafted(&standard(), None, &typed).expect("a policy");
        assert_eq!(row.shared_half_days, Some(3));
        let names = |row: &PolicyRow| row.goals.iter().flatten().map(|it| it.name.clone()).collect::<Vec<_>>();
        let before: Vec<String> = leaves(&standard(), None).into_iter().filter(|it| it.label == "volgorde").map(|it| it.group).collect();
        assert_eq!(names(&row).first().map(|it| words(it)), before.get(1).cloned());
        let wrong = drafted(&standard(), None, &|pointer| if pointer == "/dagdelen_samen" { Some("veel".into()) } else { same(pointer) });
        assert!(wrong.is_err_and(|it| it.iter().any(|it| it.pointer == "/dagdelen_samen")));
    }
}
