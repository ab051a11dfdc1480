//! A day as people and spreadsheets write it: 1-8-2026, 1/8/2026, 2026-08-01, or a cell that is a date.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::super::book::Cell;
use super::values::Wrong;
use crate::strict::fields::is_day;
use crate::strict::spot::show_id;

/// The days from which a bare number is one as spreadsheets count: the years from 2000 and before 2100.
const SERIALS: std::ops::Range<f64> = 36_526.0..73_051.0;

/// The day that a cell is, yyyy-mm-dd.
///
/// # Errors
/// When it is none.
pub fn day(cell: &Cell) -> Result<String, Wrong> {
    let day = match cell {
        Cell::Day(text) => Some(text.clone()),
        Cell::Text(text) => typed(text),
        Cell::Number(number) => counted(*number),
        _ => None,
    };
    day.filter(|it| is_day(it)).ok_or_else(|| {
        let what = format!("\"{}\" is geen dag", show_id(&cell.text()));
        ("datum", what, "schrijf de dag als 2026-08-01 of 1-8-2026, met het jaar in vier cijfers".into())
    })
}

/// A day in figures, if its parts are as long as those of one: the year in front with `-` alone, since 2026/8/1 has two readings.
fn typed(text: &str) -> Option<String> {
    let sign = text.chars().find(|it| matches!(it, '-' | '/'))?;
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let figures = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    let [first, month, last] = parts[..] else { return None };
    let (year, day) = if first.len() == 4 && sign == '-' { (first, last) } else { (last, first) };
    let right = year.len() == 4 && figures(year, 4) && figures(month, 2) && figures(day, 2);
    right.then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

/// The day of a number that a spreadsheet shows as one where the cell has that format.
fn counted(number: f64) -> Option<String> {
    if number.fract() != 0.0 || !SERIALS.contains(&number) {
        return None;
    }
    let (year, month, day, ..) = ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_and_spreadsheets_write_it() {
        for (cell, right) in [
            (Cell::typed("1-8-2026"), "2026-08-01"),
            (Cell::typed(" 01-08-2026 "), "2026-08-01"),
            (Cell::typed("31/7/2027"), "2027-07-31"),
            (Cell::typed("2026-08-01"), "2026-08-01"),
            (Cell::typed("2026-8-1"), "2026-08-01"),
            (Cell::typed("29-2-2028"), "2028-02-29"),
            (Cell::Day("2026-08-01".into()), "2026-08-01"),
            (Cell::Number(46_235.0), "2026-08-01"),
            (Cell::Number(36_526.0), "2000-01-01"),
            (Cell::Number(73_050.0), "2099-12-31"),
            (Cell::Number(46_812.0), "2028-02-29"),
        ] {
            assert_eq!(day(&cell).as_deref(), Ok(right), "{cell:?}");
        }
        for wrong in [
            "1 augustus 2026",
            "1-8",
            "1-8-26",
            "2026/08/01",
            "30-2-2026",
            "29-2-2027",
            "8-2026",
            "1-13-2026",
            "01-08-2026 x",
            "46235",
            "-1-8-2026",
        ] {
            let (code, what, remedy) = day(&Cell::typed(wrong)).expect_err(wrong);
            assert!(code == "datum" && what.contains(wrong) && remedy.contains("2026-08-01"), "{wrong}: {what}");
        }
        for wrong in [
            Cell::Number(2026.0),
            Cell::Number(46_235.5),
            Cell::Number(f64::NAN),
            Cell::Flag(true),
            Cell::Day("2026-02-30".into()),
            Cell::Empty,
        ] {
            assert!(day(&wrong).is_err(), "{wrong:?}");
        }
    }
}
