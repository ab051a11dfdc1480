//! Each goal in order: its value in the plan, the best value and what is proven of it, in words.

use std::fmt::Write;

use loket_instances::matching::outcome::GoalLine;
use loket_solver::matching::facts::outcome::Outcome;
use loket_solver::matching::facts::wave::Wave;

use crate::present::dutch::number;
use crate::present::sheet::{Cell, Column, Row, Sheet, Table};

/// What is known of a goal.
struct Line<'a> {
    name: &'a str,
    value: i64,
    best: i64,
    bound: i64,
    tolerance_percent: i64,
}

/// Of a solve.
pub(super) fn write(sheet: &mut Sheet, wave: &Wave, outcome: &Outcome) {
    let lines = wave.policy.goals.iter().zip(&outcome.goals).map(|(goal, result)| Line {
        name: &goal.name,
        value: result.value,
        best: result.best,
        bound: result.bound,
        tolerance_percent: goal.tolerance_percent.into(),
    });
    sheet.table(table(lines));
}

/// Of an outcome file.
pub(super) fn write_lines(sheet: &mut Sheet, goals: &[GoalLine]) {
    let lines = goals.iter().map(|it| Line {
        name: &it.name,
        value: it.value,
        best: it.best,
        bound: it.bound,
        tolerance_percent: it.tolerance_percent,
    });
    sheet.table(table(lines));
}

fn table<'a>(lines: impl Iterator<Item = Line<'a>>) -> Table {
    let row = |line: Line<'_>| {
        let cells = vec![Cell::number(line.value), Cell::number(line.best), Cell::Text(proof(&line))];
        Row::new(line.name, cells)
    };
    Table {
        key: "doelen",
        heading: "Doelen, op volgorde".into(),
        columns: vec![Column::figures("dit plan"), Column::figures("beste"), Column::words("bewijs")],
        rows: lines.map(row).collect(),
        meaning: "",
    }
}

fn proof(line: &Line<'_>) -> String {
    let mut text = match line.best == line.bound {
        true => "beste is bewezen".to_string(),
        false => format!("niet bewezen: hoogstens {}", number(line.bound)),
    };
    if line.tolerance_percent > 0 {
        let _ = write!(text, "; het plan mag {} % lager", line.tolerance_percent);
    }
    text
}
