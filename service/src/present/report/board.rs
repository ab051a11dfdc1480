//! The report for one board: counts and its own schools, no person, nothing small.

use loket_instances::matching::read::Loaded;
use loket_solver::matching::facts::ids::BoardId;
use loket_solver::matching::facts::plan::Plan;
use loket_solver::matching::judge::fairness::{Fairness, choice};

use super::intermediary::CHOICES;
use super::small::{alone, suppressed};
use super::{figures, sheet_of};
use crate::present::names::called;
use crate::present::sheet::{Cell, Row, Sheet, Table, Unit};

pub(super) fn sheet(loaded: &Loaded, plan: &Plan, fairness: &Fairness, board: BoardId) -> Sheet {
    let id = &loaded.wave.boards[board].id;
    let name = loaded.names.boards.get(id).unwrap_or(id);
    sheet_of(
        format!("{}: cijfers voor {name}", loaded.title),
        "Voor een bestuur: aantallen en de eigen scholen. Een streepje staat voor een aantal onder de 5, of voor een aantal dat zo'n klein \
         aantal zou verraden.",
        vec![share(fairness, board), choices(loaded, plan, board), city(fairness), schools(loaded, board)],
    )
}

fn share(fairness: &Fairness, board: BoardId) -> Table {
    let (seats, placed) = fairness.boards.iter().fold((0, 0), |sum, it| (sum.0 + it.seats, sum.1 + it.placed));
    let own = fairness.boards.iter().find(|it| it.board == board);
    let (own_seats, own_placed) = own.map_or((0, 0), |it| (it.seats, it.placed));
    let safe = suppressed(&[own_placed, placed - own_placed]);
    let share = safe[0].map_or(Cell::Hidden, |own| Cell::share(own, placed));
    Table {
        key: "aandeel",
        heading: "Uw aandeel".into(),
        meaning: "Uw plekken en plaatsingen naast die van alle besturen samen.",
        columns: figures(&["bij u", "alle besturen", "procent"]),
        rows: vec![
            Row::new("plekken", vec![Cell::count(own_seats), Cell::count(seats), Cell::share(own_seats, seats)]),
            Row::new("plaatsingen", vec![Cell::maybe(safe[0]), Cell::maybe(alone(placed)), share]),
        ],
    }
}

fn choices(loaded: &Loaded, plan: &Plan, board: BoardId) -> Table {
    let wave = &loaded.wave;
    let mut counts = [0; 3];
    for (candidate, placement) in plan.pairs() {
        if let Some(placement) = placement.filter(|it| wave.school_of(it.seat).board == board) {
            counts[choice(wave, candidate, placement)] += 1;
        }
    }
    lines("keuzes_bij_u", "Bouw van keus bij uw scholen", &CHOICES[..3], &counts)
}

pub(super) fn city(fairness: &Fairness) -> Table {
    lines("keuzes", "Bouw van keus in de hele lichting", &CHOICES, &fairness.choices)
}

/// Counts of which none is small, nor given away by the total.
fn lines(key: &'static str, heading: &str, names: &[&str], counts: &[usize]) -> Table {
    let shown = suppressed(counts);
    let mut rows: Vec<Row> = names.iter().zip(shown).map(|(name, count)| Row::new(*name, vec![Cell::maybe(count)])).collect();
    rows.push(Row::new("samen", vec![Cell::maybe(alone(counts.iter().sum()))]));
    let meaning = if key == "keuzes" {
        "De bouw van de plek tegenover wat de kandidaten kozen, over alle besturen samen."
    } else {
        "De bouw van de plek tegenover wat de kandidaten kozen."
    };
    Table { key, heading: heading.into(), meaning, columns: figures(&["kandidaten"]), rows }
}

fn schools(loaded: &Loaded, board: BoardId) -> Table {
    let wave = &loaded.wave;
    let own = wave.schools.iter().filter(|school| school.board == board);
    let rows = own
        .map(|school| {
            let seats: usize = school.seats.iter().map(|&seat| wave.seats[seat].count as usize).sum();
            let cells = vec![Cell::count(seats), Cell::figure(school.target_group, Unit::Percent), Cell::number(school.starters.into())];
            Row::new(called(&school.id, &loaded.names.schools), cells)
        })
        .collect();
    Table {
        key: "scholen",
        heading: "Uw scholen".into(),
        meaning: "Wat u zelf hebt opgegeven. Hoeveel kandidaten er per school komen, is te klein om hier te noemen.",
        columns: figures(&["plekken", "doelgroep", "starters"]),
        rows,
    }
}
