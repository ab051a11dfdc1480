//! People by year and by wave, coaches and seats.

use loket_instances::planning::plan_file::Named;
use loket_instances::planning::report::Report;

use super::{columns, drawn, table, without_plan};
use crate::present::sheet::{Cell, Column, Row, Sheet, Unit};

/// Months as they are called above a column.
const MONTHS: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
/// Counts of the funnel, in order.
const COUNTS: [&str; 7] = ["aangemeld", "voortraject", "assessment", "opleiding", "jaar 2", "diploma", "blijft"];

pub(super) fn years(report: &Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Jaren");
    if report.loaded.is_none() {
        without_plan(&mut sheet, "Hoeveel mensen er per jaar zijn");
        return sheet;
    }
    let meaning = "Elke telling in het jaar waarin zij valt: jaar 2 een jaar na de start, diploma en blijft twee jaar erna.";
    let mut people = table("planjaren", "schooljaar", columns(&COUNTS), meaning);
    people.rows = report.people.iter().map(|row| Row::new(row.year.as_str(), row.counts.map(Cell::number).to_vec())).collect();
    drawn(&mut sheet, people, "Mensen per schooljaar", &[0, 1, 3, 5], None, ("schooljaar", "mensen"));
    sheet
}

pub(super) fn waves(report: &Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Lichtingen");
    let mut headings = vec![Column::words("maand")];
    headings.extend(columns(&["doel", "gestart"]));
    headings.extend(columns(&COUNTS));
    let mut waves = table("planlichtingen", "lichting", headings, "");
    for wave in &report.waves {
        let target = wave.target.map_or_else(|| Cell::Text(String::new()), Cell::number);
        let mut cells = vec![Cell::Text(wave.month.clone().unwrap_or_default()), target, Cell::number(wave.started)];
        cells.extend(wave.counts.map(Cell::number));
        waves.rows.push(Row::new(report.name(Named::Wave, &wave.wave), cells));
    }
    let limit = report.loaded.map(|_| 1);
    drawn(&mut sheet, waves, "Wie start per lichting, en het doel", &[2], limit, ("lichting", "mensen"));
    let mut seated = table("planinstroom", "start in", vec![Column::words("bestuur"), Column::figures("mensen")], "");
    for line in report.outcome.figures.iter().flat_map(|figures| &figures.seated) {
        let cells = vec![Cell::Text(report.name(Named::Board, &line.board)), Cell::number(line.started)];
        seated.rows.push(Row::new(report.name(Named::Wave, &line.wave), cells));
    }
    sheet.table(seated);
    sheet
}

pub(super) fn coaches(report: &Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.title("Coaches");
    let mut uses = table("planuren", "alle soorten samen", columns(&["coaches", "uren nodig", "uren ruimte"]), "");
    for row in &report.uses {
        let hours = |hours| Cell::Figure(hours, Unit::Hours);
        uses.rows.push(Row::new(row.year.as_str(), vec![Cell::number(row.pool), hours(row.hours_needed), hours(row.hours_room)]));
    }
    drawn(&mut sheet, uses, "Uren van coaches: nodig, en hoeveel er zijn", &[1], Some(2), ("schooljaar", "uren"));
    let mut headings = vec![Column::words("soort")];
    headings.extend(columns(&["erbij", "coaches", "uren nodig", "uren ruimte", "mensen", "mensen ruimte", "over"]));
    let meaning = "Mensen: wie meetelt voor het aantal per coach. Over: coaches die te missen zijn; onder 0 zijn het er te weinig.";
    let mut pool = table("planpool", "schooljaar", headings, meaning);
    for line in report.outcome.figures.iter().flat_map(|figures| &figures.pool) {
        let mut cells = vec![Cell::Text(report.name(Named::Kind, &line.kind)), Cell::number(line.hired), Cell::number(line.pool)];
        cells.extend([line.hours_needed, line.hours_room].map(|hours| Cell::Figure(hours, Unit::Hours)));
        cells.extend([line.ratio_needed, line.ratio_room, line.spare].map(Cell::number));
        pool.rows.push(Row::new(line.year.as_str(), cells));
    }
    sheet.table(pool);
    sheet
}

pub(super) fn seats(report: &Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let Some(loaded) = report.loaded else {
        sheet.title("Plekken");
        without_plan(&mut sheet, "Welke plekken per maand bezet zijn");
        return sheet;
    };
    let first = usize::try_from(loaded.start.rem_euclid(12)).unwrap_or(0);
    let mut headings = vec![Column::words("schooljaar")];
    headings.extend(columns(&["plekken", "volste maand"]));
    headings.extend((0..12).map(|month| Column::figures(MONTHS[(first + month) % 12])));
    let mut seats = table("planplekken", "bestuur", headings, "");
    for row in &report.seats {
        let mut cells = vec![Cell::Text(row.year.clone()), Cell::number(row.seats), Cell::number(row.fullest())];
        cells.extend(row.used.map(Cell::number));
        seats.rows.push(Row::new(report.name(Named::Board, &row.board), cells));
    }
    sheet.table(seats);
    sheet
}
