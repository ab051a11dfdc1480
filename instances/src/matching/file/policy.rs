//! Reads a wave's `beleid` and writes it back in full.

use std::collections::HashSet;

use loket_solver::matching::facts::codes::TermCode;
use loket_solver::matching::facts::policy::{Goal, Policy, goals_as_used};
use loket_solver::matching::facts::words::{Phase, Status, Word};
use serde_json::{Map, Value, json};

use super::draft::each;
use crate::strict::fields::{AMOUNT, At, PERCENT, Placed, WEIGHT};
use crate::strict::json::Node;
use crate::strict::report::Report;
use crate::strict::spot::show_id;

/// A policy as written: own goals apart, since the wave's phase and previous plan decide which goals are used.
#[derive(Default)]
pub(crate) struct PolicyDraft {
    goals: Option<Vec<(Goal, Placed)>>,
    settings: Policy,
}

/// Reads `beleid`.
pub(crate) fn read(at: &At<'_>) -> Option<PolicyDraft> {
    let fields = at.fields(&[
        "doelen",
        "bouw_punten",
        "uren",
        "extra_begeleiding",
        "alleen_noodplan",
        "dagdelen_samen",
        "max_starters_procent",
        "max_extern_procent",
        "max_kosten_cent",
        "vasthouden",
        "max_wijzigingen",
        "seed",
    ])?;
    let mut settings = Policy::default();
    if let Some(list) = fields.get("bouw_punten") {
        not_empty(list, "noem minstens één getal, bijvoorbeeld [100, 60, 20]");
        settings.bouw_points = each(list, "", |item| item.integer(WEIGHT)).unwrap_or_default();
    }
    if let Some(table) = fields.get("uren") {
        for (code, hours) in table.numbers(&codes::<Phase>(), AMOUNT).unwrap_or_default() {
            if let (Some(phase), Ok(hours)) = (Phase::parse(code), u32::try_from(hours)) {
                settings.hours[phase as usize] = hours;
            }
        }
    }
    if let Some(extra) = fields.get("extra_begeleiding").and_then(|at| at.fields(&["vanaf", "uren"])) {
        if let Some(from) = extra.get("vanaf").and_then(|at| at.count(PERCENT)) {
            settings.extra_from = from;
        }
        if let Some(hours) = extra.count("uren") {
            settings.extra_hours = hours;
        }
    }
    if let Some(only) = fields.get("alleen_noodplan").and_then(At::flag) {
        settings.noodplan_only = only;
    }
    if let Some(days) = fields.get("dagdelen_samen").and_then(|at| at.count(0..=10)) {
        settings.shared_half_days = days;
    }
    if let Some(percent) = fields.get("max_starters_procent").and_then(|at| at.count(PERCENT)) {
        settings.max_starters_percent = percent;
    }
    settings.max_external_percent = fields.get("max_extern_procent").and_then(|at| at.count(PERCENT));
    settings.max_cost_cents = fields.get("max_kosten_cent").and_then(|at| at.integer(0..=100_000_000_000));
    if let Some(table) = fields.get("vasthouden") {
        settings.keep_weights = [0; 3];
        for (code, weight) in table.numbers(&codes::<Status>(), WEIGHT).unwrap_or_default() {
            if let Some(status) = Status::parse(code) {
                settings.keep_weights[status as usize] = weight;
            }
        }
    }
    settings.max_changes = fields.count("max_wijzigingen");
    if let Some(seed) = fields.get("seed").and_then(|at| at.integer(0..=(1 << 53) - 1)) {
        settings.seed = seed.unsigned_abs();
    }
    let goals = fields.get("doelen").and_then(|list| {
        not_empty(list, "noem minstens één doel, of haal \"doelen\" weg: dan gelden de doelen van de fase");
        let goals = each(list, "naam", goal)?;
        let mut names = HashSet::new();
        for (goal, name) in &goals {
            if !names.insert(goal.name.as_str()) {
                let what = format!("er is al een doel \"{}\"", show_id(&goal.name));
                at.report.problem("dubbel", &name.spot, what, "geef elk doel een eigen naam");
            }
        }
        Some(goals)
    });
    Some(PolicyDraft { goals, settings })
}

