//! Examines an outcome file: everything in it is computed again from the plan's file, and what does not agree is told.

use std::collections::BTreeSet;
use std::time::Duration;

use loket_solver::common::control::Unhurried;
use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::ask::sensitivity::sensitivity;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::locked::locked;
use loket_solver::planning::facts::outcome::{GoalResult, Outcome, Work};
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::judge;
use loket_solver::planning::judge::rules::RULES;
use loket_solver::planning::solve::{conflict_of, impossible, solve};
use serde_json::Value;

use crate::outcomes::finding::Finding;
use crate::planning::outcome::{Answered, Figures, GoalLine, OutcomeFile, Technique, compose, plan_of, read_outcome, to_json};
use crate::planning::plan_file::Loaded;

/// Everything that does not agree; empty when the outcome is true of the file. A bound is taken as stated; what is said of scenarios, of one
/// more or less, and of an impossible plan is solved again.
pub fn examine(loaded: &Loaded, bytes: &[u8]) -> Vec<Finding> {
    look(loaded, bytes, true)
}

/// The same without solving anything again: that a plan is impossible and why, and what is told of scenarios and of one more or less, is taken
/// as stated.
pub fn glance(loaded: &Loaded, bytes: &[u8]) -> Vec<Finding> {
    look(loaded, bytes, false)
}

fn look(loaded: &Loaded, bytes: &[u8], again: bool) -> Vec<Finding> {
    let file = match read_outcome(bytes) {
        Ok(file) => file,
        Err(refusal) => return Finding::all_of(refusal),
    };
    let mut found = Vec::new();
    if file.plan != loaded.horizon.id {
        found.push(Finding::new("/plan", format!("deze uitkomst is van plan {}", file.plan)));
    }
    if file.input_sha256 != loaded.sha256 {
        found.push(Finding::new("/invoer_sha256", "de uitkomst is van een ander bestand"));
    }
    let outcome = told(&loaded.horizon, &Told::of(&file, again), &mut found);
    let Some(outcome) = outcome else { return found };
    let answered = Answered {
        scenarios: scenarios(loaded, &file, again, &mut found),
        sensitivity: file.sensitivity.as_ref().filter(|_| again).map(|_| sensitivity(&loaded.horizon, &outcome, &Unhurried)),
    };
    let technique = Technique { version: String::new(), engine: String::new(), seed: 0, seconds: 0.0, memory_mib: None };
    let ours = to_json(&compose(loaded, &outcome, &answered, &technique));
    let theirs = to_json(&file);
    let keys: &[&str] = &["doelen", "instroom", "begeleiding", "pool", "geld", "na_horizon", "schendingen", "meldingen", "beleid"];
    let solved: &[&str] = if again { &["conflict", "scenarios", "gevoeligheid"] } else { &[] };
    for key in keys.iter().chain(solved) {
        differ(&format!("/{key}"), &ours[key], &theirs[key], &mut found);
    }
    found
}

/// What a file tells of one horizon.
struct Told<'a> {
    status: Verdict,
    lines: &'a [GoalLine],
    figures: Option<&'a Figures>,
    /// Where in the file.
    at: String,
    /// Whether what only a solve can say is solved again.
    again: bool,
}

impl<'a> Told<'a> {
    fn of(file: &'a OutcomeFile, again: bool) -> Self {
        Self { status: file.status, lines: &file.goals, figures: file.figures.as_ref(), at: String::new(), again }
    }
}

/// The outcome that a file tells, with what follows from its plan found again; `None` when there is nothing to compare with.
fn told(horizon: &Horizon, it: &Told<'_>, found: &mut Vec<Finding>) -> Option<Outcome> {
    let Told { status, lines, figures, at, again } = it;
    let (status, again) = (*status, *again);
    let mut outcome = Outcome { verdict: status, goals: Vec::new(), plan: None, locked: None, conflict: Vec::new(), work: Work::default() };
    if !status.has_plan() {
        if !lines.is_empty() {
            found.push(Finding::new(format!("{at}/doelen"), "zonder plan zijn er geen doelen"));
        }
        if status == Verdict::Impossible {
            if again && impossible(horizon, &Unhurried) != Some(true) {
                found.push(Finding::new(format!("{at}/status"), "er is wel een plan dat aan alles voldoet"));
                return None;
            }
            if again {
                outcome.conflict = conflict_of(horizon, &Unhurried);
            }
            outcome.locked = locked(horizon);
        }
        return Some(outcome);
    }
    let plan = figures.ok_or_else(|| vec![("/instroom".to_owned(), "het plan ontbreekt".to_owned())]).and_then(|it| plan_of(horizon, it));
    let plan = match plan {
        Ok(plan) => plan,
        Err(wrong) => {
            found.extend(wrong.into_iter().map(|(place, what)| Finding::new(format!("{at}{place}"), what)));
            return None;
        }
    };
    let values = obeys(horizon, &plan, at, found)?;
    goals(horizon, status, lines, &values, at, found);
    let known =
        |line: &GoalLine| GoalResult { best: line.best, bound: line.bound, floor: line.floor, value: line.value, time: Duration::ZERO };
    outcome.goals = lines.iter().map(known).collect();
    outcome.plan = Some(plan);
    Some(outcome)
}

