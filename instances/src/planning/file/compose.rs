//! Makes an outcome file's lines of a solve's outcome, and finds the plan in them again.

use loket_solver::common::tables::{Id, Table};
use loket_solver::common::words::{Verdict, Word};
use loket_solver::planning::ask::sensitivity::{Change, ComesTo, step};
use loket_solver::planning::facts::codes::TermCode;
use loket_solver::planning::facts::horizon::Horizon;
use loket_solver::planning::facts::outcome::{Conflict, GoalResult, Outcome};
use loket_solver::planning::facts::plan::Plan;
use loket_solver::planning::facts::policy::Goal;
use loket_solver::planning::judge;
use serde_json::Value;

use super::{after, policy};
use crate::planning::lines::{
    ConflictLine, Difference, Figures, GoalLine, NoticeLine, OutcomeFile, ScenarioLine, SensitivityLine, Technique,
};
use crate::planning::plan_file::Loaded;

/// What was asked beside the plan itself.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    /// What each scenario of the file comes to, in order.
    pub scenarios: Option<Vec<Outcome>>,
    /// What each change comes to.
    pub sensitivity: Option<Vec<(Change, ComesTo)>>,
}

/// The outcome file of a solve.
pub fn compose(loaded: &Loaded, outcome: &Outcome, answered: &Answered, technique: &Technique) -> OutcomeFile {
    let horizon = &loaded.horizon;
    let locked = outcome.locked.as_ref().filter(|_| outcome.plan.is_none());
    let found = locked.and_then(|plan| judge::findings(horizon, plan));
    let figures = figures_of(horizon, outcome);
    let breaches = found.filter(|_| figures.is_some()).map(|found| after::breaches(horizon, loaded.start, &found.breaches));
    let scenarios = answered.scenarios.as_ref().map(|outcomes| {
        let both = loaded.scenarios.iter().zip(outcomes);
        both.map(|(scenario, outcome)| ScenarioLine {
            id: scenario.id.clone(),
            status: outcome.verdict,
            goals: goals(&scenario.horizon, outcome),
            figures: figures_of(&scenario.horizon, outcome),
            conflict: conflict(&scenario.locks, &outcome.conflict),
        })
        .collect()
    });
    OutcomeFile {
        plan: horizon.id.clone(),
        input_sha256: loaded.sha256.clone(),
        status: outcome.verdict,
        goals: goals(horizon, outcome),
        figures,
        breaches: breaches.unwrap_or_default(),
        conflict: conflict(&loaded.locks, &outcome.conflict),
        scenarios,
        sensitivity: answered.sensitivity.as_ref().map(|rows| rows.iter().map(|row| sensitivity(horizon, row)).collect()),
        notices: loaded.notices.iter().map(NoticeLine::from).collect(),
        policy: policy::written(&horizon.policy),
        technique: technique.line(&[("kolommen", outcome.work.columns), ("programmas", outcome.work.programs)]),
    }
}

/// What the plan adds up to, or the locked numbers when there is none.
fn figures_of(horizon: &Horizon, outcome: &Outcome) -> Option<Figures> {
    outcome.plan.as_ref().or(outcome.locked.as_ref()).and_then(|plan| after::figures(horizon, plan))
}

fn goals(horizon: &Horizon, outcome: &Outcome) -> Vec<GoalLine> {
    horizon.policy.goals.iter().zip(&outcome.goals).map(|(goal, result)| goal_line(goal, result)).collect()
}

fn goal_line(goal: &Goal, result: &GoalResult) -> GoalLine {
    let weight = |&(term, weight): &(TermCode, i64)| (term.code().to_owned(), weight);
    GoalLine::of(&goal.name, goal.weights.iter().map(weight).collect(), goal.tolerance_percent, result)
}

