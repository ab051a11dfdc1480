//! Reads the policy of a multi-year plan.

use std::collections::HashSet;

use loket_solver::common::words::Word;
use loket_solver::planning::facts::codes::TermCode;
use loket_solver::planning::facts::policy::{Goal, Policy};
use serde_json::{Map, Value, json};

use crate::strict::fields::{At, Fields, PERCENT, WEIGHT};
use crate::strict::json::Node;
use crate::strict::spot::show_id;

const KEYS: &[&str] = &["per_coach", "max_extern_procent", "plek_maanden", "budget", "voorschot_cent", "doelen", "seed"];

/// Codes of the terms.
pub(crate) fn term_codes() -> Vec<&'static str> {
    TermCode::ALL.iter().map(|term| term.code()).collect()
}

/// The policy of a file, with defaults.
pub(crate) fn read(fields: &Fields<'_>) -> Policy {
    fields.get("beleid").and_then(policy).unwrap_or_default()
}

/// A policy by itself.
pub(crate) fn policy(at: &At<'_>) -> Option<Policy> {
    let fields = at.fields(KEYS)?;
    let usual = Policy::default();
    let count = |key: &'static str, bounds| fields.get(key).and_then(|at| at.count(bounds));
    Some(Policy {
        per_coach: count("per_coach", 1..=100_000).unwrap_or(usual.per_coach),
        max_external_percent: count("max_extern_procent", PERCENT),
        seat_months: count("plek_maanden", 1..=24).unwrap_or(usual.seat_months),
        budget: fields.get("budget").and_then(At::word).unwrap_or(usual.budget),
        advance: fields.get("voorschot_cent").and_then(|at| at.integer(0..=(1 << 53) - 1)).unwrap_or_default(),
        goals: fields.get("doelen").map_or(usual.goals, goals),
        seed: fields.get("seed").and_then(|at| at.integer(0..=(1 << 53) - 1)).map_or(usual.seed, i64::unsigned_abs),
    })
}

fn goals(list: &At<'_>) -> Vec<Goal> {
    if matches!(list.node, Node::List(items) if items.is_empty()) {
        list.refuse("leeg", "de lijst is leeg", "noem minstens één doel, of haal \"doelen\" weg: dan gelden de gewone doelen");
    }
    let mut names = HashSet::new();
    let mut read = Vec::new();
    for row in list.no_more_than(50).and_then(|()| list.rows("naam")).unwrap_or_default() {
        let Some(goal) = goal(&row) else { continue };
        if !names.insert(goal.name.clone()) {
            let what = format!("er is al een doel \"{}\"", show_id(&goal.name));
            list.report.problem("dubbel", &row.spot.key("naam"), what, "geef elk doel een eigen naam");
        }
        read.push(goal);
    }
    read
}

fn goal(row: &At<'_>) -> Option<Goal> {
    let fields = row.fields(&["naam", "punten", "tolerantie_procent"])?;
    let name = fields.need("naam").and_then(At::name);
    let weights = fields.need("punten").and_then(|at| at.numbers(&term_codes(), WEIGHT)).unwrap_or_default();
    let weights = weights.into_iter().filter_map(|(code, weight)| Some((TermCode::parse(code)?, weight))).collect();
    let tolerance_percent = fields.get("tolerantie_procent").and_then(|at| at.count(PERCENT)).unwrap_or_default();
    Some(Goal { name: name?.to_owned(), weights, tolerance_percent })
}

/// The full policy in file format.
pub(crate) fn written(policy: &Policy) -> Value {
    let mut written = Map::new();
    written.insert("per_coach".into(), policy.per_coach.into());
    if let Some(percent) = policy.max_external_percent {
        written.insert("max_extern_procent".into(), percent.into());
    }
    written.insert("plek_maanden".into(), policy.seat_months.into());
    written.insert("budget".into(), policy.budget.code().into());
    written.insert("voorschot_cent".into(), policy.advance.into());
    let goal = |goal: &Goal| {
        let points: Map<String, Value> = goal.weights.iter().map(|(term, weight)| (term.code().into(), (*weight).into())).collect();
        json!({ "naam": goal.name, "punten": points, "tolerantie_procent": goal.tolerance_percent })
    };
    written.insert("doelen".into(), policy.goals.iter().map(goal).collect());
    written.insert("seed".into(), policy.seed.into());
    Value::Object(written)
}
