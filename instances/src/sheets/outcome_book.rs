//! Who is placed where, read back from the workbook of an outcome: its sheet with a row for each candidate.

use std::collections::BTreeMap;

use loket_solver::matching::facts::words::Status;

use super::book::{Book, Row, Table};
use super::problem::{Cellmark, Found};
use super::{limits, xlsx};
use crate::matching::rows::PreviousRow;

/// The name of the sheet.
pub const SHEET: &str = "Kandidaten";
/// What stands above the ids of candidates.
pub const CANDIDATE: &str = "kandidaat";
/// What stands above the ids of schools.
pub const SCHOOL: &str = "school";
/// What stands above the ids of seat groups.
pub const SEAT: &str = "plek";
/// What stands above the ids of coaches.
pub const COACH: &str = "coach";

/// A candidate, and where the plan places this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// Id of the candidate.
    pub candidate: String,
    /// The placement; nothing for who has none.
    pub place: Option<PlaceOf>,
}

/// A placement, by ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceOf {
    /// The school.
    pub school: String,
    /// The seat group there.
    pub seat: String,
    /// The coach.
    pub coach: String,
}

/// The rows in a workbook, in its order. Other sheets and columns, and their order, do not matter.
///
/// # Errors
/// When it is no workbook that can be read, and everything that is wrong with the sheet.
pub fn read(bytes: &[u8]) -> Result<Vec<PlaceRow>, Found> {
    // A row for each candidate; the table of travel times is the longest sheet that is read at all.
    let (book, _) = xlsx::read(bytes, |_| limits::TRAVEL_ROWS)?;
    places(&book)
}

/// The same of a workbook that was read already.
///
/// # Errors
/// Everything that is wrong with the sheet.
pub fn places(book: &Book) -> Result<Vec<PlaceRow>, Found> {
    let Some(table) = book.sheet(&[SHEET]) else {
        let what = format!("er is geen blad {SHEET}");
        return Err(Found::one("ontbreekt", Cellmark::default(), what, "neem de werkmap van een uitkomst"));
    };
    let mut found = Found::default();
    let Some(columns) = columns(table, &mut found) else { return Err(found) };
    let mut rows: Vec<PlaceRow> = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in table.body() {
        let Some(place) = place(table, row, columns, &mut found) else { continue };
        if let Some(before) = seen.insert(place.candidate.clone(), row.number) {
            let what = format!("deze kandidaat staat ook in rij {before}");
            found.problem("dubbel-id", at(table, row, columns[0], CANDIDATE), what, "laat één van beide rijen staan");
        }
        rows.push(place);
    }
    if found.clean() { Ok(rows) } else { Err(found) }
}

/// Rows of a plan as the previous plan of a wave, each as far as `status` says.
pub fn previous(rows: &[PlaceRow], status: Status) -> Vec<PreviousRow> {
    let placed = rows.iter().filter_map(|row| Some((row, row.place.as_ref()?)));
    let previous = |(row, place): (&PlaceRow, &PlaceOf)| PreviousRow {
        candidate: row.candidate.clone(),
        school: Some(place.school.clone()),
        seat: Some(place.seat.clone()),
        coach: Some(place.coach.clone()),
        status,
        note: None,
    };
    placed.map(previous).collect()
}

/// Where the four columns are: candidate, school, seat group, coach.
fn columns(table: &Table, found: &mut Found) -> Option<[usize; 4]> {
    let names = [CANDIDATE, SCHOOL, SEAT, COACH];
    let at = names.map(|name| table.column(&[name]));
    for (name, _) in names.iter().zip(at).filter(|(_, at)| at.is_none()) {
        let what = format!("de kolom {name} ontbreekt");
        found.problem("kolom", Cellmark::sheet(&table.name).row(1), what, format!("zet {name} in de eerste rij"));
    }
    let [Some(candidate), Some(school), Some(seat), Some(coach)] = at else { return None };
    Some([candidate, school, seat, coach])
}

fn at(table: &Table, row: &Row, column: usize, header: &str) -> Cellmark {
    Cellmark::sheet(&table.name).row(row.number).column(u32::try_from(column).unwrap_or(u32::MAX), header)
}

fn place(table: &Table, row: &Row, columns: [usize; 4], found: &mut Found) -> Option<PlaceRow> {
    let [candidate, school, seat, coach] = columns.map(|column| row.cell(column).text().into_owned());
    if candidate.is_empty() {
        let what = "hier ontbreekt de kandidaat";
        found.problem("ontbreekt", at(table, row, columns[0], CANDIDATE), what, "zet er het id van de kandidaat");
        return None;
    }
    let parts = [(&school, SCHOOL), (&seat, SEAT), (&coach, COACH)];
    if parts.iter().all(|(id, _)| id.is_empty()) {
        return Some(PlaceRow { candidate, place: None });
    }
    for ((id, header), column) in parts.into_iter().zip(&columns[1..]) {
        if id.is_empty() {
            let what = format!("{header} ontbreekt, en de rest van de plaatsing staat er");
            found.problem("samen", at(table, row, *column, header), what, "vul school, plek en coach in, of maak ze alle drie leeg");
        }
    }
    Some(PlaceRow { candidate, place: Some(PlaceOf { school, seat, coach }) })
}

#[cfg(test)]
mod tests {
    use super::super::book::Cell;
    use super::*;

    fn book(rows: &[&[&str]]) -> Book {
        let row = |(number, cells): (usize, &&[&str])| Row {
            number: u32::try_from(number + 1).unwrap(),
            cells: cells.iter().map(|text| Cell::typed(text)).collect(),
        };
        Book { sheets: vec![Table { name: SHEET.into(), rows: rows.iter().enumerate().map(row).collect() }] }
    }

    #[test]
    fn rows_are_read_by_their_headings_in_any_order() {
        let found =
            places(&book(&[&["Coach", "naam", "Plek", "School", "Kandidaat"], &["K1", "A", "'+1", "S1", "Z1"], &["", "B", "", "", "Z2"]]));
        let place = PlaceOf { school: "S1".into(), seat: "+1".into(), coach: "K1".into() };
        let rows = found.unwrap();
        assert_eq!(rows, [PlaceRow { candidate: "Z1".into(), place: Some(place) }, PlaceRow { candidate: "Z2".into(), place: None }]);
        let previous = previous(&rows, Status::Akkoord);
        assert_eq!((previous.len(), previous[0].seat.as_deref(), previous[0].status), (1, Some("+1"), Status::Akkoord));
    }

    #[test]
    fn everything_that_is_wrong_is_told_with_its_cell() {
        let told = |rows: &[&[&str]]| {
            let found = places(&book(rows)).unwrap_err();
            found.problems.iter().map(|it| (it.code, it.at.cell())).collect::<Vec<_>>()
        };
        assert_eq!(told(&[&["kandidaat", "school"]]), [("kolom", "1".into()), ("kolom", "1".into())]);
        let rows: &[&[&str]] =
            &[&["kandidaat", "school", "plek", "coach"], &["Z1", "S1", "", "K1"], &["", "S1", "P1", "K1"], &["Z1", "", "", ""]];
        assert_eq!(told(rows), [("samen", "C2".into()), ("ontbreekt", "A3".into()), ("dubbel-id", "A4".into())]);
        assert_eq!(places(&Book::default()).unwrap_err().problems[0].code, "ontbreekt");
    }
}
