//! Examines an outcome file: everything in it is computed again from the roster, and what does not agree is told.

use std::time::Duration;

use loket_solver::common::control::{Control, Unhurried};
use loket_solver::common::words::{Verdict, Word};
use loket_solver::scheduling::facts::codes::Kind;
use loket_solver::scheduling::facts::outcome::{GoalResult, Outcome, Work};
use loket_solver::scheduling::facts::plan::Plan;
use loket_solver::scheduling::judge::Judge;
use loket_solver::scheduling::judge::reasons::unplanned;
use loket_solver::scheduling::judge::rules::rules;
use loket_solver::scheduling::solve::{conflict_of, least_changes_of};
use serde_json::Value;

use crate::outcomes::finding::Finding;
use crate::scheduling::outcome::{GoalLine, OutcomeFile, Technique, compose, read_outcome, to_json};
use crate::scheduling::plan::plan_of;
use crate::scheduling::roster_file::Loaded;

/// Everything that does not agree; empty when the outcome is true of the roster. A bound is taken as stated.
pub fn examine(loaded: &Loaded, bytes: &[u8]) -> Vec<Finding> {
    let file = match read_outcome(bytes, loaded.roster.kind()) {
        Ok(file) => file,
        Err(refusal) => return Finding::all_of(refusal),
    };
    let mut found = Vec::new();
    if file.roster != loaded.roster.id {
        found.push(Finding::new("/rooster", format!("deze uitkomst is van rooster {}", file.roster)));
    }
    if file.input_sha256 != loaded.sha256 {
        found.push(Finding::new("/invoer_sha256", "de uitkomst is van een ander roosterbestand"));
    }
    if file.status.has_plan() {
        with_plan(loaded, &file, &mut found);
    } else {
        without_plan(loaded, &file, &mut found);
    }
    found
}

/// What [`examine`] takes as stated because it takes solving: the fewest changes of a rerun. Empty when it agrees, or is not known in the time
/// that `control` gives.
pub fn examine_changes(loaded: &Loaded, bytes: &[u8], control: &dyn Control) -> Vec<Finding> {
    let Ok(file) = read_outcome(bytes, loaded.roster.kind()) else { return Vec::new() };
    let Some(stated) = least_changes(&file).filter(|_| file.status.has_plan()) else { return Vec::new() };
    match least_changes_of(&loaded.roster, control) {
        Some(least) if least != stated => {
            let what = format!("hier hoort {least:?} te staan, niet {stated:?}");
            vec![Finding::new("/kerncijfers/minste_wijzigingen", what)]
        }
        Some(_) | None => Vec::new(),
    }
}

/// The fewest changes, part by part, as an outcome states them.
fn least_changes(file: &OutcomeFile) -> Option<Vec<u32>> {
    file.figures.get("minste_wijzigingen").and_then(|it| serde_json::from_value(it.clone()).ok())
}

fn with_plan(loaded: &Loaded, file: &OutcomeFile, found: &mut Vec<Finding>) {
    let roster = &loaded.roster;
    let plan = match plan_of(roster, file) {
        Ok(plan) => plan,
        Err(wrong) => return found.extend(wrong.into_iter().map(|what| Finding::new("/blokken", what))),
    };
    let least = least_changes(file);
    if roster.policy.max_changes.is_some() && least.is_none() {
        found.push(Finding::new("/kerncijfers/minste_wijzigingen", "het kleinste aantal wijzigingen ontbreekt"));
    }
    let findings = Judge::new(roster).findings(&plan, least.as_deref());
    for breach in &findings.breaches {
        let says = rules(roster.kind()).iter().find(|rule| rule.code == breach.rule).map_or("", |rule| rule.says);
        let bound = if breach.short { "minstens" } else { "hoogstens" };
        let what = format!("regel {}: {says} ({}: {}, {bound} {})", breach.rule.code(), breach.place, breach.used, breach.limit);
        found.push(Finding::new("/blokken", what));
    }
    goals(loaded, file, &findings.values, found);
    let proven = file.goals.iter().all(|goal| goal.best == goal.bound);
    // What would be written of this plan with what the file says is known.
    let outcome = Outcome {
        verdict: file.status,
        goals: known(file),
        unplanned: unplanned(roster, &plan, proven),
        conflict: Vec::new(),
        least_changes: least,
        work: Work::default(),
        plan: Some(Plan::of(roster, plan.blocks)),
    };
    compare(loaded, file, &outcome, found);
}

fn known(file: &OutcomeFile) -> Vec<GoalResult> {
    let goal =
        |line: &GoalLine| GoalResult { best: line.best, bound: line.bound, floor: line.floor, value: line.value, time: Duration::ZERO };
    file.goals.iter().map(goal).collect()
}

