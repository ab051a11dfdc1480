//! Money: by year, by activity and kind of cost, by source, by line, and what goes on after the last years.

use loket_instances::planning::plan_file::Named;
use loket_instances::planning::report::Report;

use super::{columns, drawn, table, without_plan};
use crate::present::sheet::{Cell, Column, Row, Sheet, Unit};

fn euros(cents: i64) -> Cell {
    Cell::Figure(cents, Unit::Cents)
}

/// Cents by year, and their sum.
fn by_year(cents: &[i64]) -> Vec<Cell> {
    cents.iter().copied().chain([cents.iter().sum()]).map(euros).collect()
}

/// Words, then a column for each year and one for their sum.
fn headings(report: &Report<'_>, words: &[&str]) -> Vec<Column> {
    let years = report.years.iter().map(String::as_str).chain(["samen"]).map(Column::figures);
    words.iter().map(|&word| Column::words(word)).chain(years).collect()
}

pub(super) fn sheet(report: &Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Geld");
    let meaning = "Ruimte: wat er tot en met dat jaar binnenkwam, min wat het kostte, zonder voorschot.";
    let mut money = table("plangeld", "schooljaar", columns(&["kosten", "inkomsten", "ruimte tot en met"]), meaning);
    for line in report.outcome.figures.iter().flat_map(|figures| &figures.money) {
        money.rows.push(Row::new(line.year.as_str(), [line.cost, line.income, line.room].map(euros).to_vec()));
    }
    drawn(&mut sheet, money, "Kosten en inkomsten per schooljaar", &[0, 1], None, ("schooljaar", "euro"));
    if report.loaded.is_some() {
        let mut activities = table("planactiviteiten", "activiteit", headings(report, &["soort"]), "");
        for row in &report.activities {
            let cells = [Cell::Text(row.sort.clone())].into_iter().chain(by_year(&row.cents)).collect();
            activities.rows.push(Row::new(row.activity.as_str(), cells));
        }
        sheet.table(activities);
        let mut sources = table("planbronnen", "bron", headings(report, &[]), "");
        for row in &report.sources {
            sources.rows.push(Row::new(row.source.as_deref().unwrap_or("niet genoemd"), by_year(&row.cents)));
        }
        sheet.table(sources);
    } else {
        without_plan(&mut sheet, "Kosten per activiteit en inkomsten per bron");
    }
    let mut lines = table("planposten", "post of inkomst", headings(report, &["kant"]), "");
    for row in &report.lines {
        let side = Cell::Text(if row.income { "inkomsten" } else { "kosten" }.into());
        lines.rows.push(Row::new(report.name(Named::Line, &row.line), [side].into_iter().chain(by_year(&row.cents)).collect()));
    }
    sheet.table(lines);
    sheet
}

/// What running waves still cause.
pub(super) fn after(report: &Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let meaning = "Uren en kosten van wie dan nog bezig is. Daar is nog geen geld voor gevraagd.";
    let mut after =
        table("planerna", "jaren erna", vec![Column::words("wat"), Column::figures("uren"), Column::figures("kosten")], meaning);
    for line in report.outcome.figures.iter().flat_map(|figures| &figures.after) {
        let nothing = || Cell::Text(String::new());
        for (kind, hours) in &line.hours {
            let what = format!("coaches {}", report.name(Named::Kind, kind));
            after.rows.push(Row::new(line.year.to_string(), vec![Cell::Text(what), Cell::Figure(*hours, Unit::Hours), nothing()]));
        }
        for (id, cents) in &line.costs {
            after.rows.push(Row::new(line.year.to_string(), vec![Cell::Text(report.name(Named::Line, id)), nothing(), euros(*cents)]));
        }
    }
    sheet.table(after);
    sheet
}
