//! Scenarios beside the plan itself, and what one more or one less of something changes.

use loket_instances::planning::outcome::{Difference, SensitivityLine};
use loket_instances::planning::plan_file::Named;
use loket_instances::planning::report::{About, ComparedRow, Report, in_cents};
use loket_solver::common::words::Verdict;

use super::{named, table, words};
use crate::present::sheet::{Cell, Column, Row, Sheet, Unit};

pub(super) fn scenarios(report: &Report<'_>) -> Sheet {
    let figures = ["nu", "scenario", "verschil"].map(Column::figures);
    let headings = [Column::words("waarover")].into_iter().chain(figures).chain([Column::words("in woorden")]).collect();
    let mut compared = table("planscenarios", "scenario", headings, "");
    for scenario in &report.scenarios {
        let name = report.name(Named::Scenario, &scenario.scenario);
        if scenario.rows.is_empty() {
            let says = match scenario.status {
                Verdict::Impossible => "er is dan geen plan mogelijk",
                Verdict::Stopped => "niet uitgerekend in de tijd die er was",
                Verdict::Optimal | Verdict::Feasible => "niet te vergelijken: zonder scenario is er geen plan",
            };
            compared.rows.push(Row { says: says.into(), ..Row::new(name, Vec::new()) });
            continue;
        }
        compared.rows.extend(scenario.rows.iter().map(|row| Row::new(name.as_str(), cells(report, row))));
    }
    let mut sheet = Sheet::default();
    sheet.table(compared);
    sheet
}

fn cells(report: &Report<'_>, row: &ComparedRow) -> Vec<Cell> {
    let unit = if row.cents { Unit::Cents } else { Unit::One };
    let about = match &row.about {
        About::Goal(name) => format!("doel {name}"),
        About::Cost(year) => format!("kosten {year}"),
        About::Income(year) => format!("inkomsten {year}"),
        About::Coaches(year) => format!("coaches {year}"),
        About::Line(id) => format!("post {}", report.name(Named::Line, id)),
    };
    let difference = row.own.saturating_sub(row.base);
    let says = match difference {
        0 => "gelijk".to_owned(),
        1.. => format!("{} meer dan nu", unit.of(difference)),
        _ => format!("{} minder dan nu", unit.of(difference.saturating_neg())),
    };
    let figures = [Cell::Figure(row.base, unit), Cell::Figure(row.own, unit), Cell::Change(difference, unit)];
    [Cell::Text(about)].into_iter().chain(figures).chain([Cell::Text(says)]).collect()
}

pub(super) fn sensitivity(report: &Report<'_>) -> Sheet {
    let goals = report.outcome.goals.iter().map(|goal| Column::figures(goal.name.as_str()));
    let headings = [Column::words("wat het oplevert")].into_iter().chain(goals).collect();
    let meaning = "Per doel: hoeveel de beste waarde verandert. Twee getallen: daar ligt het tussen.";
    let mut changes = table("plangevoeligheid", "verandering", headings, meaning);
    for line in report.outcome.sensitivity.iter().flatten() {
        changes.rows.push(Row::new(words::change(report.loaded, &named(report), line), changed(report, line)));
    }
    let mut sheet = Sheet::default();
    sheet.table(changes);
    sheet
}

fn changed(report: &Report<'_>, line: &SensitivityLine) -> Vec<Cell> {
    let Some(differences) = &line.differences else {
        let impossible = line.status == Some(Verdict::Impossible);
        return vec![Cell::Text(if impossible { "dan is er geen plan meer" } else { "niet uitgerekend in de tijd die er was" }.into())];
    };
    let mut told: Vec<String> = Vec::new();
    let mut cells = Vec::new();
    for goal in &report.outcome.goals {
        let unit = if in_cents(goal) { Unit::Cents } else { Unit::One };
        let difference = differences.iter().find(|(name, _)| *name == goal.name).map_or(Difference::Unknown, |(_, difference)| *difference);
        match difference {
            Difference::Is(difference) => {
                if difference != 0 {
                    told.push(words::compared(goal, difference));
                }
                cells.push(Cell::Change(difference, unit));
            }
            Difference::Between(least, most) => {
                let between = format!("{} tot {}", unit.of(least), unit.of(most));
                told.push(format!("{} {between}", goal.name));
                cells.push(Cell::Text(between));
            }
            Difference::Unknown => {
                told.push(format!("{} onbekend", goal.name));
                cells.push(Cell::Text("onbekend".into()));
            }
        }
    }
    let says = if told.is_empty() { "levert niets op".to_owned() } else { told.join(", ") };
    [Cell::Text(says)].into_iter().chain(cells).collect()
}