/// What is told of each goal: its value by the judge, and numbers that follow from each other.
fn goals(loaded: &Loaded, file: &OutcomeFile, values: &[i64], found: &mut Vec<Finding>) {
    let policy = &loaded.roster.policy;
    if file.goals.len() != policy.goals.len() {
        found.push(Finding::new("/doelen", format!("er zijn {} doelen, en er horen er {} te zijn", file.goals.len(), policy.goals.len())));
        return;
    }
    for (at, ((line, goal), &value)) in file.goals.iter().zip(&policy.goals).zip(values).enumerate() {
        let mut wrong = |key: &str, what: String| found.push(Finding::new(format!("/doelen/{at}/{key}"), what));
        if line.value != value {
            wrong("waarde", format!("de waarde is {value}, niet {}", line.value));
        }
        if line.best > line.bound {
            wrong("beste", format!("{} is meer dan de bovengrens {}", line.best, line.bound));
        }
        if line.proven != (line.best == line.bound) {
            wrong("bewezen", "bewezen is iets anders dan: beste is gelijk aan bovengrens".into());
        }
        // Of visits the floor is a sum of those of coaches, and their values may differ in sign: with a tolerance only they tell it.
        let floor = goal.floor(line.best);
        let apart = loaded.roster.kind() == Kind::Visits && goal.tolerance_percent > 0;
        let fits = if apart { line.floor <= line.best } else { line.floor == floor };
        if !fits {
            wrong("ondergrens", format!("de ondergrens is {floor}, niet {}", line.floor));
        }
        if value < line.floor {
            wrong("waarde", format!("de waarde {value} ligt onder de ondergrens {}", line.floor));
        }
        if at == 0 && line.proven && value > line.best {
            wrong("beste", format!("de waarde {value} is meer dan het beste {}", line.best));
        }
        if at + 1 == file.goals.len() && value != line.best {
            wrong("beste", format!("het getoonde rooster heeft {value} op het laatste doel, niet {}", line.best));
        }
    }
    let proven = file.goals.iter().all(|line| line.best == line.bound);
    if proven != (file.status == Verdict::Optimal) {
        found.push(Finding::new("/status", "de status zegt iets anders dan de doelen"));
    }
}

/// Compares the file with what would be written, key by key.
fn compare(loaded: &Loaded, file: &OutcomeFile, outcome: &Outcome, found: &mut Vec<Finding>) {
    let technique = Technique { version: String::new(), engine: String::new(), seed: 0, seconds: 0.0, memory_mib: None };
    let ours = to_json(&compose(loaded, outcome, &technique));
    let theirs = to_json(file);
    for key in ["doelen", "blokken", "ongepland", "punten_plan", "conflict", "meldingen", "kerncijfers", "beleid"] {
        differ(&format!("/{key}"), &ours[key], &theirs[key], found);
    }
}

/// The places where two values differ, down to the deepest; seconds are not compared.
fn differ(place: &str, ours: &Value, theirs: &Value, found: &mut Vec<Finding>) {
    if ours == theirs || place.ends_with("/seconden") {
        return;
    }
    match (ours, theirs) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
            for key in keys {
                differ(&format!("{place}/{key}"), one.get(key).unwrap_or(&Value::Null), other.get(key).unwrap_or(&Value::Null), found);
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                differ(&format!("{place}/{at}"), one, other, found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            found.push(Finding::new(place, format!("hier horen {} regels te staan, geen {}", one.len(), other.len())));
        }
        _ => found.push(Finding::new(place, format!("hier hoort {ours} te staan, niet {theirs}"))),
    }
}

/// Without a plan there are no blocks or goals, and a conflict is the irreducible set of locks that cannot stand together.
fn without_plan(loaded: &Loaded, file: &OutcomeFile, found: &mut Vec<Finding>) {
    let roster = &loaded.roster;
    if !file.blocks.is_empty() || !file.goals.is_empty() || !file.unplanned.is_empty() {
        found.push(Finding::new("/blokken", "zonder rooster zijn er geen blokken, doelen of redenen"));
    }
    if file.status != Verdict::Impossible {
        if !file.conflict.is_empty() {
            found.push(Finding::new("/conflict", "er is een conflict bij een rooster dat niet onmogelijk is"));
        }
        return;
    }
    // The set is found again; that takes solving, but only of whether locks can stand together.
    let conflict = conflict_of(roster, &Unhurried);
    if conflict.is_empty() {
        found.push(Finding::new("/conflict", "wat vaststaat kan wel samen"));
        return;
    }
    let verdict = file.status;
    let outcome =
        Outcome { verdict, goals: Vec::new(), plan: None, unplanned: Vec::new(), conflict, least_changes: None, work: Work::default() };
    compare(loaded, file, &outcome, found);
}
