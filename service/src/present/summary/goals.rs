//! Each goal in order: its value in the plan, the best value and what is proven of it, in words.

use std::fmt::Write;

use loket_solver::matching::facts::outcome::{GoalResult, Outcome};
use loket_solver::matching::facts::policy::Goal;
use loket_solver::matching::facts::wave::Wave;

use crate::present::dutch::number;
use crate::present::sheet::{Cell, Column, Row, Sheet, Table};

pub(super) fn write(sheet: &mut Sheet, wave: &Wave, outcome: &Outcome) {
    let rows = wave.policy.goals.iter().zip(&outcome.goals).map(|(goal, result)| {
        let cells = vec![Cell::number(result.value), Cell::number(result.best), Cell::Text(proof(goal, result))];
        Row::new(goal.name.as_str(), cells)
    });
    sheet.table(Table {
        key: "doelen",
        heading: "Doelen, op volgorde".into(),
        columns: vec![Column::figures("dit plan"), Column::figures("beste"), Column::words("bewijs")],
        rows: rows.collect(),
        meaning: "",
    });
}

fn proof(goal: &Goal, result: &GoalResult) -> String {
    let mut text = match result.proven() {
        true => "beste is bewezen".to_string(),
        false => format!("niet bewezen: hoogstens {}", number(result.bound)),
    };
    if goal.tolerance_percent > 0 {
        let _ = write!(text, "; het plan mag {} % lager", goal.tolerance_percent);
    }
    text
}
