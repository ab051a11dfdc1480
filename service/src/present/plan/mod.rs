//! The report of a multi-year plan for a steering group, as a workbook: what comes of it in plain sentences, people, coaches, money, seats,
//! scenarios, and what one more or one less changes.

use loket_instances::planning::plan_file::Named;
use loket_instances::planning::report::Report;

use super::sheet::workbook::{Book, Leaf};
use super::sheet::{Chart, Column, Part, Sheet, Table};

mod compared;
mod figures;
mod money;
mod summary;
pub mod words;

/// The workbook; `made` is when the outcome was made, UTC seconds.
pub fn book(report: &Report<'_>, made: i64) -> Book {
    let mut leaves = vec![leaf("Samenvatting", summary::sheet(report))];
    if report.outcome.figures.is_some() {
        leaves.extend([
            leaf("Jaren", figures::years(report)),
            leaf("Lichtingen", figures::waves(report)),
            leaf("Coaches", figures::coaches(report)),
            leaf("Geld", money::sheet(report)),
            leaf("Plekken", figures::seats(report)),
            leaf("Na de laatste jaren", money::after(report)),
        ]);
    }
    if report.outcome.scenarios.is_some() {
        leaves.push(leaf("Scenario's", compared::scenarios(report)));
    }
    if report.outcome.sensitivity.is_some() {
        leaves.push(leaf("Eén meer of minder", compared::sensitivity(report)));
    }
    Book {
        title: report.title().to_owned(),
        about: "Verslag van een meerjarenplan: mensen, coaches, geld en plekken per jaar, zonder namen van mensen.".into(),
        made,
        leaves,
    }
}

fn leaf(name: &str, sheet: Sheet) -> Leaf {
    Leaf { name: name.into(), sheet }
}

/// What is not known without the plan itself.
fn without_plan(sheet: &mut Sheet, what: &str) {
    sheet.sentence(format!("{what} staat hier als u het plan erbij geeft (--plan)."));
}

/// Names of things in a report.
fn named<'a>(report: &'a Report<'_>) -> impl Fn(Named, &str) -> String + 'a {
    |kind, id| report.name(kind, id)
}

fn table(key: &'static str, heading: &str, columns: Vec<Column>, meaning: &'static str) -> Table {
    Table { key, heading: heading.into(), columns, rows: Vec::new(), meaning }
}

fn columns(headings: &[&str]) -> Vec<Column> {
    headings.iter().map(|&heading| Column::figures(heading)).collect()
}

/// A table, with a drawing of some of its columns.
fn drawn(sheet: &mut Sheet, table: Table, title: &str, bars: &[usize], limit: Option<usize>, (across, up): (&'static str, &'static str)) {
    let chart = Chart { title: title.into(), table: table.key, bars: bars.to_vec(), limit, across, up };
    sheet.table(table);
    sheet.parts.push(Part::Chart(chart));
}