/// The value of every goal by the judge; every breach is told.
fn obeys(horizon: &Horizon, plan: &Plan, at: &str, found: &mut Vec<Finding>) -> Option<Vec<i64>> {
    let Some(findings) = judge::findings(horizon, plan) else {
        found.push(Finding::new(
            format!("{at}/instroom"),
            "wie start en wie begeleid wordt zijn niet evenveel mensen, of een aantal is onder 0",
        ));
        return None;
    };
    for breach in &findings.breaches {
        let says = RULES.iter().find(|rule| rule.code == breach.rule).map_or("", |rule| rule.says);
        let what = format!("regel {}: {says} ({}, en het mag {} zijn)", breach.rule.code(), breach.used, breach.limit);
        found.push(Finding::new(format!("{at}/instroom"), what));
    }
    Some(findings.values)
}

/// What is told of each goal: its value by the judge, and numbers that follow from each other.
fn goals(horizon: &Horizon, status: Verdict, lines: &[GoalLine], values: &[i64], at: &str, found: &mut Vec<Finding>) {
    let goals = &horizon.policy.goals;
    if lines.len() != goals.len() {
        found.push(Finding::new(format!("{at}/doelen"), format!("er zijn {} doelen, en er horen er {} te zijn", lines.len(), goals.len())));
        return;
    }
    for (nth, ((line, goal), &value)) in lines.iter().zip(goals).zip(values).enumerate() {
        let mut wrong = |key: &str, what: String| found.push(Finding::new(format!("{at}/doelen/{nth}/{key}"), what));
        if line.value != value {
            wrong("waarde", format!("de waarde is {value}, niet {}", line.value));
        }
        if line.best > line.bound {
            wrong("beste", format!("{} is meer dan de bovengrens {}", line.best, line.bound));
        }
        if line.proven != (line.best == line.bound) {
            wrong("bewezen", "bewezen is iets anders dan: beste is gelijk aan bovengrens".into());
        }
        if line.floor != goal.floor(line.best) {
            wrong("ondergrens", format!("de ondergrens is {}, niet {}", goal.floor(line.best), line.floor));
        }
        if value < line.floor {
            wrong("waarde", format!("de waarde {value} ligt onder de ondergrens {}", line.floor));
        }
        if nth == 0 && line.proven && value > line.best {
            wrong("beste", format!("de waarde {value} is meer dan het beste {}", line.best));
        }
        if nth + 1 == lines.len() && value != line.best {
            wrong("beste", format!("het getoonde plan heeft {value} op het laatste doel, niet {}", line.best));
        }
    }
    let proven = lines.iter().all(|line| line.best == line.bound);
    if proven != (status == Verdict::Optimal) {
        found.push(Finding::new(format!("{at}/status"), "de status zegt iets anders dan de doelen"));
    }
}

/// Scenarios as told, each held against its own horizon; the best values of proven ones are found again.
fn scenarios(loaded: &Loaded, file: &OutcomeFile, again: bool, found: &mut Vec<Finding>) -> Option<Vec<Outcome>> {
    let lines = file.scenarios.as_ref()?;
    if lines.len() != loaded.scenarios.len() || lines.iter().zip(&loaded.scenarios).any(|(line, scenario)| line.id != scenario.id) {
        found.push(Finding::new("/scenarios", "dit zijn niet de scenario's van het bestand, in die volgorde"));
        return None;
    }
    let mut outcomes = Vec::new();
    for (nth, (line, scenario)) in lines.iter().zip(&loaded.scenarios).enumerate() {
        let at = format!("/scenarios/{nth}");
        let said = Told { status: line.status, lines: &line.goals, figures: line.figures.as_ref(), at: at.clone(), again };
        let outcome = told(&scenario.horizon, &said, found)?;
        if again && line.status == Verdict::Optimal {
            let again = solve(&scenario.horizon, &Unhurried);
            let best = |goals: &[GoalResult]| goals.iter().map(|goal| goal.best).collect::<Vec<i64>>();
            if again.verdict != Verdict::Optimal || best(&again.goals) != best(&outcome.goals) {
                found.push(Finding::new(format!("{at}/doelen"), "opnieuw opgelost komen er andere beste waarden uit"));
            }
        }
        outcomes.push(outcome);
    }
    Some(outcomes)
}

/// The places where two values differ, down to the deepest; seconds are not compared.
fn differ(place: &str, ours: &Value, theirs: &Value, found: &mut Vec<Finding>) {
    if ours == theirs || place.ends_with("/seconden") {
        return;
    }
    match (ours, theirs) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
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
