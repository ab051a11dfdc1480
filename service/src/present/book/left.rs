//! A row for each candidate who is not placed, with the reasons in sentences.

use super::{Whole, in_order, named};
use crate::present::sheet::{Cell, Column, Row, Table, Unit};

pub(super) fn table(whole: &Whole<'_>) -> Table {
    let wave = whole.wave();
    // Of files nothing was asked.
    let explained = whole.known.map(|it| &it.explained);
    let left = wave.candidates_by_row().into_iter().filter(|it| whole.plan[*it].is_none());
    let rows = left.map(|candidate| {
        let person = &wave.candidates[candidate];
        let line = whole.outcome.unplaced.iter().find(|it| it.candidate == person.id);
        let reasons: Vec<&str> = line.into_iter().flat_map(|it| &it.reasons).map(|it| it.text.as_str()).collect();
        let mut cells = vec![
            named(&whole.loaded.names.candidates, &person.id),
            Cell::Text(in_order(&person.bouwen)),
            Cell::figure(person.max_travel, Unit::Minutes),
            Cell::number(person.waited.into()),
            Cell::Text(reasons.join("\n")),
        ];
        cells.extend(explained.map(|it| Cell::Text(it.get(&person.id).cloned().unwrap_or_default())));
        Row::new(person.id.as_str(), cells)
    });
    let mut columns = vec![
        Column::words("naam"),
        Column::words("gewenste bouwen"),
        Column::figures("hoogste reistijd"),
        Column::figures("wachtrondes"),
        Column::words("waarom niet"),
    ];
    columns.extend(explained.map(|_| Column::words("uitgezocht: wat zou helpen")));
    Table { key: "ongeplaatst", heading: "kandidaat".into(), columns, rows: rows.collect(), meaning: "" }
}
