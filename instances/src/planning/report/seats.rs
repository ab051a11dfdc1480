//! Seats that are used, by board, school year and month.

use loket_solver::common::tables::Id;

use crate::planning::outcome::Figures;
use crate::planning::plan_file::Loaded;

/// A board in a school year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    /// The board's id.
    pub board: String,
    /// The year.
    pub year: String,
    /// Seats that there are.
    pub seats: i64,
    /// Seats that are used, by month from the first of the year.
    pub used: [i64; 12],
}

impl SeatRow {
    /// Seats that are used in the fullest month.
    pub fn fullest(&self) -> i64 {
        self.used.iter().copied().max().unwrap_or(0)
    }
}

pub(super) fn by_month(loaded: &Loaded, figures: &Figures) -> Vec<SeatRow> {
    let horizon = &loaded.horizon;
    let held = horizon.policy.seat_months as usize;
    let mut rows = Vec::new();
    for board in horizon.boards.iter() {
        let lines: Vec<(usize, i64)> = figures
            .seated
            .iter()
            .filter(|line| line.board == board.id)
            .filter_map(|line| Some((horizon.waves.iter().find(|wave| wave.id == line.wave)?.month, line.started)))
            .collect();
        let used =
            |month: usize| lines.iter().filter(|(first, _)| (*first..first + held).contains(&month)).map(|(_, people)| people).sum::<i64>();
        for (year, name) in horizon.years.pairs() {
            let used = std::array::from_fn(|month| used(12 * year.position() + month));
            rows.push(SeatRow { board: board.id.clone(), year: name.clone(), seats: board.seats[year], used });
        }
    }
    rows
}
