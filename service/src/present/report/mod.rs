//! The fairness report as a sheet: blocks of named figures that a view may hold, shown as a page or as JSON.

use std::fmt::Write;

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::judge::fairness::Fairness;
use serde_json::{Map, Value, json};

use crate::present::dutch::{cut, euros, number, wrapped};
use crate::view::View;

mod board;
mod candidate;
mod intermediary;
mod small;

pub use small::{SMALLEST, suppressed};

/// A page of figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What stands above it.
    pub title: String,
    /// For whom, one sentence.
    pub about: String,
    /// The blocks in order.
    pub blocks: Vec<Block>,
}

/// Figures that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Its key in JSON.
    pub key: &'static str,
    /// What stands above it.
    pub heading: String,
    /// What the figures mean, one or two sentences.
    pub meaning: &'static str,
    /// Names of the columns behind the first one.
    pub columns: Vec<&'static str>,
    /// The lines.
    pub lines: Vec<(String, Vec<Cell>)>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// People, seats or points.
    Number(i64),
    /// A count of people that is too small to show, or that would give such a count away.
    Hidden,
    /// Percent.
    Percent(u64),
    /// Tenths of a percent.
    Tenths(u64),
    /// Cents.
    Cents(i64),
    /// Whole minutes.
    Minutes(u32),
    /// Words.
    Text(String),
}

impl Cell {
    /// A count.
    pub fn count(value: usize) -> Cell {
        Cell::Number(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// `part` of `whole` in percent, rounded half up; 0 of nothing.
    pub fn share(part: usize, whole: usize) -> Cell {
        let (part, whole) = (part as u64, whole as u64);
        Cell::Percent((200 * part + whole).checked_div(2 * whole).unwrap_or(0))
    }

    /// Of counts that may be suppressed.
    fn maybe(value: Option<usize>) -> Cell {
        value.map_or(Cell::Hidden, Cell::count)
    }

    fn text(&self) -> String {
        match self {
            Cell::Number(value) => number(*value),
            Cell::Hidden => "–".into(),
            Cell::Percent(value) => format!("{value} %"),
            Cell::Tenths(value) => format!("{},{} %", value / 10, value % 10),
            Cell::Cents(value) => euros(*value),
            Cell::Minutes(value) => format!("{value} min"),
            Cell::Text(text) => text.clone(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Number(value) | Cell::Cents(value) => json!(value),
            Cell::Hidden => Value::Null,
            Cell::Percent(value) => json!(value),
            // One decimal, written from whole tenths.
            Cell::Tenths(value) => json!(format!("{}.{}", value / 10, value % 10)),
            Cell::Minutes(value) => json!(value),
            Cell::Text(text) => json!(text),
        }
    }
}

/// The sheet of a plan for one view. What a view may not hold never gets into it.
pub fn sheet(loaded: &Loaded, plan: &Plan, fairness: &Fairness, view: View) -> Sheet {
    match view {
        View::Intermediary => intermediary::sheet(loaded, plan, fairness),
        View::Board(board) => board::sheet(loaded, plan, fairness, board),
        View::Candidate(candidate) => candidate::sheet(loaded, plan, fairness, candidate),
    }
}

/// Widest line, in characters.
const WIDTH: usize = 100;
/// Room for the first column.
const FIRST: usize = 42;
/// Room for each other column.
const OTHER: usize = 14;

impl Sheet {
    /// As a page.
    pub fn text(&self) -> String {
        let mut page = format!("\n{}\n", self.title);
        wrapped(&self.about, WIDTH).iter().for_each(|line| {
            let _ = writeln!(page, "{line}");
        });
        for block in &self.blocks {
            let mut heading = format!("\n{:<FIRST$}", block.heading);
            block.columns.iter().for_each(|column| {
                let _ = write!(heading, "{column:>OTHER$}");
            });
            let _ = writeln!(page, "{}", heading.trim_end());
            for (name, cells) in &block.lines {
                let room = if cells.is_empty() { WIDTH - 3 } else { FIRST - 4 };
                let mut line = format!("   {:<1$}", cut(name, room), FIRST - 3);
                cells.iter().for_each(|cell| {
                    let _ = write!(line, "{:>OTHER$}", cell.text());
                });
                let _ = writeln!(page, "{}", line.trim_end());
            }
            wrapped(block.meaning, WIDTH - 3).iter().for_each(|line| {
                let _ = writeln!(page, "   {line}");
            });
        }
        page
    }

    /// As JSON: a key for each block, with its lines.
    pub fn json(&self) -> Value {
        let mut value = Map::new();
        value.insert("titel".into(), json!(self.title));
        value.insert("over".into(), json!(self.about));
        for block in &self.blocks {
            let lines: Vec<Value> = block
                .lines
                .iter()
                .map(|(name, cells)| {
                    let mut line = Map::new();
                    line.insert("naam".into(), json!(name));
                    for (column, cell) in block.columns.iter().zip(cells) {
                        line.insert((*column).replace(' ', "_"), cell.json());
                    }
                    Value::Object(line)
                })
                .collect();
            value.insert(block.key.into(), json!({ "regels": lines, "betekenis": block.meaning }));
        }
        Value::Object(value)
    }
}
