//! Travel times that a route planner worked out: from, to and minutes or seconds, by the names that planners give their columns.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::words;

use super::Read;
use super::columns::{Column, FROM, TO};
use super::grid::{Cells, Grid, Reading, short};
use super::numbers::decimal;
use crate::sheets::limits;
use crate::sheets::problem::Found;

/// Most travel times of one file.
const MOST: usize = limits::TRAVEL_ROWS as usize;
/// Most minutes, as files of waves have it.
pub const FARTHEST: u32 = 100_000;

words! {
    /// In what travel times are counted.
    pub enum Unit {
        /// Minutes.
        Minuten = "minuten",
        /// Seconds.
        Seconden = "seconden",
    }
}

const MINUTES: Column = Column {
    name: "minutes",
    also: &["minuten", "travel time p50", "travel time minutes", "travel time", "duration minutes", "duration min", "reistijd", "min"],
};
const SECONDS: Column = Column {
    name: "seconds",
    also: &["seconden", "time", "duration", "travel time seconds", "travel time s", "duration seconds", "duration s", "sec"],
};

/// Whether a plain name is that of a column of times.
pub(super) fn is_time(name: &str) -> bool {
    MINUTES.is(name) || SECONDS.is(name) || name.starts_with("travel time p")
}

/// One travel time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Road {
    /// From whom or where.
    pub from: String,
    /// To where.
    pub to: String,
    /// Whole minutes, rounded up; nothing when the planner found no way.
    pub minutes: Option<u32>,
}

/// Reads travel times. `unit` is what they are counted in when the name of the column does not say it, or says it wrongly.
///
/// # Errors
/// Every problem, with its line and column.
pub fn read_roads(grid: &Grid, unit: Option<Unit>) -> Result<Read<Vec<Road>>, Found> {
    let mut reading = Reading::of(grid);
    let (from, to) = (reading.need(&FROM), reading.need(&TO));
    let time = match reading.column(&MINUTES) {
        Some(column) => Some((column, Unit::Minuten)),
        None => reading.column(&SECONDS).map(|column| (column, Unit::Seconden)),
    };
    if time.is_none() {
        reading.missing(&MINUTES);
    }
    let (Some(from), Some(to), Some((time, named))) = (from, to, time) else { return reading.close(Vec::new()) };
    let unit = unit.unwrap_or(named);
    let (mut rows, mut met) = (Vec::new(), BTreeMap::new());
    for line in reading.lines(MOST) {
        let mut cells = reading.cells(line);
        let (start, end, minutes) = (cells.id(from), cells.id(to), minutes(&mut cells, time, unit));
        let (Some(start), Some(end), Some(minutes)) = (start, end, minutes) else { continue };
        match met.insert((start, end), minutes) {
            None => rows.push(Road { from: start.to_owned(), to: end.to_owned(), minutes }),
            Some(earlier) if earlier == minutes => {}
            Some(_) => {
                let what = format!("van {} naar {} staat er vaker, met een andere tijd", short(start), short(end));
                cells.wrong::<()>(time, "dubbel", what, "laat één van de regels staan");
            }
        }
    }
    if rows.is_empty() && reading.clean() {
        reading.wrong("leeg", 0, "er staat geen enkele reistijd in het bestand".into(), "kijk na of dit het goede bestand is");
    }
    reading.close(rows)
}

/// `Some(None)` where there is no way, `None` where the cell is wrong.
fn minutes(cells: &mut Cells<'_, '_>, column: usize, unit: Unit) -> Option<Option<u32>> {
    let Some(text) = cells.text(Some(column)) else { return Some(None) };
    let none = ["na", "nan", "null", "none", "-1", "inf", "infinity", "-", "unreachable", "onbereikbaar"];
    if none.contains(&text.to_lowercase().as_str()) {
        return Some(None);
    }
    let thousandths = decimal(text, 3).and_then(|it| u64::try_from(it).ok());
    let minutes = thousandths.map(|it| match unit {
        Unit::Minuten => it.div_ceil(1_000),
        Unit::Seconden => it.div_ceil(60_000),
    });
    match minutes.and_then(|it| u32::try_from(it).ok()).filter(|it| *it <= FARTHEST) {
        Some(minutes) => Some(Some(minutes)),
        None => {
            let what = format!("\"{}\" is geen reistijd", short(text));
            cells.wrong(column, "type", what, "schrijf een getal van 0 of meer; laat het veld leeg als er geen weg is")
        }
    }
}