fn conflict(locks: &[Value], found: &[Conflict]) -> Vec<ConflictLine> {
    let line = |conflict: &Conflict| ConflictLine {
        lock: locks.get(conflict.lock).cloned().unwrap_or_default(),
        rules: conflict.rules.iter().map(|rule| rule.code().to_owned()).collect(),
    };
    found.iter().map(line).collect()
}

/// The place of a change in the file with every default written out.
pub(crate) fn place(change: Change) -> String {
    match change {
        Change::Hire(kind, year) => format!("/coachsoorten/{}/aanname_max/{}", kind.position(), year.position()),
        Change::Seat(board) => format!("/besturen/{}/plekken", board.position()),
        Change::Percent(step, _) => format!("/trechter/{}", step.code()),
        Change::PerCoach => "/beleid/per_coach".into(),
        Change::Income => "/inkomsten".into(),
    }
}

fn sensitivity(horizon: &Horizon, (change, comes_to): &(Change, ComesTo)) -> SensitivityLine {
    let (differences, status) = match comes_to {
        ComesTo::Price(price) => {
            let told = |price: &Option<(i64, i64)>| match *price {
                Some((least, most)) if least == most => Difference::Is(least),
                Some((least, most)) => Difference::Between(least, most),
                None => Difference::Unknown,
            };
            let named = horizon.policy.goals.iter().zip(price).map(|(goal, price)| (goal.name.clone(), told(price)));
            (Some(named.collect::<Vec<_>>()), None)
        }
        ComesTo::Impossible => (None, Some(Verdict::Impossible)),
        ComesTo::Unknown => (None, Some(Verdict::Stopped)),
    };
    let known = differences.iter().flatten().all(|(_, difference)| matches!(difference, Difference::Is(_)));
    let proven = known && status != Some(Verdict::Stopped);
    SensitivityLine { change: place(*change), by: step(*change), differences, status, proven }
}

/// The plan in an outcome's figures, in the numbers of a horizon.
///
/// # Errors
/// Every line that names something which the horizon does not have or that comes twice, as Dutch sentences with their place.
pub fn plan_of(horizon: &Horizon, figures: &Figures) -> Result<Plan, Vec<(String, String)>> {
    let mut plan = Plan::empty(horizon);
    let mut wrong = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for (at, line) in figures.seated.iter().enumerate() {
        match (row(&horizon.waves, |row| &row.id, &line.wave), row(&horizon.boards, |row| &row.id, &line.board)) {
            (Some(wave), Some(board)) if seen.insert((0, wave.position(), board.position())) => plan.seated[wave][board] = line.started,
            _ => wrong
                .push((format!("/instroom/{at}"), "deze lichting en dit bestuur staan niet in het plan, of staan hier twee keer".into())),
        }
    }
    for (at, line) in figures.guided.iter().enumerate() {
        match (row(&horizon.waves, |row| &row.id, &line.wave), row(&horizon.kinds, |row| &row.id, &line.kind)) {
            (Some(wave), Some(kind)) if seen.insert((1, wave.position(), kind.position())) => plan.guided[wave][kind] = line.number,
            _ => wrong
                .push((format!("/begeleiding/{at}"), "deze lichting en coachsoort staan niet in het plan, of staan hier twee keer".into())),
        }
    }
    for (at, line) in figures.pool.iter().enumerate() {
        match (row(&horizon.kinds, |row| &row.id, &line.kind), row(&horizon.years, |year| year, &line.year)) {
            (Some(kind), Some(year)) if seen.insert((2, kind.position(), year.position())) => plan.hired[kind][year] = line.hired,
            _ => wrong.push((format!("/pool/{at}"), "deze coachsoort en dit jaar staan niet in het plan, of staan hier twee keer".into())),
        }
    }
    if wrong.is_empty() { Ok(plan) } else { Err(wrong) }
}

fn row<I: Id, T>(table: &Table<I, T>, name: impl Fn(&T) -> &String, id: &str) -> Option<I> {
    table.pairs().find(|(_, row)| name(row) == id).map(|(at, _)| at)
}