fn codes<W: Word>() -> Vec<&'static str> {
    W::ALL.iter().map(|word| word.code()).collect()
}

/// Codes of all terms.
pub(crate) fn terms() -> Vec<&'static str> {
    TermCode::ALL.iter().map(|term| term.code()).collect()
}

fn not_empty(list: &At<'_>, remedy: &str) {
    if matches!(list.node, Node::List(items) if items.is_empty()) {
        list.report.problem("leeg", &list.spot, "de lijst is leeg", remedy);
    }
}

fn goal(row: &At<'_>) -> Option<(Goal, Placed)> {
    let fields = row.fields(&["naam", "punten", "tolerantie_procent"])?;
    let name = fields.need("naam").and_then(At::placed);
    let weights = fields.need("punten").and_then(|at| at.numbers(&terms(), WEIGHT)).unwrap_or_default();
    let weights = weights.into_iter().filter_map(|(code, weight)| Some((TermCode::parse(code)?, weight)));
    let tolerance = fields.get("tolerantie_procent").and_then(|at| at.count(PERCENT));
    let weights = weights.collect();
    let name = name?;
    Some((Goal { name: name.text.clone(), weights, tolerance_percent: tolerance.unwrap_or(0) }, name))
}

impl PolicyDraft {
    /// The policy with the goals as used; an own goal that takes the name of a goal to be added is a problem.
    pub(crate) fn finish(self, phase: Phase, previous: bool, report: &Report) -> Policy {
        let own: Option<Vec<Goal>> = self.goals.as_ref().map(|goals| goals.iter().map(|(goal, _)| goal.clone()).collect());
        let count = own.as_ref().map_or(0, Vec::len);
        let goals = goals_as_used(own, phase, previous);
        if let Some(own) = self.goals
            && goals.len() > count
        {
            for (goal, name) in own {
                if ["afspraken", "stabiliteit"].contains(&goal.name.as_str()) {
                    let what = format!("\"{}\" is de naam van een doel dat er door het vorige plan bij komt", goal.name);
                    let remedy = "geef dit doel een andere naam, of noem in een doel een punt als \"afspraak_school\" of \"ongewijzigd\"";
                    report.problem("doelnaam", &name.spot, what, remedy);
                }
            }
        }
        Policy { goals, ..self.settings }
    }
}

/// The full policy in file format, defaults filled in and goals as used; limits that are off are left out.
pub(crate) fn write(policy: &Policy) -> Value {
    let goals: Vec<Value> = policy
        .goals
        .iter()
        .map(|goal| {
            json!({
                "naam": goal.name,
                "punten": table(goal.weights.iter().map(|&(term, weight)| (term.code(), weight))),
                "tolerantie_procent": goal.tolerance_percent,
            })
        })
        .collect();
    let hours = Phase::ALL.iter().map(|&phase| (phase.code(), i64::from(policy.hours_of(phase))));
    let keep = Status::ALL.iter().map(|&status| (status.code(), policy.keep_weight(status)));
    let mut written = Map::new();
    let mut put = |key: &str, value: Value| written.insert(key.into(), value);
    put("doelen", goals.into());
    put("bouw_punten", policy.bouw_points.clone().into());
    put("uren", table(hours));
    put("extra_begeleiding", json!({ "vanaf": policy.extra_from, "uren": policy.extra_hours }));
    put("alleen_noodplan", policy.noodplan_only.into());
    put("dagdelen_samen", policy.shared_half_days.into());
    put("max_starters_procent", policy.max_starters_percent.into());
    if let Some(percent) = policy.max_external_percent {
        put("max_extern_procent", percent.into());
    }
    if let Some(cents) = policy.max_cost_cents {
        put("max_kosten_cent", cents.into());
    }
    put("vasthouden", table(keep.filter(|&(_, weight)| weight != 0)));
    if let Some(changes) = policy.max_changes {
        put("max_wijzigingen", changes.into());
    }
    put("seed", policy.seed.into());
    Value::Object(written)
}

/// An object of numbers.
pub(crate) fn table<'a>(numbers: impl Iterator<Item = (&'a str, i64)>) -> Value {
    Value::Object(numbers.map(|(key, number)| (key.to_owned(), number.into())).collect())
}
