//! Schools with their seats, coaches with their load, and boards: what there is, what is used, and by whom.

use loket_solver::matching::facts::words::Word;
use loket_solver::matching::judge::fairness::Fairness;

use super::{Whole, left, named};
use crate::present::sheet::{Cell, Column, Row, Table, Unit};

/// A row for each seat group of each school.
pub(super) fn schools(whole: &Whole<'_>) -> Table {
    let (wave, names) = (whole.wave(), &whole.loaded.names);
    let rows = wave.seats.pairs().map(|(id, seat)| {
        let school = wave.school_of(id);
        let board = &wave.boards[school.board].id;
        let here: Vec<_> =
            whole.plan.pairs().filter(|(_, it)| it.is_some_and(|it| it.seat == id)).map(|(candidate, _)| candidate).collect();
        let used = here.len();
        let cells = vec![
            named(&names.schools, &school.id),
            Cell::Text(board.clone()),
            named(&names.boards, board),
            Cell::Text(seat.id.clone()),
            Cell::Text(seat.bouw.code().into()),
            Cell::number(seat.count.into()),
            Cell::count(used),
            left(seat.count, used as u64),
            whole.people(here),
        ];
        Row::new(school.id.as_str(), cells)
    });
    Table {
        key: "scholen",
        heading: "school".into(),
        columns: words(&["schoolnaam", "bestuur", "bestuursnaam", "plek", "bouw"])
            .chain(figures(&["plekken", "gebruikt", "vrij"]))
            .chain(words(&["wie"]))
            .collect(),
        rows: rows.collect(),
        meaning: "",
    }
}

/// A row for each coach.
pub(super) fn coaches(whole: &Whole<'_>, found: &Fairness) -> Table {
    let wave = whole.wave();
    let rows = found.coaches.iter().map(|load| {
        let coach = &wave.coaches[load.coach];
        let own = whole.plan.pairs().filter(|(_, it)| it.is_some_and(|it| it.coach == load.coach)).map(|(candidate, _)| candidate);
        let cells = vec![
            named(&whole.loaded.names.coaches, &coach.id),
            Cell::Text(coach.kind.code().into()),
            Cell::number(load.placed.into()),
            Cell::number(load.maximum.into()),
            Cell::number(load.running.into()),
            Cell::figure(load.hours, Unit::Hours),
            Cell::figure(coach.hours, Unit::Hours),
            Cell::Figure(i64::from(coach.hours) - i64::try_from(load.hours).unwrap_or(i64::MAX), Unit::Hours),
            Cell::figure(load.percent(), Unit::Percent),
            whole.people(own.collect()),
        ];
        Row::new(coach.id.as_str(), cells)
    });
    Table {
        key: "coachlijst",
        heading: "coach".into(),
        columns: words(&["naam", "soort"])
            .chain(figures(&["kandidaten", "maximum", "loopt al", "uren gebruikt", "uren", "uren over", "vol"]))
            .chain(words(&["wie"]))
            .collect(),
        rows: rows.collect(),
        meaning: "",
    }
}

/// A row for each board: what the report says of it, and its limit.
pub(super) fn boards(whole: &Whole<'_>, found: &Fairness) -> Table {
    let wave = whole.wave();
    let rows = found.boards.iter().map(|share| {
        let board = &wave.boards[share.board];
        let schools = wave.schools.iter().filter(|it| it.board == share.board).count();
        let cells = vec![
            named(&whole.loaded.names.boards, &board.id),
            Cell::count(schools),
            Cell::count(share.seats),
            Cell::count(share.placed),
            Cell::number(share.seats as i64 - share.placed as i64),
            board.maximum.map_or_else(|| Cell::Text(String::new()), |it| Cell::number(it.into())),
        ];
        Row::new(board.id.as_str(), cells)
    });
    Table {
        key: "bestuurlijst",
        heading: "bestuur".into(),
        columns: words(&["naam"]).chain(figures(&["scholen", "plekken", "geplaatst", "vrij", "maximum"])).collect(),
        rows: rows.collect(),
        meaning: "",
    }
}

fn words<'a>(headings: &'a [&'a str]) -> impl Iterator<Item = Column> + 'a {
    headings.iter().map(|&heading| Column::words(heading))
}

fn figures<'a>(headings: &'a [&'a str]) -> impl Iterator<Item = Column> + 'a {
    headings.iter().map(|&heading| Column::figures(heading))
}
