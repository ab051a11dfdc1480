//! Writes an outcome file of a multi-year plan as JSON.

use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::facts::codes::Count;
use serde_json::{Map, Value, json};

use crate::outcomes::write::{goal, notice, numbers, technique};
use crate::planning::lines::{
    AfterLine, BreachLine, ConflictLine, Difference, FORMAT, Figures, GuidedLine, MoneyLine, OutcomeFile, PoolLine, ScenarioLine,
    SeatedLine, SensitivityLine,
};
use crate::strict::object::{Object, list};

/// The whole file; `conflict` is there only when the status is `onmogelijk`, figures only when there are any.
pub fn to_json(outcome: &OutcomeFile) -> Value {
    let impossible = outcome.status == Verdict::Impossible || !outcome.conflict.is_empty();
    let broken = impossible && (outcome.figures.is_some() || !outcome.breaches.is_empty());
    let head = Object::default()
        .put("formaat", FORMAT)
        .put("plan", outcome.plan.clone())
        .put("invoer_sha256", outcome.input_sha256.clone())
        .word("status", Some(outcome.status))
        .put("doelen", list(&outcome.goals, goal));
    let written = figures(head, outcome.figures.as_ref())
        .put("schendingen", broken.then(|| list(&outcome.breaches, breach)))
        .put("conflict", impossible.then(|| list(&outcome.conflict, conflict)))
        .put("scenarios", outcome.scenarios.as_ref().map(|rows| list(rows, scenario)))
        .put("gevoeligheid", outcome.sensitivity.as_ref().map(|rows| list(rows, sensitivity)))
        .put("meldingen", list(&outcome.notices, notice))
        .put("beleid", outcome.policy.clone())
        .put("techniek", technique(&outcome.technique));
    Value::Object(written.0)
}

fn figures(into: Object, figures: Option<&Figures>) -> Object {
    into.put("instroom", figures.map(|it| list(&it.seated, seated)))
        .put("begeleiding", figures.map(|it| list(&it.guided, guided)))
        .put("pool", figures.map(|it| list(&it.pool, pool)))
        .put("geld", figures.map(|it| list(&it.money, money)))
        .put("na_horizon", figures.map(|it| list(&it.after, after)))
}

fn seated(line: &SeatedLine) -> Map<String, Value> {
    Object::default().put("lichting", line.wave.clone()).put("bestuur", line.board.clone()).put("gestart", line.started).0
}

fn guided(line: &GuidedLine) -> Map<String, Value> {
    let counts: Map<String, Value> =
        Count::ALL.iter().zip(line.counts).map(|(count, number)| (count.code().into(), number.into())).collect();
    Object::default()
        .put("lichting", line.wave.clone())
        .put("coachsoort", line.kind.clone())
        .put("aantal", line.number)
        .put("tellingen", counts)
        .0
}

fn pool(line: &PoolLine) -> Map<String, Value> {
    Object::default()
        .put("jaar", line.year.clone())
        .put("coachsoort", line.kind.clone())
        .put("aanname", line.hired)
        .put("pool", line.pool)
        .put("uren_nodig", line.hours_needed)
        .put("uren_ruimte", line.hours_room)
        .put("ratio_nodig", line.ratio_needed)
        .put("ratio_ruimte", line.ratio_room)
        .put("over", line.spare)
        .0
}

fn money(line: &MoneyLine) -> Map<String, Value> {
    Object::default()
        .put("jaar", line.year.clone())
        .put("posten", numbers(&line.costs))
        .put("inkomsten", numbers(&line.incomes))
        .put("kosten_cent", line.cost)
        .put("inkomsten_cent", line.income)
        .put("ruimte_cumulatief_cent", line.room)
        .0
}

fn after(line: &AfterLine) -> Map<String, Value> {
    Object::default().put("jaar", line.year).put("uren", numbers(&line.hours)).put("posten", numbers(&line.costs)).0
}

fn breach(line: &BreachLine) -> Map<String, Value> {
    Object::default()
        .put("regel", line.rule.clone())
        .put("lichting", line.wave.clone())
        .put("bestuur", line.board.clone())
        .put("coachsoort", line.kind.clone())
        .put("jaar", line.year.clone())
        .put("maand", line.month.clone())
        .put("gebruikt", line.used)
        .put("hoogstens", line.limit)
        .0
}

fn conflict(line: &ConflictLine) -> Map<String, Value> {
    let mut written = line.lock.as_object().cloned().unwrap_or_default();
    written.insert("regels".into(), json!(line.rules));
    written
}

fn scenario(line: &ScenarioLine) -> Map<String, Value> {
    let impossible = line.status == Verdict::Impossible || !line.conflict.is_empty();
    let head = Object::default().put("id", line.id.clone()).word("status", Some(line.status)).put("doelen", list(&line.goals, goal));
    figures(head, line.figures.as_ref()).put("conflict", impossible.then(|| list(&line.conflict, conflict))).0
}

fn sensitivity(line: &SensitivityLine) -> Map<String, Value> {
    let told = |difference: Difference| match difference {
        Difference::Is(number) => Value::from(number),
        Difference::Between(least, most) => json!([least, most]),
        Difference::Unknown => Value::Null,
    };
    let mut written = Map::new();
    written.insert("wijziging".into(), line.change.clone().into());
    written.insert("met".into(), line.by.into());
    let differences = line.differences.as_ref().map(|rows| rows.iter().map(|(goal, it)| (goal.clone(), told(*it))).collect::<Map<_, _>>());
    written.insert("verschil".into(), differences.map_or(Value::Null, Value::Object));
    if let Some(status) = line.status {
        written.insert("status".into(), status.code().into());
    }
    written.insert("bewezen".into(), line.proven.into());
    written
}
